#include "passage/candidates.h"

#include <algorithm>

namespace wirecopy {
namespace {

// The members of the document that the first of them is in.
std::span<const Posting> SameDocument(std::span<const Posting> members) {
  size_t count = 1;
  while (count < members.size() &&
         members[count].document == members[0].document) {
    ++count;
  }
  return members.first(count);
}

}  // namespace

void CandidateFinder::CollectOccurrences(
    std::span<const Fingerprint> fingerprints, uint32_t document) {
  occurrences_.clear();
  found_.clear();
  const auto groups = groups_.Of(document);
  for (size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] == PostingGroups::kNone) continue;
    occurrences_.push_back({groups[i], fingerprints[i].position});
  }
  std::sort(occurrences_.begin(), occurrences_.end(),
            [](const Occurrence& x, const Occurrence& y) {
              return x.group != y.group ? x.group < y.group
                                        : x.position < y.position;
            });
}

void CandidateFinder::AddHitsWith(std::span<const Posting> members,
                                  std::span<const uint32_t> positions) {
  other_positions_.clear();
  for (const Posting& member : members) {
    other_positions_.push_back(member.position);
  }
  new_hits_.clear();
  AddHits(other_positions_, positions, &new_hits_);
  for (const Hit& hit : new_hits_) {
    found_.push_back({members[0].document, hit});
  }
}

std::span<CandidateFinder::Candidate> CandidateFinder::Gather() {
  // By document alone: hits are put in order later.
  std::sort(found_.begin(), found_.end(),
            [](const FoundHit& x, const FoundHit& y) {
              return x.document < y.document;
            });
  hits_.resize(found_.size());
  candidates_.clear();
  for (size_t i = 0; i < found_.size(); ++i) {
    hits_[i] = found_[i].hit;
    if (i == 0 || found_[i].document != found_[i - 1].document) {
      candidates_.push_back({found_[i].document, {hits_.data() + i, 0}});
    }
    Candidate& last = candidates_.back();
    last.hits = {last.hits.data(), last.hits.size() + 1};
  }
  return candidates_;
}

std::span<CandidateFinder::Candidate> CandidateFinder::First(
    std::span<const Fingerprint> fingerprints, uint32_t document) {
  return Find(fingerprints, document, [this](uint32_t group) {
    const bool are_few =
        groups_.CountDocuments(group, kFewDocuments) <= kFewDocuments;
    return are_few ? Take::kAll : Take::kFirst;
  });
}

std::span<CandidateFinder::Candidate> CandidateFinder::All(
    std::span<const Fingerprint> fingerprints, uint32_t document,
    size_t most_documents) {
  return Find(fingerprints, document, [this, most_documents](uint32_t group) {
    const bool are_many =
        groups_.CountDocuments(group, most_documents) > most_documents;
    return are_many ? Take::kNone : Take::kAll;
  });
}

template <typename Choose>
std::span<CandidateFinder::Candidate> CandidateFinder::Find(
    std::span<const Fingerprint> fingerprints, uint32_t document,
    Choose choose) {
  CollectOccurrences(fingerprints, document);
  for (size_t i = 0; i < occurrences_.size();) {
    const uint32_t group = occurrences_[i].group;
    positions_.clear();
    for (; i < occurrences_.size() && occurrences_[i].group == group; ++i) {
      positions_.push_back(occurrences_[i].position);
    }
    const Take take = choose(group);
    if (take == Take::kNone) continue;
    auto members = groups_.Members(group);
    while (members[0].document < document) {
      const auto others = SameDocument(members);
      AddHitsWith(others, positions_);
      if (take == Take::kFirst) break;
      members = members.subspan(others.size());
    }
  }
  return Gather();
}

}  // namespace wirecopy
