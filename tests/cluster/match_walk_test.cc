// Matches against all pairs, whatever the threads, the batches and the cache.

#include "cluster/match_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "tests/support/fake_sets.h"

namespace wirecopy {
namespace {

using oracle::FakeKeys;
using oracle::FakeTask;
using oracle::Sets;
using oracle::SlowJaccard;

constexpr double kThreshold = 0.6;

// Some are to be filed, whatever they match.
bool IsFiled(uint32_t document) { return document % 3 != 0; }

using Similarities = std::map<uint32_t, double>;

// By document, those filed before it.
std::vector<Similarities> MatchesOf(const Sets& sets, FakeKeys* keys,
                                    const std::vector<uint32_t>& order,
                                    uint64_t* candidates) {
  std::vector<Similarities> matches(sets.size());
  for (size_t i = 0; i < order.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (!IsFiled(order[j]) || !keys->Meet(order[i], order[j])) continue;
      ++*candidates;
      const double similarity = SlowJaccard(sets[order[i]], sets[order[j]]);
      if (similarity >= kThreshold) matches[order[i]][order[j]] = similarity;
    }
  }
  return matches;
}

TEST(MatchWalkTest, EqualsAllPairs) {
  std::mt19937_64 random(7);
  constexpr size_t kCount = 1200;  // several batches, of rising size
  const Sets sets = oracle::RandomSets(kCount, 6, 8, &random);
  FakeKeys keys(oracle::RandomSets(kCount, 4, 300, &random));
  std::vector<uint32_t> order(kCount);
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), random);
  for (int i = 0; i < 500; ++i) {
    const auto a = static_cast<uint32_t>(random() % kCount);
    const auto b = static_cast<uint32_t>(random() % kCount);
    keys.barred.emplace(std::min(a, b), std::max(a, b));
  }
  uint64_t candidates = 0;
  const auto expected = MatchesOf(sets, &keys, order, &candidates);
  ASSERT_GT(candidates, kCount);
  for (const int workers : {1, 2, 5}) {
    // Of no sets at all, of a few, and of all.
    for (const size_t cache_bytes : {0, 20'000, 1 << 22}) {
      SCOPED_TRACE(testing::Message() << workers << " " << cache_bytes);
      FakeTask fake(sets, kThreshold, cache_bytes);
      fake.order = order;
      fake.loader.worker_count = workers;
      const ClusterTask task = fake.Task();
      MatchWalk walk(task, keys);
      std::vector<uint32_t> taken;
      walk.Walk(order, [&](uint32_t d, std::span<const Match> matches) {
        taken.push_back(d);
        Similarities found;
        for (const Match& match : matches) {
          const bool is_new =
              found.emplace(match.document, match.overlap.Jaccard()).second;
          EXPECT_TRUE(is_new);
          EXPECT_EQ(match.overlap.a, sets[d].size());
        }
        EXPECT_EQ(found, expected[d]);
        return IsFiled(d);
      });
      EXPECT_EQ(taken, order);
      EXPECT_EQ(walk.candidates(), candidates);
    }
  }
}

}  // namespace
}  // namespace wirecopy
