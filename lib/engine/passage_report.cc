#include "engine/passage_report.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <limits>
#include <utility>

#include "base/parallel.h"
#include "base/room.h"
#include "base/status_macros.h"
#include "engine/passage_sides.h"
#include "passage/distinct_sides.h"
#include "passage/families.h"
#include "passage/kinds.h"
#include "passage/pair_ranges.h"

namespace wirecopy {
namespace {

// Of parts of a list of passages.
constexpr size_t kPerPart = size_t{1} << 14;

// Puts together what is known of groups: which of them are boilerplate.
class BoilerplateFinder {
 public:
  BoilerplateFinder(const DocumentSizes& sizes, const LocatedPassages& located,
                    int threads)
      : sizes_(sizes),
        located_(located),
        threads_(threads),
        families_(FindFamilies(
            located.places,
            [&located](size_t i) { return located.traits[i].is_furniture; },
            sizes.all, sizes.own, threads)) {}

  // By group, 1 or 0.
  std::vector<uint8_t> Find(const PassageGroups& groups) const {
    std::vector<uint8_t> result = HaveRightsWords(groups);
    ParallelFor(threads_, result.size(), [&](int, size_t g) {
      result[g] = IsBoilerplate(Spread(groups.members[g]), result[g] != 0);
    });
    return result;
  }

  // Whether they share more than what sites print around articles, if only by
  // way of others.
  bool AreOneFamily(uint32_t a, uint32_t b) const {
    return families_[a] == families_[b];
  }

 private:
  std::vector<uint8_t> HaveRightsWords(const PassageGroups& groups) const {
    std::vector<uint8_t> result(groups.members.size());
    const size_t parts = (located_.traits.size() + kPerPart - 1) / kPerPart;
    ParallelFor(threads_, parts, [&](int, size_t part) {
      const size_t end =
          std::min(located_.traits.size(), (part + 1) * kPerPart);
      for (size_t i = part * kPerPart; i < end; ++i) {
        if (!located_.traits[i].has_rights_words) continue;
        std::atomic_ref(result[groups.group_of[i]])
            .store(1, std::memory_order_relaxed);
      }
    });
    return result;
  }
  GroupSpread Spread(std::span<const uint32_t> members) const;

  const DocumentSizes& sizes_;
  const LocatedPassages& located_;
  const int threads_;
  const std::vector<uint32_t> families_;  // by document
};

GroupSpread BoilerplateFinder::Spread(std::span<const uint32_t> members) const {
  std::vector<uint32_t> families;
  families.reserve(members.size());
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
    families.push_back(families_[span.document]);
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
              const LocatedPassages& located, const BoilerplateFinder& finder)
      : sizes_(sizes),
        publishers_(publishers),
        located_(located),
        finder_(finder) {}

  // Adds what is known of a passage: made where it stays, for a struct that is
  // copied as soon as it is made waits for its parts.
  void Add(size_t i, bool is_boilerplate,
           std::vector<PassageFacts>* of_pair) const {
    const PassagePlaces& places = located_.places[i];
    const PassageTraits& traits = located_.traits[i];
    PassageFacts& facts = of_pair->emplace_back();
    facts.third_party = traits.third_party;
    facts.is_boilerplate = is_boilerplate || traits.is_furniture;
    facts.may_be_furniture =
        AreOfOnePublisher(places) && MayBeFurniture(places, sizes_.all) &&
        !finder_.AreOneFamily(places.a.document, places.b.document);
    facts.is_notice = traits.has_rights_words && MayBeNotice(places);
    facts.a_share = Share(places.a);
    facts.b_share = Share(places.b);
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
  const BoilerplateFinder& finder_;
};

// Says of each passage what it is.
class Classifier {
 public:
  // By group, how many of its passages are of each kind.
  static constexpr size_t kKinds = 5;
  using Votes = std::vector<std::array<uint32_t, kKinds>>;

  Classifier(const PassageGroups& groups, const DocumentSizes& sizes,
             std::span<const uint32_t> publishers, int threads,
             LocatedPassages* located)
      : groups_(groups),
        threads_(threads),
        finder_(sizes, *located, threads),
        reader_(sizes, publishers, *located, finder_),
        is_boilerplate_(finder_.Find(groups)),
        located_(*located) {}

  Votes Classify() {
    const std::vector<size_t> ends = EndsOfPairs(located_.passages, kPerPart);
    std::vector<Votes> votes(static_cast<size_t>(threads_));
    votes[0].resize(groups_.members.size());
    ParallelFor(threads_, ends.size(), [&](int worker, size_t part) {
      Votes& own = votes[static_cast<size_t>(worker)];
      own.resize(groups_.members.size());
      ClassifyPart(part == 0 ? 0 : ends[part - 1], ends[part], &own);
    });
    for (size_t i = 1; i < votes.size(); ++i) {
      for (size_t g = 0; g < votes[i].size(); ++g) {
        for (size_t k = 0; k < kKinds; ++k) votes[0][g][k] += votes[i][g][k];
      }
    }
    return std::move(votes[0]);
  }

  // Of different documents, that were classified.
  uint64_t pairs() const { return pairs_; }

 private:
  void ClassifyPart(size_t begin, size_t end, Votes* votes) {
    std::vector<PassageFacts> facts;
    std::vector<PassageKind> kinds;
    uint64_t pairs = 0;
    while (begin < end) {
      const size_t last = EndOfPair(located_.passages, begin);
      facts.clear();
      for (size_t i = begin; i < last; ++i) {
        reader_.Add(i, is_boilerplate_[groups_.group_of[i]] != 0, &facts);
      }
      ClassifyPair(facts, &kinds);
      for (size_t i = begin; i < last; ++i) {
        Tell(i, kinds[i - begin]);
        const ReusedPassage& told = located_.passages[i];
        ++(*votes)[told.group][static_cast<size_t>(told.kind)];
      }
      pairs += located_.passages[begin].a != located_.passages[begin].b ? 1 : 0;
      begin = last;
    }
    pairs_ += pairs;
  }

  // A copy's marks go where it is a quotation.
  void Tell(size_t i, PassageKind kind) const {
    ReusedPassage& passage = located_.passages[i];
    passage.group = groups_.group_of[i];
    passage.kind = passage.a == passage.b ? PassageKind::kSelf : kind;
    if (passage.kind != PassageKind::kQuotation ||
        !located_.traits[i].has_copied_marks) {
      return;
    }
    const auto narrow = [](const std::array<uint32_t, 2>& marks,
                           OffsetSpan* span) {
      *span = {span->begin + marks[0], span->end - marks[1]};
    };
    const auto marks = std::lower_bound(
        located_.marks.begin(), located_.marks.end(), i,
        [](const CopiedMarks& each, size_t p) { return each.passage < p; });
    narrow(marks->a, &passage.a_span);
    narrow(marks->b, &passage.b_span);
  }

  const PassageGroups& groups_;
  const int threads_;
  const BoilerplateFinder finder_;
  const FactsReader reader_;
  const std::vector<uint8_t> is_boilerplate_;  // by group
  LocatedPassages& located_;
  std::atomic<uint64_t> pairs_ = 0;
};

// The spans of groups' members. Passages that have the same tokens of a
// document may differ in the marks beside them, of which each has what its
// other side has: the place has all of them, whichever passage stands for it.
class MemberSpans {
 public:
  MemberSpans(const DistinctSides& sides,
              std::span<const ReusedPassage> passages, int threads)
      : sides_(sides),
        passages_(passages),
        widest_(sides.size(),
                OffsetSpan{std::numeric_limits<size_t>::max(), 0}) {
    const size_t parts = (passages.size() + kPerPart - 1) / kPerPart;
    ParallelFor(threads, parts, [&](int, size_t part) {
      const size_t end = std::min(passages.size(), (part + 1) * kPerPart);
      for (size_t i = part * kPerPart; i < end; ++i) {
        const size_t ahead = i + DistinctSides::kPassagesAhead;
        if (ahead < end) {
          __builtin_prefetch(
              &widest_[sides_.PlaceOf(passages[ahead].b, 2 * ahead + 1)]);
        }
        Widen(passages[i].a, 2 * i, passages[i].a_span);
        Widen(passages[i].b, 2 * i + 1, passages[i].b_span);
      }
    });
  }

  PassageGroup::Member Of(uint32_t side) const {
    const ReusedPassage& passage = passages_[side / 2];
    const uint32_t document = side % 2 == 0 ? passage.a : passage.b;
    return {document, widest_[sides_.PlaceOf(document, side)]};
  }

 private:
  void Widen(uint32_t document, size_t side, const OffsetSpan& span) {
    OffsetSpan& widest = widest_[sides_.PlaceOf(document, side)];
    Replace(&widest.begin, span.begin, std::less<>());
    Replace(&widest.end, span.end, std::greater<>());
  }
  // Threads may do so at once. It is seldom done.
  template <typename Comes>
  static void Replace(size_t* value, size_t other, Comes comes_before) {
    const std::atomic_ref known(*value);
    size_t seen = known.load(std::memory_order_relaxed);
    while (
        comes_before(other, seen) &&
        !known.compare_exchange_weak(seen, other, std::memory_order_relaxed)) {
    }
  }

  const DistinctSides& sides_;
  std::span<const ReusedPassage> passages_;
  HugeRoom<OffsetSpan> widest_;  // by distinct side
};

std::vector<PassageGroup> ToGroups(const PassageGroups& groups,
                                   const MemberSpans& spans,
                                   const Classifier::Votes& votes,
                                   std::span<const uint32_t> rank,
                                   int threads) {
  std::vector<PassageGroup> result(groups.members.size());
  ParallelFor(threads, result.size(), [&](int, size_t g) {
    PassageGroup& group = result[g];
    group.members.reserve(groups.members[g].size());
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
  });
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
    std::span<const uint32_t> publishers, GrowingRoom<PairPassage> passages,
    const PassagesStats& stats) {
  WIRECOPY_ASSIGN_OR_RETURN(
      LocatedPassages located,
      LocatePassages(options, source, sizes.all, passages));
  passages = {};
  WIRECOPY_RETURN_IF_ERROR(source.ReadError());
  const int threads = options.threads;
  const PassageGroups groups =
      GroupPassages(located.places, located.sides, threads);
  Classifier classifier(groups, sizes, publishers, threads, &located);
  const Classifier::Votes votes = classifier.Classify();
  ReportedPassages reported;
  PassagesResult& result = reported.result;
  result.stats = stats;
  result.stats.pairs = classifier.pairs();
  result.lengths = std::move(located.lengths);
  result.passages = std::move(located.passages);
  result.groups =
      ToGroups(groups, MemberSpans(located.sides, result.passages, threads),
               votes, rank, threads);
  reported.places = std::move(located.places);
  return reported;
}

}  // namespace wirecopy
