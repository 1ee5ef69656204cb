// Matching once more, by comparing everything with everything.

#ifndef WIRECOPY_TESTS_SUPPORT_MATCH_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_MATCH_ORACLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <ostream>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "tests/support/stories.h"
#include "wirecopy/dedup.h"
#include "wirecopy/pairs.h"

namespace wirecopy::oracle {

// The overlap of every two stories in runs of k words.
class OverlapTable {
 public:
  OverlapTable(const Stories& stories, int k) : stories_(stories) {
    std::vector<std::set<size_t>> sets;
    for (const Story& story : stories) {
      sets.push_back(Shingles(story.words, static_cast<size_t>(k)));
    }
    for (const auto& a : sets) {
      for (const auto& b : sets) {
        std::vector<size_t> shared;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                              std::back_inserter(shared));
        overlaps_.push_back({a.size(), b.size(), shared.size()});
      }
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(stories_.size()); }
  const Stories& stories() const { return stories_; }

  const Overlap& Of(uint32_t a, uint32_t b) const {
    return overlaps_[a * stories_.size() + b];
  }
  double Jaccard(uint32_t a, uint32_t b) const {
    const Overlap& o = Of(a, b);
    return Ratio(o.shared, o.a + o.b - o.shared);
  }
  // The share of `part` that is in `whole`.
  double Contained(uint32_t part, uint32_t whole) const {
    const Overlap& o = Of(part, whole);
    return Ratio(o.shared, o.a);
  }
  // The same shingles in the same sequence.
  bool AreTwins(uint32_t a, uint32_t b) const {
    return !stories_[a].words.empty() && stories_[a].words == stories_[b].words;
  }

 private:
  std::set<size_t> Shingles(const Words& words, size_t k) {
    std::set<size_t> set;
    if (words.empty()) return set;
    const size_t length = std::min(k, words.size());
    for (size_t i = 0; i + length <= words.size(); ++i) {
      const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
      const Words shingle(begin, begin + static_cast<std::ptrdiff_t>(length));
      set.insert(numbers_.try_emplace(shingle, numbers_.size()).first->second);
    }
    return set;
  }

  static double Ratio(size_t part, size_t whole) {
    if (part == 0) return 0;
    return static_cast<double>(part) / static_cast<double>(whole);
  }

  const Stories& stories_;
  std::map<Words, size_t> numbers_;
  std::vector<Overlap> overlaps_;
};

// What becomes of a document. Compared to the last bit.
struct Fate {
  uint32_t kept = 0;      // itself where it is kept
  double similarity = 0;  // 0 where it is kept

  friend bool operator==(const Fate&, const Fate&) = default;
};

inline void PrintTo(const Fate& fate, std::ostream* out) {
  *out << "kept " << fate.kept << " at " << fate.similarity;
}

inline std::vector<Fate> AllKept(uint32_t count) {
  std::vector<Fate> fates(count);
  for (uint32_t d = 0; d < count; ++d) fates[d].kept = d;
  return fates;
}

inline std::vector<Fate> FatesOf(const DedupResult& result, uint32_t count) {
  std::vector<Fate> fates = AllKept(count);
  for (const RemovedDocument& removed : result.removed) {
    fates[removed.document] = {removed.kept, removed.similarity};
  }
  return fates;
}

inline std::vector<uint32_t> SlowKeepOrder(KeepPolicy policy,
                                           const Stories& stories) {
  const auto key = [&](uint32_t d) {
    const Story& story = stories[d];
    int64_t rank = 0;
    if (policy == KeepPolicy::kFirst) {
      rank = d;
    } else if (policy == KeepPolicy::kLongest) {
      rank = -std::count_if(story.text.begin(), story.text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      });
    } else if (!story.published) {
      rank = std::numeric_limits<int64_t>::max();
    } else {
      const int64_t seconds = absl::ToUnixSeconds(*story.published);
      rank = policy == KeepPolicy::kEarliest ? seconds : -seconds;
    }
    const bool is_integer = story.id.is_integer;
    const int64_t number = is_integer ? std::stoll(story.id.text) : 0;
    return std::make_tuple(rank, is_integer, number, story.id.text);
  };
  std::vector<uint32_t> order(stories.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  return order;
}

// One after another, each is removed for the most similar of those kept before
// it, if that is similar enough; a twin shares the fate of the first.
inline std::vector<Fate> SlowStar(const OverlapTable& table,
                                  const std::vector<uint32_t>& order,
                                  double threshold) {
  std::vector<Fate> fates = AllKept(table.size());
  for (size_t i = 0; i < order.size(); ++i) {
    const uint32_t d = order[i];
    const auto before = order.begin() + static_cast<std::ptrdiff_t>(i);
    const auto twin = std::find_if(order.begin(), before, [&](uint32_t e) {
      return table.AreTwins(d, e);
    });
    if (twin != before) {
      const bool twin_is_kept = fates[*twin].kept == *twin;
      fates[d] = twin_is_kept ? Fate{*twin, 1} : fates[*twin];
      continue;
    }
    for (auto it = order.begin(); it != before; ++it) {
      const double similarity = table.Jaccard(d, *it);
      if (fates[*it].kept != *it || similarity < threshold) continue;
      if (similarity > fates[d].similarity) fates[d] = {*it, similarity};
    }
  }
  return fates;
}

// Paints each component from its first document in keep order.
inline std::vector<Fate> SlowComponents(const OverlapTable& table,
                                        const std::vector<uint32_t>& order,
                                        double threshold) {
  std::vector<Fate> fates = AllKept(table.size());
  std::vector<bool> seen(table.size());
  for (const uint32_t first : order) {
    if (seen[first]) continue;
    seen[first] = true;
    std::vector<uint32_t> open = {first};
    while (!open.empty()) {
      const uint32_t d = open.back();
      open.pop_back();
      for (uint32_t e = 0; e < table.size(); ++e) {
        if (seen[e] || table.Jaccard(d, e) < threshold) continue;
        seen[e] = true;
        fates[e] = {first, table.Jaccard(e, first)};
        open.push_back(e);
      }
    }
  }
  return fates;
}

// A pair as a tuple: a, b, and what of it is written out: the resemblance and
// both containments. (Equal documents state their overlap in proportion only.)
using PairTuple = std::tuple<uint32_t, uint32_t, double, double, double>;

inline PairTuple TupleOf(const SimilarPair& pair) {
  return {pair.a, pair.b, pair.overlap.Jaccard(), pair.overlap.ContainmentOfA(),
          pair.overlap.ContainmentOfB()};
}

inline std::vector<PairTuple> SlowPairs(const OverlapTable& table,
                                        Measure measure, double threshold) {
  std::vector<PairTuple> pairs;
  for (uint32_t a = 0; a < table.size(); ++a) {
    for (uint32_t b = a + 1; b < table.size(); ++b) {
      const double similarity =
          measure == Measure::kJaccard
              ? table.Jaccard(a, b)
              : std::max(table.Contained(a, b), table.Contained(b, a));
      if (similarity >= threshold) {
        pairs.emplace_back(a, b, table.Jaccard(a, b), table.Contained(a, b),
                           table.Contained(b, a));
      }
    }
  }
  return pairs;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_MATCH_ORACLE_H_
