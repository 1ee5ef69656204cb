#include "engine/passage_report.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "engine/passage_sides.h"
#include "passage/families.h"
#include "passage/kinds.h"

namespace wirecopy {
namespace {

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

DocumentSizes SizesOf(const TokenStore& store,
                      std::span<const std::vector<TokenSpan>> furniture) {
  DocumentSizes sizes;
  for (uint32_t d = 0; d < store.size(); ++d) {
    sizes.all.push_back(static_cast<uint32_t>(store.Codes(d).size()));
    sizes.own.push_back(sizes.all[d]);
    for (const TokenSpan span : furniture[d]) sizes.own[d] -= span.size();
  }
  return sizes;
}

absl::StatusOr<ReportedPassages> ReportPassages(
    const PassagesOptions& options, const DocumentSource& source,
    const DocumentSizes& sizes, std::span<const uint32_t> rank,
    std::vector<PairPassage> passages, const PassagesStats& stats) {
  WIRECOPY_ASSIGN_OR_RETURN(
      LocatedPassages located,
      LocatePassages(options, source, sizes.all, passages));
  passages = {};
  WIRECOPY_RETURN_IF_ERROR(source.ReadError());
  const std::vector<PassagePlaces>& places = located.places;
  const PassageGroups groups = GroupPassages(places);
  const std::vector<bool> is_boilerplate =
      BoilerplateFinder(sizes, located.passages, places).Find(groups);
  ReportedPassages reported;
  PassagesResult& result = reported.result;
  result.stats = stats;
  result.lengths = std::move(located.lengths);
  result.passages =
      ToPassages(located.passages, groups,
                 Classify(located.passages, groups, is_boilerplate));
  result.groups = ToGroups(groups, places, rank, result.passages);
  for (size_t i = 0; i < result.passages.size();) {
    result.stats.pairs += result.passages[i].a != result.passages[i].b ? 1 : 0;
    i = EndOfPair(result.passages, i);
  }
  reported.places = std::move(located.places);
  return reported;
}

}  // namespace wirecopy
