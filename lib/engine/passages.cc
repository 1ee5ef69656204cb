#include "wirecopy/passages.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/keep_order.h"
#include "engine/passage_pairs.h"
#include "engine/passage_sides.h"
#include "engine/token_store.h"
#include "passage/families.h"
#include "passage/groups.h"
#include "passage/kinds.h"

namespace wirecopy {
namespace {

// By document: from 1, or 0 where nobody is known.
std::vector<uint32_t> NumberPublishers(const DocumentSource& source) {
  absl::flat_hash_map<std::string, uint32_t> numbers;
  std::vector<uint32_t> result;
  result.reserve(source.size());
  for (uint32_t d = 0; d < source.size(); ++d) {
    const std::string_view publisher = source.Publisher(d);
    if (publisher.empty()) {
      result.push_back(0);
      continue;
    }
    const auto next = static_cast<uint32_t>(numbers.size() + 1);
    result.push_back(
        numbers.try_emplace(std::string(publisher), next).first->second);
  }
  return result;
}

// Documents' tokens: all, and those that are no furniture.
struct DocumentSizes {
  std::vector<uint32_t> all;
  std::vector<uint32_t> own;
};

DocumentSizes SizesOf(const TokenStore& store,
                      std::span<const uint32_t> furniture) {
  DocumentSizes sizes;
  for (uint32_t d = 0; d < store.size(); ++d) {
    sizes.all.push_back(static_cast<uint32_t>(store.Codes(d).size()));
    sizes.own.push_back(sizes.all[d] - furniture[d]);
  }
  return sizes;
}

// Puts together what is known of groups: which of them are boilerplate.
class BoilerplateFinder {
 public:
  BoilerplateFinder(const DocumentSizes& sizes,
                    std::span<const LocatedPassage> passages,
                    std::span<const PassagePlaces> places)
      : sizes_(sizes),
        passages_(passages),
        places_(places),
        families_(FindFamilies(places, FurnitureOf(passages), sizes.all,
                               sizes.own)) {}

  std::vector<bool> Find(const PassageGroups& groups) {
    std::vector<bool> has_rights_words(groups.members.size());
    for (size_t i = 0; i < passages_.size(); ++i) {
      if (passages_[i].has_rights_words) {
        has_rights_words[groups.group_of[i]] = true;
      }
    }
    std::vector<bool> result(groups.members.size());
    for (size_t g = 0; g < groups.members.size(); ++g) {
      result[g] = IsBoilerplate(Spread(groups.members[g]), has_rights_words[g]);
    }
    return result;
  }

 private:
  static std::vector<bool> FurnitureOf(
      std::span<const LocatedPassage> passages) {
    std::vector<bool> is_furniture;
    is_furniture.reserve(passages.size());
    for (const LocatedPassage& passage : passages) {
      is_furniture.push_back(passage.is_furniture);
    }
    return is_furniture;
  }

  GroupSpread Spread(std::span<const uint32_t> members);

  const DocumentSizes& sizes_;
  std::span<const LocatedPassage> passages_;
  std::span<const PassagePlaces> places_;
  UnionFind families_;
};

GroupSpread BoilerplateFinder::Spread(std::span<const uint32_t> members) {
  std::vector<uint32_t> families;
  uint32_t at_begin = 0;
  uint32_t at_end = 0;
  for (const uint32_t side : members) {
    const PassagePlaces& passage = places_[side / 2];
    const PlacedSpan& span = side % 2 == 0 ? passage.a : passage.b;
    const EdgeDistance distance =
        DistanceFromEdges(span.tokens, sizes_.all[span.document]);
    // What is near both is most of a short document.
    at_begin += distance.IsAtBegin() && !distance.IsAtEnd() ? 1 : 0;
    at_end += distance.IsAtEnd() && !distance.IsAtBegin() ? 1 : 0;
    families.push_back(families_.Find(span.document));
  }
  std::sort(families.begin(), families.end());
  GroupSpread spread;
  spread.families = static_cast<uint32_t>(
      std::unique(families.begin(), families.end()) - families.begin());
  spread.at_edge = static_cast<double>(std::max(at_begin, at_end)) /
                   static_cast<double>(members.size());
  return spread;
}

// By passage.
std::vector<PassageKind> Classify(std::span<const LocatedPassage> passages,
                                  const PassageGroups& groups,
                                  const std::vector<bool>& is_boilerplate) {
  std::vector<PassageKind> kinds;
  kinds.reserve(passages.size());
  std::vector<PassageFacts> facts;
  std::vector<PassageKind> of_pair;
  for (size_t begin = 0; begin < passages.size();) {
    const size_t end = EndOfPair(passages, begin);
    if (passages[begin].a == passages[begin].b) {
      kinds.resize(end, PassageKind::kSelf);
    } else {
      facts.clear();
      for (size_t i = begin; i < end; ++i) {
        facts.push_back(
            {passages[i].third_party,
             passages[i].is_furniture || is_boilerplate[groups.group_of[i]]});
      }
      ClassifyPair(facts, &of_pair);
      kinds.insert(kinds.end(), of_pair.begin(), of_pair.end());
    }
    begin = end;
  }
  return kinds;
}

std::vector<ReusedPassage> ToPassages(std::span<const LocatedPassage> passages,
                                      const PassageGroups& groups,
                                      std::span<const PassageKind> kinds) {
  std::vector<ReusedPassage> result;
  result.reserve(passages.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    const LocatedPassage& passage = passages[i];
    const bool is_quoted = kinds[i] == PassageKind::kQuotation;
    const auto widen = [is_quoted](OffsetSpan span,
                                   const std::array<uint32_t, 2>& marks) {
      return is_quoted ? span
                       : OffsetSpan{span.begin - marks[0], span.end + marks[1]};
    };
    result.push_back({passage.a, passage.b,
                      widen(passage.a_span, passage.a_marks),
                      widen(passage.b_span, passage.b_marks), passage.words,
                      passage.edits, kinds[i], groups.group_of[i]});
  }
  return result;
}

// The spans of groups' members. Passages that have the same tokens of a
// document may differ in the marks beside them, of which each has what its
// other side has: the place has all of them, whichever passage stands for it.
class MemberSpans {
 public:
  MemberSpans(const PassageGroups& groups,
              std::span<const PassagePlaces> places,
              std::span<const ReusedPassage> passages)
      : places_(places) {
    for (const auto& members : groups.members) {
      for (const uint32_t side : members) spans_.try_emplace(KeyOf(side));
    }
    for (uint32_t side = 0; side < 2 * places.size(); ++side) {
      const auto found = spans_.find(KeyOf(side));
      if (found == spans_.end()) continue;
      const ReusedPassage& passage = passages[side / 2];
      const OffsetSpan& span = side % 2 == 0 ? passage.a_span : passage.b_span;
      OffsetSpan& widest = found->second;
      if (widest == OffsetSpan{}) widest = span;
      widest.begin = std::min(widest.begin, span.begin);
      widest.end = std::max(widest.end, span.end);
    }
  }

  PassageGroup::Member Of(uint32_t side) const {
    return {std::get<0>(KeyOf(side)), spans_.at(KeyOf(side))};
  }

 private:
  using Key = std::tuple<uint32_t, uint32_t, uint32_t>;  // document, tokens
  Key KeyOf(uint32_t side) const {
    const PassagePlaces& passage = places_[side / 2];
    const PlacedSpan& place = side % 2 == 0 ? passage.a : passage.b;
    return {place.document, place.tokens.begin, place.tokens.end};
  }

  std::span<const PassagePlaces> places_;
  absl::flat_hash_map<Key, OffsetSpan> spans_;
};

std::vector<PassageGroup> ToGroups(const PassageGroups& groups,
                                   std::span<const PassagePlaces> places,
                                   std::span<const uint32_t> rank,
                                   std::span<const ReusedPassage> passages) {
  constexpr size_t kKinds = 5;
  std::vector<PassageGroup> result(groups.members.size());
  std::vector<std::array<uint32_t, kKinds>> votes(groups.members.size());
  for (const ReusedPassage& passage : passages) {
    ++votes[passage.group][static_cast<size_t>(passage.kind)];
  }
  const MemberSpans spans(groups, places, passages);
  for (size_t g = 0; g < result.size(); ++g) {
    PassageGroup& group = result[g];
    for (const uint32_t side : groups.members[g]) {
      group.members.push_back(spans.Of(side));
    }
    for (uint32_t i = 1; i < group.members.size(); ++i) {
      if (rank[group.members[i].document] <
          rank[group.members[group.first].document]) {
        group.first = i;
      }
    }
    group.kind = static_cast<PassageKind>(
        std::max_element(votes[g].begin(), votes[g].end()) - votes[g].begin());
  }
  return result;
}

}  // namespace

absl::Status Validate(const PassagesOptions& options) {
  if (options.threads < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.threads, " threads: must be at least 1"));
  }
  if (options.most_documents == 1) {
    return absl::InvalidArgumentError(
        "a fingerprint of at most 1 document brings nobody together: must be "
        "2 or more, or 0 for as many as is affordable");
  }
  return Validate(options.passage);
}

namespace {

struct FoundPairs {
  PassagePairs pairs;
  DocumentSizes sizes;
  std::vector<uint32_t> rank;  // by document
};

// The tokens, which take the most memory that depends on the documents alone,
// are gone when it returns.
absl::StatusOr<FoundPairs> FindPairs(const PassagesOptions& options,
                                     DocumentSource* source) {
  WIRECOPY_ASSIGN_OR_RETURN(
      const TokenStore store,
      TokenStore::Scan(options.passage, options.threads, source));
  const std::vector<uint32_t> order =
      KeepOrder(KeepPolicy::kEarliest, *source, {});
  FoundPairs found;
  found.pairs =
      FindPassagePairs(options, store, order, NumberPublishers(*source));
  found.sizes = SizesOf(store, found.pairs.furniture);
  found.rank.resize(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) found.rank[order[i]] = i;
  return found;
}

}  // namespace

absl::StatusOr<PassagesResult> FindPassages(const PassagesOptions& options,
                                            DocumentSource* source) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  WIRECOPY_ASSIGN_OR_RETURN(FoundPairs found, FindPairs(options, source));
  WIRECOPY_ASSIGN_OR_RETURN(
      LocatedPassages located,
      LocatePassages(options, *source, found.sizes.all, found.pairs.passages));
  found.pairs.passages = {};
  WIRECOPY_RETURN_IF_ERROR(source->ReadError());

  PassagesResult result;
  result.stats = found.pairs.stats;
  result.lengths = std::move(located.lengths);
  const std::vector<PassagePlaces>& places = located.places;
  const PassageGroups groups = GroupPassages(places);
  const std::vector<bool> is_boilerplate =
      BoilerplateFinder(found.sizes, located.passages, places).Find(groups);
  result.passages =
      ToPassages(located.passages, groups,
                 Classify(located.passages, groups, is_boilerplate));
  result.groups = ToGroups(groups, places, found.rank, result.passages);
  for (size_t i = 0; i < result.passages.size();) {
    result.stats.pairs += result.passages[i].a != result.passages[i].b ? 1 : 0;
    i = EndOfPair(result.passages, i);
  }
  return result;
}

}  // namespace wirecopy
