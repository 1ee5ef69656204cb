#include "cluster/union_find.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

TEST(UnionFindTest, EqualsRelabelling) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 50; ++round) {
    const auto size = static_cast<uint32_t>(1 + random() % 60);
    UnionFind sets(size);
    std::vector<uint32_t> labels(size);
    std::iota(labels.begin(), labels.end(), 0U);
    for (uint32_t i = 0; i < 2 * size; ++i) {
      const auto a = static_cast<uint32_t>(random() % size);
      const auto b = static_cast<uint32_t>(random() % size);
      const uint32_t from = labels[a];
      ASSERT_EQ(sets.Union(a, b), from != labels[b]);
      for (uint32_t& label : labels) {
        if (label == from) label = labels[b];
      }
      const auto c = static_cast<uint32_t>(random() % size);
      for (uint32_t d = 0; d < size; ++d) {
        ASSERT_EQ(sets.Find(c) == sets.Find(d), labels[c] == labels[d]);
      }
    }
  }
}

// A million in a chain, from either end: linear, and no recursion.
TEST(UnionFindTest, LongChains) {
  constexpr uint32_t kSize = 1000000;
  UnionFind up(kSize);
  UnionFind down(kSize);
  for (uint32_t i = 1; i < kSize; ++i) {
    EXPECT_TRUE(up.Union(i - 1, i));
    EXPECT_TRUE(down.Union(kSize - i, kSize - i - 1));
  }
  for (uint32_t i = 0; i < kSize; ++i) {
    ASSERT_EQ(up.Find(i), up.Find(0));
    ASSERT_EQ(down.Find(i), down.Find(0));
  }
  EXPECT_FALSE(up.Union(0, kSize - 1));
}

}  // namespace
}  // namespace wirecopy
