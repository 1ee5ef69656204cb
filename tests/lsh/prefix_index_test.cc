#include "lsh/prefix_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "tests/support/random_sets.h"
#include "wirecopy/similarity.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;
using Sets = std::vector<HashVector>;

constexpr double kThresholds[] = {0.1, 0.25, 1.0 / 3, 0.5, 2.0 / 3,
                                  0.7, 0.8,  0.9,     1.0};
// How far shingles are apart: with 1 and 2^50 many share a counter, so that
// counts are far too high; with the last none do.
constexpr uint64_t kSteps[] = {1, uint64_t{1} << 50, uint64_t{1} << 54};

Sets RandomSets(size_t count, uint64_t vocabulary, uint64_t step,
                SetSource* source) {
  Sets sets;
  for (size_t i = 0; i < count; ++i) {
    sets.push_back(source->Subset(source->Below(13), vocabulary, step));
    // A near copy, for pairs at high thresholds.
    if (i % 3 == 2 && !sets.back().empty()) {
      HashVector copy = sets.back();
      copy.erase(copy.begin() +
                 static_cast<std::ptrdiff_t>(source->Below(copy.size())));
      sets.push_back(copy);
    }
  }
  return sets;
}

ShingleCounts CountsOf(const Sets& sets) {
  ShingleCounts counts(1);
  for (const HashVector& set : sets) counts.Add(set);
  return counts;
}

bool Meet(const HashVector& a, const HashVector& b) {
  const std::set<uint64_t> keys(a.begin(), a.end());
  return std::any_of(b.begin(), b.end(),
                     [&](uint64_t key) { return keys.contains(key); });
}

void ExpectEveryPairMeets(const Sets& sets, double threshold) {
  const ShingleCounts counts = CountsOf(sets);
  PrefixKeys prefix_keys(counts, threshold);
  std::vector<HashVector> keys(sets.size());
  for (uint32_t i = 0; i < sets.size(); ++i) {
    EXPECT_TRUE(prefix_keys.MayMatch(i));
    prefix_keys.Append(i, sets[i], &keys[i]);
    for (const uint64_t key : keys[i]) {
      ASSERT_TRUE(std::binary_search(sets[i].begin(), sets[i].end(), key));
    }
  }
  for (size_t i = 0; i < sets.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (Intersect(sets[i], sets[j]).Jaccard() < threshold) continue;
      ASSERT_TRUE(Meet(keys[i], keys[j]))
          << i << ", " << j << " at " << threshold;
    }
  }
}

TEST(PrefixKeysTest, EveryPairAtTheThresholdMeets) {
  SetSource source(81);
  for (const uint64_t step : kSteps) {
    for (const double threshold : kThresholds) {
      for (const uint64_t vocabulary : {12U, 20U, 60U, 400U}) {
        for (int trial = 0; trial < 5; ++trial) {
          ExpectEveryPairMeets(RandomSets(40, vocabulary, step, &source),
                               threshold);
        }
      }
    }
  }
}

// Every pair of subsets of five shingles at once.
TEST(PrefixKeysTest, AllTinySets) {
  for (const uint64_t step : kSteps) {
    Sets sets;
    for (uint64_t chosen = 0; chosen < 32; ++chosen) {
      sets.emplace_back();
      for (uint64_t i = 0; i < 5; ++i) {
        if ((chosen >> i & 1) != 0) sets.back().push_back(i * step);
      }
    }
    for (const double threshold : kThresholds) {
      ExpectEveryPairMeets(sets, threshold);
    }
  }
}

TEST(PrefixKeysTest, AppendsToWhatIsThere) {
  const Sets sets = {{1, 2}, {1, 2}};
  const ShingleCounts counts = CountsOf(sets);
  PrefixKeys prefix_keys(counts, 1);
  HashVector keys = {77};
  prefix_keys.Append(0, sets[0], &keys);
  EXPECT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0], 77U);
}

// The selection itself, by a full sort.
TEST(PrefixSelectorTest, RarestShinglesButThoseOfOneDocument) {
  SetSource source(82);
  for (int trial = 0; trial < 50; ++trial) {
    const Sets sets = RandomSets(30, 25, uint64_t{1} << 54, &source);
    const ShingleCounts counts = CountsOf(sets);
    PrefixSelector selector(counts);
    for (const HashVector& set : sets) {
      for (size_t least = 0; least <= set.size() + 2; ++least) {
        std::vector<std::pair<uint32_t, uint64_t>> ranked;
        for (const uint64_t h : set) ranked.emplace_back(counts.Count(h), h);
        std::sort(ranked.begin(), ranked.end());
        std::set<uint64_t> expected;
        for (size_t i = 0; i + std::max<size_t>(least, 1) <= set.size(); ++i) {
          if (ranked[i].first > 1) expected.insert(ranked[i].second);
        }
        const auto selected = selector.Select(set, least);
        ASSERT_EQ(std::set<uint64_t>(selected.begin(), selected.end()),
                  expected);
        ASSERT_EQ(selected.size(), expected.size());
      }
    }
  }
}

void ExpectEveryContainedFound(const Sets& sets, double threshold) {
  const ShingleCounts counts = CountsOf(sets);
  ContainmentIndex index(counts, sets.size(), threshold);
  for (uint32_t i = 0; i < sets.size(); ++i) index.Insert(i, sets[i]);
  for (const HashVector& whole : sets) {
    std::vector<uint32_t> found = {12345};
    index.Contained(whole, &found);
    ASSERT_EQ(found[0], 12345U) << "appends";
    const std::set<uint32_t> candidates(found.begin() + 1, found.end());
    ASSERT_EQ(candidates.size(), found.size() - 1) << "each once";
    for (uint32_t i = 0; i < sets.size(); ++i) {
      const Overlap overlap = Intersect(sets[i], whole);
      // The set itself is asked for too: nobody else need have its shingles.
      if (&sets[i] == &whole) continue;
      if (overlap.ContainmentOfA() >= threshold) {
        ASSERT_TRUE(candidates.contains(i)) << i << " at " << threshold;
      }
      if (overlap.shared == 0) {
        ASSERT_FALSE(candidates.contains(i));
      }
    }
  }
}

TEST(ContainmentIndexTest, FindsEveryContainedDocument) {
  SetSource source(83);
  for (const uint64_t step : kSteps) {
    for (const double threshold : kThresholds) {
      for (const uint64_t vocabulary : {12U, 20U, 60U, 400U}) {
        Sets sets = RandomSets(40, vocabulary, step, &source);
        // Some that hold many others.
        sets.push_back(source.Subset(vocabulary, vocabulary, step));
        sets.push_back(source.Subset(vocabulary / 2, vocabulary, step));
        ExpectEveryContainedFound(sets, threshold);
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
