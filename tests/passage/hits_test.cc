#include "passage/hits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Positions = std::vector<uint32_t>;

std::vector<Hit> HitsOf(const Positions& a, const Positions& b) {
  std::vector<Hit> hits;
  AddHits(a, b, &hits);
  return hits;
}

std::vector<Hit> SelfHitsOf(const Positions& positions,
                            uint32_t least_distance = 1) {
  std::vector<Hit> hits;
  AddSelfHits(positions, least_distance, &hits);
  return hits;
}

Positions UpTo(uint32_t count) {
  Positions positions(count);
  std::iota(positions.begin(), positions.end(), 0);
  return positions;
}

TEST(HitsTest, AllPairingsOfAFew) {
  EXPECT_THAT(HitsOf({1, 5}, {2, 3}),
              ElementsAre(Hit{1, 2}, Hit{1, 3}, Hit{5, 2}, Hit{5, 3}));
  EXPECT_EQ(HitsOf(UpTo(16), UpTo(16)).size(), kMostPairings);
  EXPECT_EQ(HitsOf(UpTo(256), UpTo(1)).size(), kMostPairings);
}

TEST(HitsTest, OfManyTheShorterListBeginsAnew) {
  const Positions b = {100, 200, 300};
  const std::vector<Hit> hits = HitsOf(UpTo(100), b);
  ASSERT_EQ(hits.size(), 100U);
  for (uint32_t i = 0; i < 100; ++i) EXPECT_EQ(hits[i], (Hit{i, b[i % 3]}));
}

// Every position has a hit, and there are few.
TEST(HitsTest, AllSizes) {
  for (uint32_t in_a = 1; in_a < 40; ++in_a) {
    for (uint32_t in_b = 1; in_b < 40; ++in_b) {
      const std::vector<Hit> hits = HitsOf(UpTo(in_a), UpTo(in_b));
      ASSERT_LE(hits.size(),
                std::max<size_t>(kMostPairings, std::max(in_a, in_b)));
      std::set<uint32_t> of_a;
      std::set<uint32_t> of_b;
      std::set<std::pair<uint32_t, uint32_t>> mirrored;
      for (const Hit& hit : hits) {
        of_a.insert(hit.a);
        of_b.insert(hit.b);
        mirrored.emplace(hit.b, hit.a);
      }
      ASSERT_EQ(of_a.size(), in_a);
      ASSERT_EQ(of_b.size(), in_b);
      ASSERT_EQ(mirrored.size(), hits.size()) << "twice the same";
      for (const Hit& hit : HitsOf(UpTo(in_b), UpTo(in_a))) {
        ASSERT_TRUE(mirrored.contains({hit.a, hit.b}));
      }
    }
  }
}

TEST(SelfHitsTest, AllPairsOfAFew) {
  EXPECT_THAT(SelfHitsOf({7}), IsEmpty());
  EXPECT_THAT(SelfHitsOf({1, 5, 9}),
              ElementsAre(Hit{1, 5}, Hit{1, 9}, Hit{5, 9}));
  EXPECT_EQ(SelfHitsOf(UpTo(4)).size(), 6U);
}

TEST(SelfHitsTest, OfManyTheNextAndTheOneHalfTheListAway) {
  EXPECT_THAT(SelfHitsOf({10, 20, 30, 40, 50}),
              ElementsAre(Hit{10, 20}, Hit{10, 30}, Hit{20, 30}, Hit{20, 40},
                          Hit{30, 40}, Hit{30, 50}, Hit{40, 50}));
  // The next that is not too close may be the one, or lie behind it.
  EXPECT_THAT(SelfHitsOf({10, 20, 30, 40, 50}, 25),
              ElementsAre(Hit{10, 40}, Hit{20, 50}));
}

TEST(SelfHitsTest, NoneThatAreTooClose) {
  EXPECT_THAT(SelfHitsOf({1, 5, 9}, 5), ElementsAre(Hit{1, 9}));
  EXPECT_THAT(SelfHitsOf({1, 5, 9}, 9), IsEmpty());
}

TEST(SelfHitsTest, AllSizes) {
  for (uint32_t size = 2; size < 60; ++size) {
    for (uint32_t distance = 1; 2 * distance < size; ++distance) {
      std::set<uint32_t> positions;
      std::set<std::pair<uint32_t, uint32_t>> pairs;
      const std::vector<Hit> hits = SelfHitsOf(UpTo(size), distance);
      for (const Hit& hit : hits) {
        ASSERT_LE(hit.a + distance, hit.b);
        positions.insert(hit.a);
        positions.insert(hit.b);
        pairs.emplace(hit.a, hit.b);
      }
      ASSERT_EQ(positions.size(), size);
      ASSERT_EQ(pairs.size(), hits.size()) << "twice the same";
      ASSERT_LE(hits.size(), 2 * size);
    }
  }
}

// Against a map from hashes to positions.
TEST(HitFinderTest, PairsWhatHasTheSameHash) {
  oracle::CodeSource source(3);
  HitFinder finder;
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Fingerprint> a;
    std::vector<Fingerprint> b;
    std::map<uint64_t, Positions> in_a;
    std::map<uint64_t, Positions> in_b;
    const uint32_t hashes = 1 + source.Below(60);
    // Those that differ in their upper bits alone fall into one bucket.
    const int shift = trial % 2 == 0 ? 0 : 40;
    const auto next_hash = [&] {
      return uint64_t{source.Below(hashes)} << shift;
    };
    for (uint32_t i = 0; i < source.Below(80); ++i) {
      a.push_back({next_hash(), i});
      in_a[a.back().hash].push_back(i);
    }
    for (uint32_t i = 0; i < source.Below(80); ++i) {
      b.push_back({next_hash(), i});
      in_b[b.back().hash].push_back(i);
    }
    std::vector<Hit> expected;
    std::vector<Hit> expected_self;
    for (const auto& [hash, positions] : in_a) {
      if (in_b.contains(hash)) AddHits(positions, in_b[hash], &expected);
      AddSelfHits(positions, 3, &expected_self);
    }
    const auto found = finder.Find(a, b);
    ASSERT_TRUE(
        std::is_sorted(found.begin(), found.end(),
                       [](const Hit& x, const Hit& y) { return x.a < y.a; }));
    std::vector<Hit> hits(found.begin(), found.end());
    for (std::vector<Hit>* list : {&hits, &expected}) {
      std::sort(list->begin(), list->end(), [](const Hit& x, const Hit& y) {
        return std::tie(x.a, x.b) < std::tie(y.a, y.b);
      });
    }
    ASSERT_EQ(hits, expected);
    const auto self = finder.FindSelf(a, 3);
    ASSERT_THAT(self, ::testing::ElementsAreArray(expected_self));
  }
}

}  // namespace
}  // namespace wirecopy
