#include "engine/passage_report.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/status_macros.h"
#include "engine/passage_sides.h"
#include "passage/distinct_sides.h"
#include "passage/families.h"
#include "passage/kinds.h"

namespace wirecopy {
namespace {

// Puts together what is known of groups: which of them are boilerplate.
class BoilerplateFinder {
 public:
  BoilerplateFinder(const DocumentSizes& sizes, const LocatedPassages& located)
      : sizes_(sizes),
        located_(located),
        families_(FindFamilies(located.places, FurnitureOf(located.traits),
                               sizes.all, sizes.own)) {}

  std::vector<bool> Find(const PassageGroups& groups) {
    std::vector<bool> has_rights_words(groups.members.size());
    for (size_t i = 0; i < located_.traits.size(); ++i) {
      if (located_.traits[i].has_rights_words) {
        has_rights_words[groups.group_of[i]] = true;
      }
    }
    std::vector<bool> result(groups.members.size());
    for (size_t g = 0; g < groups.members.size(); ++g) {
      result[g] = IsBoilerplate(Spread(groups.members[g]), has_rights_words[g]);
    }
    return result;
  }

  // Whether they share more than what sites print around articles, if only by
  // way of others.
  bool AreOneFamily(uint32_t a, uint32_t b) {
    return families_.Find(a) == families_.Find(b);
  }

 private:
  static std::vector<bool> FurnitureOf(std::span<const PassageTraits> traits) {
    std::vector<bool> is_furniture;
    is_furniture.reserve(traits.size());
    for (const PassageTraits& each : traits) {
      is_furniture.push_back(each.is_furniture);
    }
    return is_furniture;
  }

  GroupSpread Spread(std::span<const uint32_t> members);

  const DocumentSizes& sizes_;
  const LocatedPassages& located_;
  UnionFind families_;
};

GroupSpread BoilerplateFinder::Spread(std::span<const uint32_t> members) {
  std::vector<uint32_t> families;
  uint32_t at_begin = 0;
  uint32_t at_end = 0;
  for (const uint32_t side : members) {
    const PassagePlaces& passage = located_.places[side / 2];
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

// What decides of the passages of pairs, besides what groups tell.
class FactsReader {
 public:
  FactsReader(const DocumentSizes& sizes, std::span<const uint32_t> publishers,
              const LocatedPassages& located, BoilerplateFinder* finder)
      : sizes_(sizes),
        publishers_(publishers),
        located_(located),
        finder_(*finder) {}

  PassageFacts Of(size_t i, bool is_boilerplate) {
    const PassagePlaces& places = located_.places[i];
    const PassageTraits& traits = located_.traits[i];
    PassageFacts facts;
    facts.third_party = traits.third_party;
    facts.is_boilerplate = is_boilerplate || traits.is_furniture;
    facts.may_be_furniture =
        AreOfOnePublisher(places) && MayBeFurniture(places, sizes_.all) &&
        !finder_.AreOneFamily(places.a.document, places.b.document);
    facts.is_notice = traits.has_rights_words && MayBeNotice(places);
    facts.a_share = Share(places.a);
    facts.b_share = Share(places.b);
    return facts;
  }

 private:
  bool AreOfOnePublisher(const PassagePlaces& places) const {
    return places.a.document != places.b.document &&
           publishers_[places.a.document] != 0 &&
           publishers_[places.a.document] == publishers_[places.b.document];
  }
  // An article of few lines may be shorter than the notice behind it.
  bool MayBeNotice(const PassagePlaces& places) const {
    constexpr uint32_t kLongestNotice = 60;  // tokens
    constexpr uint32_t kLeastStory = 8;
    const auto fits = [&](const PlacedSpan& span) {
      const EdgeDistance distance =
          DistanceFromEdges(span.tokens, sizes_.all[span.document]);
      return distance.IsAtEnd() && distance.before >= kLeastStory &&
             span.tokens.size() <= kLongestNotice;
    };
    return fits(places.a) && fits(places.b);
  }
  double Share(const PlacedSpan& span) const {
    return static_cast<double>(span.tokens.size()) /
           std::max(sizes_.all[span.document], 1U);
  }

  const DocumentSizes& sizes_;
  std::span<const uint32_t> publishers_;
  const LocatedPassages& located_;
  BoilerplateFinder& finder_;
};

// Says of each passage what it is. A copy's marks go where it is a quotation.
void Classify(const PassageGroups& groups, const DocumentSizes& sizes,
              std::span<const uint32_t> publishers, LocatedPassages* located) {
  BoilerplateFinder finder(sizes, *located);
  const std::vector<bool> is_boilerplate = finder.Find(groups);
  FactsReader reader(sizes, publishers, *located, &finder);
  std::vector<ReusedPassage>& passages = located->passages;
  const std::vector<PassageTraits>& traits = located->traits;
  const auto narrow = [](const std::array<uint32_t, 2>& marks,
                         OffsetSpan* span) {
    *span = {span->begin + marks[0], span->end - marks[1]};
  };
  std::vector<PassageFacts> facts;
  std::vector<PassageKind> kinds;
  for (size_t begin = 0; begin < passages.size();) {
    const size_t end = EndOfPair(passages, begin);
    facts.clear();
    for (size_t i = begin; i < end; ++i) {
      facts.push_back(reader.Of(i, is_boilerplate[groups.group_of[i]]));
    }
    ClassifyPair(facts, &kinds);
    const bool is_self = passages[begin].a == passages[begin].b;
    for (size_t i = begin; i < end; ++i) {
      passages[i].group = groups.group_of[i];
      passages[i].kind = is_self ? PassageKind::kSelf : kinds[i - begin];
      if (passages[i].kind != PassageKind::kQuotation) continue;
      narrow(traits[i].a_marks, &passages[i].a_span);
      narrow(traits[i].b_marks, &passages[i].b_span);
    }
    begin = end;
  }
}

// The spans of groups' members. Passages that have the same tokens of a
// document may differ in the marks beside them, of which each has what its
// other side has: the place has all of them, whichever passage stands for it.
class MemberSpans {
 public:
  MemberSpans(const DistinctSides& sides,
              std::span<const ReusedPassage> passages)
      : sides_(sides), passages_(passages), widest_(sides.documents()) {
    for (size_t document = 0; document < widest_.size(); ++document) {
      widest_[document].resize(sides.Of(document).size());
    }
    for (size_t i = 0; i < passages.size(); ++i) {
      Widen(passages[i].a, 2 * i, passages[i].a_span);
      Widen(passages[i].b, 2 * i + 1, passages[i].b_span);
    }
  }

  PassageGroup::Member Of(uint32_t side) const {
    const ReusedPassage& passage = passages_[side / 2];
    const uint32_t document = side % 2 == 0 ? passage.a : passage.b;
    return {document, widest_[document][sides_.NumberOf(side)]};
  }

 private:
  void Widen(uint32_t document, size_t side, const OffsetSpan& span) {
    OffsetSpan& widest = widest_[document][sides_.NumberOf(side)];
    if (widest == OffsetSpan{}) widest = span;
    widest.begin = std::min(widest.begin, span.begin);
    widest.end = std::max(widest.end, span.end);
  }

  const DistinctSides& sides_;
  std::span<const ReusedPassage> passages_;
  std::vector<std::vector<OffsetSpan>> widest_;  // by document and side
};

std::vector<PassageGroup> ToGroups(const PassageGroups& groups,
                                   const DistinctSides& sides,
                                   std::span<const uint32_t> rank,
                                   std::span<const ReusedPassage> passages) {
  constexpr size_t kKinds = 5;
  std::vector<PassageGroup> result(groups.members.size());
  std::vector<std::array<uint32_t, kKinds>> votes(groups.members.size());
  for (const ReusedPassage& passage : passages) {
    ++votes[passage.group][static_cast<size_t>(passage.kind)];
  }
  const MemberSpans spans(sides, passages);
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
    std::span<const uint32_t> publishers, std::vector<PairPassage> passages,
    const PassagesStats& stats) {
  WIRECOPY_ASSIGN_OR_RETURN(
      LocatedPassages located,
      LocatePassages(options, source, sizes.all, passages));
  passages = {};
  WIRECOPY_RETURN_IF_ERROR(source.ReadError());
  const DistinctSides sides(located.places, options.threads);
  const PassageGroups groups = GroupPassages(located.places, sides);
  Classify(groups, sizes, publishers, &located);
  ReportedPassages reported;
  PassagesResult& result = reported.result;
  result.stats = stats;
  result.lengths = std::move(located.lengths);
  result.passages = std::move(located.passages);
  result.groups = ToGroups(groups, sides, rank, result.passages);
  for (size_t i = 0; i < result.passages.size();) {
    result.stats.pairs += result.passages[i].a != result.passages[i].b ? 1 : 0;
    i = EndOfPair(result.passages, i);
  }
  reported.places = std::move(located.places);
  return reported;
}

}  // namespace wirecopy
