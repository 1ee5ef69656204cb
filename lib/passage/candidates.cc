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
  repeated_.clear();
  for (size_t i = 0; i < occurrences_.size(); ++i) {
    if (i == 0 || occurrences_[i].group != occurrences_[i - 1].group) {
      repeated_.push_back({occurrences_[i].position, i, i});
    }
    repeated_.back().end = i + 1;
  }
  std::sort(
      repeated_.begin(), repeated_.end(),
      [](const Repeated& x, const Repeated& y) { return x.first < y.first; });
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
  // A counting sort by document: candidates are far fewer than hits.
  documents_.clear();
  for (const FoundHit& found : found_) {
    if (counts_[found.document]++ == 0) documents_.push_back(found.document);
  }
  std::sort(documents_.begin(), documents_.end());
  hits_.resize(found_.size());
  candidates_.clear();
  size_t end = 0;
  for (const uint32_t document : documents_) {
    const size_t count = counts_[document];
    candidates_.push_back({document, {hits_.data() + end, count}});
    end += count;
    counts_[document] = end;
  }
  for (size_t i = found_.size(); i-- > 0;) {
    hits_[--counts_[found_[i].document]] = found_[i].hit;
  }
  for (const uint32_t document : documents_) counts_[document] = 0;
  return candidates_;
}

std::span<CandidateFinder::Candidate> CandidateFinder::First(
    std::span<const Fingerprint> fingerprints, uint32_t document) {
  return Find(fingerprints, document, [this](uint32_t group) {
    return groups_.CountDocuments(group) > kFewDocuments ? Take::kFirst
                                                         : Take::kAll;
  });
}

std::span<CandidateFinder::Candidate> CandidateFinder::All(
    std::span<const Fingerprint> fingerprints, uint32_t document,
    size_t most_documents) {
  return Find(fingerprints, document, [this, most_documents](uint32_t group) {
    return groups_.CountDocuments(group) > most_documents ? Take::kNone
                                                          : Take::kAll;
  });
}

template <typename Choose>
std::span<CandidateFinder::Candidate> CandidateFinder::Find(
    std::span<const Fingerprint> fingerprints, uint32_t document,
    Choose choose) {
  CollectOccurrences(fingerprints, document);
  counts_.resize(std::max(counts_.size(), size_t{document}));
  for (const Repeated& repeated : repeated_) {
    const uint32_t group = occurrences_[repeated.begin].group;
    positions_.clear();
    for (size_t i = repeated.begin; i < repeated.end; ++i) {
      positions_.push_back(occurrences_[i].position);
    }
    const Take take = choose(group);
    if (take == Take::kNone) continue;
    auto members = groups_.Members(group);
    while (members[0].document < document) {
      const auto others = SameDocument(members);
      if (others.size() == 1 && positions_.size() == 1) {
        found_.push_back(
            {others[0].document, {others[0].position, positions_[0]}});
      } else {
        AddHitsWith(others, positions_);
      }
      if (take == Take::kFirst) break;
      members = members.subspan(others.size());
    }
  }
  return Gather();
}

}  // namespace wirecopy
