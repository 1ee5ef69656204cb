#include "passage/candidates.h"

#include <algorithm>

namespace wirecopy {
namespace {

// The members of the document that the first of them is in.
std::span<const Posting> FirstDocument(std::span<const Posting> members) {
  size_t count = 1;
  while (count < members.size() &&
         members[count].document == members[0].document) {
    ++count;
  }
  return members.first(count);
}

// The members of the documents before this one.
std::span<const Posting> MembersBefore(std::span<const Posting> members,
                                       uint32_t document) {
  return {members.begin(),
          std::lower_bound(members.begin(), members.end(), document,
                           [](const Posting& member, uint32_t number) {
                             return member.document < number;
                           })};
}

// Those of the documents behind it.
std::span<const Posting> MembersBehind(std::span<const Posting> members,
                                       uint32_t document) {
  return {std::upper_bound(members.begin(), members.end(), document,
                           [](uint32_t number, const Posting& member) {
                             return number < member.document;
                           }),
          members.end()};
}

}  // namespace

void CandidateFinder::CollectOccurrences(
    const PostingGroups& groups, std::span<const Fingerprint> fingerprints,
    uint32_t document) {
  occurrences_.clear();
  const auto of_document = groups.Of(document);
  const auto befores = groups.Befores(document);
  for (size_t i = 0; i < of_document.size(); ++i) {
    if (of_document[i] == PostingGroups::kNone) continue;
    groups.Prefetch(of_document[i]);
    occurrences_.push_back(
        {of_document[i], fingerprints[i].position, befores[i]});
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
      groups.PrefetchLast(occurrences_[i].group);
    }
    repeated_.back().end = i + 1;
  }
  std::sort(
      repeated_.begin(), repeated_.end(),
      [](const Repeated& x, const Repeated& y) { return x.first < y.first; });
}

inline void CandidateFinder::AddHit(uint32_t other, uint32_t position,
                                    uint32_t gram, const Hit& hit) {
  Found& found = of_document_[other];
  const uint32_t diagonal = hit.b - hit.a;
  if (found.count == 0) {
    documents_.push_back(other);
  } else if (gram > 0 && diagonal == found.diagonal &&
             position >= found.begin && position <= found.end) {
    found.end = std::max(found.end, position + gram);
    return;
  }
  found = {found.count + 1, position, position + gram, diagonal};
  found_.push_back({other, hit});
}

template <CandidateFinder::Side kSide>
void CandidateFinder::AddHitsWith(std::span<const Posting> members,
                                  uint32_t gram) {
  constexpr size_t kAhead = 8;
  constexpr bool kIsBefore = kSide == Side::kBefore;
  for (size_t i = 0; i < members.size();) {
    if (i + kAhead < members.size()) {
      __builtin_prefetch(&of_document_[members[i + kAhead].document]);
    }
    const Posting& member = members[i];
    const size_t count = FirstDocument(members.subspan(i)).size();
    if (count == 1 && positions_.size() == 1) {
      const uint32_t own = positions_[0];
      AddHit(member.document, own, gram,
             kIsBefore ? Hit{member.position, own} : Hit{own, member.position});
    } else {
      AddPairings<kSide>(members.subspan(i, count), gram);
    }
    i += count;
  }
}

template <CandidateFinder::Side kSide>
void CandidateFinder::AddPairings(std::span<const Posting> of_other,
                                  uint32_t gram) {
  other_positions_.clear();
  for (const Posting& member : of_other) {
    other_positions_.push_back(member.position);
  }
  new_hits_.clear();
  AddHits(other_positions_, positions_, &new_hits_);
  for (const Hit& hit : new_hits_) {
    AddHit(of_other[0].document, hit.b, gram,
           kSide == Side::kBefore ? hit : Hit{hit.b, hit.a});
  }
}

std::span<const Posting> CandidateFinder::WithoutThose(
    Before before, std::span<const Posting> members) {
  others_.resize(std::max(others_.size(), members.size()));
  size_t count = 0;
  for (const Posting& member : members) {
    others_[count] = member;  // without a branch, of which half go wrong
    count += member.before != before ? 1 : 0;
  }
  return std::span(others_).first(count);
}

std::span<CandidateFinder::Candidate> CandidateFinder::Gather() {
  // A counting sort by document: candidates are far fewer than hits.
  std::sort(documents_.begin(), documents_.end());
  hits_.resize(found_.size());
  candidates_.clear();
  uint32_t end = 0;
  for (const uint32_t document : documents_) {
    const uint32_t count = of_document_[document].count;
    candidates_.push_back({document, {hits_.data() + end, count}});
    end += count;
    of_document_[document].count = end;
  }
  for (size_t i = found_.size(); i-- > 0;) {
    hits_[--of_document_[found_[i].document].count] = found_[i].hit;
  }
  for (const uint32_t document : documents_) of_document_[document].count = 0;
  documents_.clear();
  found_.clear();
  return candidates_;
}

std::span<CandidateFinder::Candidate> CandidateFinder::First(
    std::span<const Fingerprint> fingerprints, uint32_t document) {
  Find<Side::kBefore>(
      groups_, gram_, fingerprints, document, [this](uint32_t group) {
        return groups_.CountDocuments(group) > kFewDocuments ? Take::kFirst
                                                             : Take::kAll;
      });
  return Gather();
}

std::span<CandidateFinder::Candidate> CandidateFinder::All(
    std::span<const Fingerprint> fingerprints, uint32_t document,
    size_t most_documents, const MoreGroups& more) {
  return FindAll<Side::kBefore>(fingerprints, document, most_documents, more);
}

std::span<CandidateFinder::Candidate> CandidateFinder::AllBehind(
    std::span<const Fingerprint> fingerprints, uint32_t document,
    size_t most_documents, const MoreGroups& more) {
  return FindAll<Side::kBehind>(fingerprints, document, most_documents, more);
}

template <CandidateFinder::Side kSide>
std::span<CandidateFinder::Candidate> CandidateFinder::FindAll(
    std::span<const Fingerprint> fingerprints, uint32_t document,
    size_t most_documents, const MoreGroups& more) {
  Find<kSide>(groups_, gram_, fingerprints, document,
              [this, most_documents](uint32_t group) {
                return groups_.CountDocuments(group) > most_documents
                           ? Take::kNone
                           : Take::kAll;
              });
  if (more.groups != nullptr) {
    Find<kSide>(*more.groups, more.gram, more.fingerprints, document,
                [](uint32_t) { return Take::kAll; });
  }
  return Gather();
}

template <CandidateFinder::Side kSide, typename Choose>
void CandidateFinder::Find(const PostingGroups& groups, uint32_t gram,
                           std::span<const Fingerprint> fingerprints,
                           uint32_t document, Choose choose) {
  CollectOccurrences(groups, fingerprints, document);
  of_document_.resize(std::max(of_document_.size(), groups.documents()));
  for (const Repeated& repeated : repeated_) {
    const uint32_t group = occurrences_[repeated.begin].group;
    positions_.clear();
    for (size_t i = repeated.begin; i < repeated.end; ++i) {
      positions_.push_back(occurrences_[i].position);
    }
    const Take take = choose(group);
    if (take == Take::kNone) continue;
    // Documents that have it in a run with what is before it here too have a
    // hit there.
    Before before = occurrences_[repeated.begin].before;
    if (before.distance() > gram ||
        (before.is_known() && choose(before.group()) != Take::kAll)) {
      before = {};
    }
    auto members = kSide == Side::kBefore
                       ? MembersBefore(groups.Members(group), document)
                       : MembersBehind(groups.Members(group), document);
    if (take == Take::kFirst && !members.empty()) {
      members = FirstDocument(members);
    }
    if (before.is_known()) members = WithoutThose(before, members);
    AddHitsWith<kSide>(members, gram);
  }
}

}  // namespace wirecopy
