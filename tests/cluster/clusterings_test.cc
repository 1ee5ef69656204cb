// Star and components where candidates and twins are what a test says, not
// what texts make of them.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "cluster/all_pairs.h"
#include "cluster/components.h"
#include "cluster/containment.h"
#include "cluster/star.h"
#include "tests/support/fake_sets.h"

namespace wirecopy {
namespace {

using oracle::FakeKeys;
using oracle::FakeTask;
using oracle::Sets;
using oracle::SlowJaccard;

// Random sets, filed under random keys: similar ones may not meet, and those
// that meet need not be similar.
struct Made {
  explicit Made(uint64_t seed) : random(seed) {
    const size_t count = 5 + random() % 60;
    sets = oracle::RandomSets(count, 5, 6, &random);
    keys = oracle::RandomSets(count, 3, 1 + random() % 15, &random);
    for (uint32_t d = 0; d < count; ++d) order.push_back(d);
    for (size_t i = count; i > 1; --i) {
      std::swap(order[i - 1], order[random() % i]);
    }
  }

  FakeKeys Keys() {
    FakeKeys fake(keys);
    for (size_t i = 0; i < sets.size(); ++i) {
      const auto a = static_cast<uint32_t>(random() % sets.size());
      const auto b = static_cast<uint32_t>(random() % sets.size());
      fake.barred.emplace(std::min(a, b), std::max(a, b));
    }
    return fake;
  }

  std::mt19937_64 random;
  Sets sets;
  Sets keys;
  std::vector<uint32_t> order;
};

// Memory is full after every few documents.
void MakeShort(uint64_t seed, SetCache* sets, int* times) {
  SetCache::Watch watch;
  watch.step = 1;
  watch.least_to_file = ~size_t{0};
  watch.is_short = [random = std::mt19937_64(seed), since = 0, was_full = false,
                    times](bool is_full) mutable {
    if (was_full && !is_full) since = 0;
    was_full = is_full;
    const bool is_short = ++since > 3 && random() % 4 == 0;
    if (!is_short || was_full) return is_short;
    since = 0;
    was_full = true;
    ++*times;
    return true;
  };
  watch.is_kept = [] { return true; };
  watch.fail = [] { FAIL() << "no round takes in too few"; };
  sets->WatchMemory(std::move(watch));
}

void ExpectSame(const Clustering& a, const Clustering& b) {
  EXPECT_EQ(a.kept_of, b.kept_of);
  EXPECT_EQ(a.similarities, b.similarities);
  EXPECT_EQ(a.verified_pairs, b.verified_pairs);
}

void ExpectSamePairs(const PairList& a, const PairList& b) {
  ASSERT_EQ(a.pairs.size(), b.pairs.size());
  for (size_t i = 0; i < a.pairs.size(); ++i) {
    EXPECT_EQ(a.pairs[i].a, b.pairs[i].a);
    EXPECT_EQ(a.pairs[i].b, b.pairs[i].b);
    EXPECT_EQ(a.pairs[i].overlap.shared, b.pairs[i].overlap.shared);
  }
}

TEST(RoundsTest, ChangeNothing) {
  int times_full = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Made made(seed);
    FakeKeys keys = made.Keys();
    FakeTask at_once(made.sets, 0.6);
    FakeTask in_rounds(made.sets, 0.6, seed % 2 == 0 ? 0 : 1 << 20);
    in_rounds.loader.worker_count = 1 + static_cast<int>(seed % 3);
    at_once.order = made.order;
    in_rounds.order = made.order;
    MakeShort(seed, in_rounds.Task().sets, &times_full);
    const Clustering star = ClusterByStar(at_once.Task(), keys);
    const Clustering star_in_rounds = ClusterByStar(in_rounds.Task(), keys);
    ExpectSame(star_in_rounds, star);
    EXPECT_EQ(star_in_rounds.candidates, star.candidates);
    const PairList pairs = FindResembling(at_once.Task(), keys);
    const PairList pairs_in_rounds = FindResembling(in_rounds.Task(), keys);
    EXPECT_EQ(pairs_in_rounds.candidates, pairs.candidates);
    ExpectSamePairs(pairs_in_rounds, pairs);
    ExpectSame(ClusterByComponents(in_rounds.Task(), &keys),
               ClusterByComponents(at_once.Task(), &keys));
  }
  EXPECT_GT(times_full, 600);
}

TEST(RoundsTest, ChangeNothingOfContainment) {
  int times_full = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Made made(seed);
    ShingleCounts counts(1);
    std::vector<uint32_t> sizes;
    for (const auto& set : made.sets) {
      counts.AddAlone(set);
      sizes.push_back(static_cast<uint32_t>(set.size()));
    }
    const auto cluster = [&](bool is_short) {
      FakeTask fake(made.sets, 0.5);
      fake.order = made.order;
      if (is_short) MakeShort(seed, fake.Task().sets, &times_full);
      ContainmentIndex index(counts, made.sets.size(), 0.5);
      return ClusterByContainment(fake.Task(), sizes, &index);
    };
    const Clustering at_once = cluster(false);
    const Clustering in_rounds = cluster(true);
    ExpectSame(in_rounds, at_once);
    EXPECT_EQ(in_rounds.candidates, at_once.candidates);
  }
  EXPECT_GT(times_full, 300);
}

// Where memory stays short whatever is forgotten, a walk ends.
TEST(RoundsTest, EndWhereNoneTakesIn) {
  std::mt19937_64 random(1);
  const Sets sets = oracle::RandomSets(1000, 5, 6, &random);
  FakeTask fake(sets, 0.6);
  FakeKeys keys(oracle::RandomSets(1000, 3, 500, &random));
  int failed = 0;
  SetCache::Watch watch;
  watch.step = 1;
  watch.least_to_file = ~size_t{0};
  watch.is_short = [](bool) { return true; };
  watch.is_kept = [] { return true; };
  watch.fail = [&failed] { ++failed; };
  fake.Task().sets->WatchMemory(std::move(watch));
  ClusterByStar(fake.Task(), keys);
  EXPECT_EQ(failed, 1);
}

TEST(StarTest, OnlyThoseThatMeetAreCompared) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Made made(seed);
    FakeKeys keys = made.Keys();
    FakeTask fake(made.sets, 0.6, seed % 2 == 0 ? 0 : 1 << 20);
    fake.order = made.order;
    const Clustering found = ClusterByStar(fake.Task(), keys);
    std::vector<uint32_t> kept;
    for (const uint32_t d : made.order) {
      double best = 0;
      uint32_t expected = d;
      for (const uint32_t k : kept) {
        const double similarity = SlowJaccard(made.sets[d], made.sets[k]);
        if (!keys.Meet(d, k) || similarity < 0.6 || similarity <= best) {
          continue;
        }
        best = similarity;
        expected = k;
      }
      if (expected == d) kept.push_back(d);
      ASSERT_EQ(found.kept_of[d], expected) << "seed " << seed;
      ASSERT_EQ(found.similarities[d], best);
    }
  }
}

// Components join under one key what was apart under another; the groups kept
// under the keys must follow.
TEST(ComponentsTest, GroupsMerge) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Made made(seed);
    FakeKeys keys = made.Keys();
    FakeTask fake(made.sets, 0.6, seed % 2 == 0 ? 0 : 1 << 20);
    fake.order = made.order;
    const Clustering found = ClusterByComponents(fake.Task(), &keys);
    // Floods from the first in keep order.
    std::vector<bool> seen(made.sets.size());
    for (const uint32_t first : made.order) {
      if (seen[first]) continue;
      seen[first] = true;
      std::vector<uint32_t> open = {first};
      while (!open.empty()) {
        const uint32_t d = open.back();
        open.pop_back();
        ASSERT_EQ(found.kept_of[d], first) << "seed " << seed;
        const double apart = SlowJaccard(made.sets[d], made.sets[first]);
        ASSERT_EQ(found.similarities[d], d == first ? 0 : apart);
        for (uint32_t e = 0; e < made.sets.size(); ++e) {
          if (seen[e] || !keys.Meet(d, e) ||
              SlowJaccard(made.sets[d], made.sets[e]) < 0.6) {
            continue;
          }
          seen[e] = true;
          open.push_back(e);
        }
      }
    }
  }
}

// A cluster of thousands under one key costs about a comparison a member.
TEST(ClusteringTest, LargeClustersAreLinear) {
  constexpr uint32_t kCount = 3000;
  Sets sets(kCount);
  for (uint32_t d = 0; d < kCount; ++d) {
    for (uint64_t i = 0; i < 20; ++i) sets[d].push_back(i);
    sets[d].push_back(1000 + d);
  }
  const Sets all_under_two_keys(kCount, std::vector<uint64_t>{7, 8});
  FakeKeys keys(all_under_two_keys);
  FakeTask for_star(sets, 0.8);
  const Clustering star = ClusterByStar(for_star.Task(), keys);
  EXPECT_EQ(star.candidates, kCount - 1);
  EXPECT_EQ(star.verified_pairs, kCount - 1);
  FakeTask for_components(sets, 0.8);
  const Clustering components =
      ClusterByComponents(for_components.Task(), &keys);
  EXPECT_EQ(components.candidates, kCount - 1);
  EXPECT_EQ(components.kept_of, star.kept_of);
}

TEST(FindResemblingTest, PairsThatMeet) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Made made(seed);
    FakeKeys keys = made.Keys();
    FakeTask fake(made.sets, 0.6);
    const PairList found = FindResembling(fake.Task(), keys);
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    for (const VerifiedPair& pair : found.pairs) {
      pairs.emplace_back(pair.a, pair.b);
      EXPECT_EQ(pair.overlap.Jaccard(),
                SlowJaccard(made.sets[pair.a], made.sets[pair.b]));
    }
    std::vector<std::pair<uint32_t, uint32_t>> expected;
    for (uint32_t a = 0; a < made.sets.size(); ++a) {
      for (uint32_t b = a + 1; b < made.sets.size(); ++b) {
        if (keys.Meet(a, b) && SlowJaccard(made.sets[a], made.sets[b]) >= 0.6) {
          expected.emplace_back(a, b);
        }
      }
    }
    ASSERT_EQ(pairs, expected) << "seed " << seed;
  }
}

// Twins go where the one that they equal goes, without a comparison.
TEST(ClusteringTest, TwinsFollow) {
  const std::vector<uint64_t> set = {1, 2, 3, 4, 5};
  const std::vector<uint64_t> alike = {1, 2, 3, 4, 6};
  const Sets sets = {set, alike, set, alike, {9}};
  const std::vector<uint32_t> twin_of = {0, 1, 0, 1, 4};
  FakeKeys keys(Sets{{1}, {1}, {1}, {1}, {}});
  for (const bool star : {true, false}) {
    FakeTask fake(sets, 0.6);
    fake.twin_of = twin_of;
    const Clustering found = star ? ClusterByStar(fake.Task(), keys)
                                  : ClusterByComponents(fake.Task(), &keys);
    EXPECT_EQ(found.kept_of, (std::vector<uint32_t>{0, 0, 0, 0, 4}));
    EXPECT_EQ(found.similarities[1], 4.0 / 6);
    EXPECT_EQ(found.similarities[2], 1);
    EXPECT_EQ(found.similarities[3], 4.0 / 6);
    EXPECT_EQ(found.candidates, 1U);
  }
}

}  // namespace
}  // namespace wirecopy
