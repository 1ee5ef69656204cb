#include "wirecopy/similarity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "sketch/sketch_kernels.h"
#include "tests/support/random_sets.h"
#include "tests/support/simd_levels.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;

constexpr double kThresholds[] = {1e-9,    0.01, 0.1,  0.2,     0.25, 0.3,
                                  1.0 / 3, 0.5,  0.6,  2.0 / 3, 0.7,  0.75,
                                  0.8,     0.9,  0.95, 0.99,    1.0};

size_t SlowShared(const HashVector& a, const HashVector& b) {
  HashVector shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(shared));
  return shared.size();
}

void ExpectIntersection(const HashVector& a, const HashVector& b) {
  const size_t shared = SlowShared(a, b);
  const Overlap overlap = Intersect(a, b);
  ASSERT_EQ(overlap.a, a.size());
  ASSERT_EQ(overlap.b, b.size());
  ASSERT_EQ(overlap.shared, shared);
  const size_t most = std::min(a.size(), b.size()) + 2;
  const size_t step = std::max<size_t>(1, most / 40);
  for (size_t least = 0; least <= most; least += step) {
    const Overlap some = IntersectAtLeast(a, b, least);
    ASSERT_EQ(some.a, a.size());
    ASSERT_EQ(some.b, b.size());
    std::vector<size_t> found = {some.shared};
    for (const SimdLevel level : oracle::SimdLevelsHere()) {
      found.push_back(SketchKernelsFor(level).count_shared(
          a.data(), a.size(), b.data(), b.size(), least));
    }
    for (const size_t count : found) {
      if (shared >= least) {
        ASSERT_EQ(count, shared);
      } else {
        ASSERT_LT(count, least);
      }
    }
  }
}

// Every pair of subsets of seven numbers.
TEST(IntersectTest, AllTinySets) {
  constexpr uint64_t kNumbers = 7;
  std::vector<HashVector> sets;
  for (uint64_t chosen = 0; chosen < uint64_t{1} << kNumbers; ++chosen) {
    sets.emplace_back();
    for (uint64_t i = 0; i < kNumbers; ++i) {
      // The ends of the range are as good as any number.
      if ((chosen >> i & 1) != 0) sets.back().push_back(~uint64_t{0} / 6 * i);
    }
  }
  for (const HashVector& a : sets) {
    for (const HashVector& b : sets) ExpectIntersection(a, b);
  }
}

TEST(IntersectTest, RandomSetsOfLikeAndUnlikeSizes) {
  SetSource source(41);
  for (const size_t a : {1U, 3U, 63U, 64U, 65U, 200U, 1000U}) {
    for (const size_t b : {1U, 2U, 64U, 129U, 1000U, 3300U}) {
      // From nearly all in common to next to nothing.
      for (const size_t spread : {1U, 2U, 20U}) {
        const uint64_t limit = std::max(a, b) * spread + 1;
        const uint64_t step = ~uint64_t{0} / limit;
        ExpectIntersection(source.Subset(a, limit, step),
                           source.Subset(b, limit, step));
      }
    }
  }
}

// Where searching takes over from merging, on both sides of it.
TEST(IntersectTest, SizesAroundTheSearchRatio) {
  SetSource source(42);
  for (const size_t small : {1U, 2U, 10U}) {
    for (size_t large = 30 * small; large <= 34 * small; ++large) {
      const HashVector a = source.Subset(small, large + 5, 3);
      const HashVector b = source.Subset(large, large + 5, 3);
      ExpectIntersection(a, b);
      ExpectIntersection(b, a);
    }
  }
}

TEST(IntersectTest, DisjointRanges) {
  const HashVector low = {1, 2, 3};
  const HashVector high = {4, 5, 6, 7};
  ExpectIntersection(low, high);
  ExpectIntersection(high, low);
  ExpectIntersection({}, high);
  ExpectIntersection({}, {});
}

TEST(OverlapTest, Quotients) {
  const Overlap overlap{4, 6, 2};
  EXPECT_EQ(overlap.Jaccard(), 0.25);
  EXPECT_EQ(overlap.ContainmentOfA(), 0.5);
  EXPECT_EQ(overlap.ContainmentOfB(), 1.0 / 3);
  for (const Overlap& empty :
       {Overlap{0, 0, 0}, Overlap{0, 3, 0}, Overlap{3, 0, 0}}) {
    EXPECT_EQ(empty.Jaccard(), 0);
    EXPECT_EQ(empty.ContainmentOfA(), 0);
    EXPECT_EQ(empty.ContainmentOfB(), 0);
  }
}

// The least number that reaches the threshold by the quotient that is
// reported, for all sets that a number can be shared by.
TEST(LeastSharedTest, ReachesTheThresholdAndNotOneLess) {
  for (const double threshold : kThresholds) {
    for (size_t a = 1; a <= 130; ++a) {
      for (size_t b = a; b <= 130; ++b) {
        const size_t least = LeastShared(a, b, threshold);
        ASSERT_EQ(LeastShared(b, a, threshold), least);
        ASSERT_GT(least, 0U);
        for (size_t shared = 0; shared <= a; ++shared) {
          ASSERT_EQ(Overlap({a, b, shared}).Jaccard() >= threshold,
                    shared >= least)
              << a << ", " << b << ", " << threshold;
        }
      }
    }
  }
}

// Sizes at which a resemblance is the threshold exactly, and large ones.
TEST(LeastSharedTest, ExactQuotientsOfLargeSets) {
  SetSource source(43);
  for (int i = 0; i < 20000; ++i) {
    const size_t whole = 1 + source.Below(uint64_t{1} << (1 + i % 40));
    const size_t shared = 1 + source.Below(whole);
    const size_t only_a = source.Below(whole - shared + 1);
    const size_t a = shared + only_a;
    const size_t b = whole - only_a;
    const double threshold = Overlap{a, b, shared}.Jaccard();
    ASSERT_EQ(LeastShared(a, b, threshold), shared)
        << a << ", " << b << ", " << shared;
    ASSERT_LE(LeastContained(a, threshold), shared);
    const double share = Overlap{a, b, shared}.ContainmentOfA();
    ASSERT_EQ(LeastContained(a, share), shared);
    // The next number above is out of reach of so many.
    if (threshold < 1) {
      ASSERT_EQ(LeastShared(a, b, std::nextafter(threshold, 2)), shared + 1);
    }
    if (share < 1) {
      ASSERT_EQ(LeastContained(a, std::nextafter(share, 2)), shared + 1);
    }
  }
}

TEST(LeastContainedTest, ReachesTheThresholdAndNotOneLess) {
  for (const double threshold : kThresholds) {
    for (size_t a = 1; a <= 1000; ++a) {
      const size_t least = LeastContained(a, threshold);
      ASSERT_GE(least, 1U);
      ASSERT_LE(least, a);
      ASSERT_GE(Overlap({a, a, least}).ContainmentOfA(), threshold);
      ASSERT_LT(Overlap({a, a, least - 1}).ContainmentOfA(), threshold);
    }
  }
}

TEST(LeastSharedTest, EmptySets) {
  for (const double threshold : kThresholds) {
    // Nothing can be shared, and nothing reaches a threshold above zero.
    EXPECT_EQ(Overlap({0, 5, 0}).Jaccard() >= threshold, false);
    EXPECT_GT(LeastShared(0, 5, threshold), 0U);
    EXPECT_EQ(LeastContained(0, threshold), 0U);
  }
}

}  // namespace
}  // namespace wirecopy
