#include "provenance/arborescence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

using ::testing::ElementsAre;

// Whether all nodes lead to the root.
bool IsTree(const std::vector<uint32_t>& parents, uint32_t root) {
  for (uint32_t node = 0; node < parents.size(); ++node) {
    uint32_t at = node;
    for (size_t steps = 0; at != root; ++steps) {
      if (steps > parents.size()) return false;
      at = parents[at];
    }
  }
  return true;
}

using Table = std::vector<std::vector<double>>;  // by child, then parent

double WeightOf(const Table& weights, const std::vector<uint32_t>& parents,
                uint32_t root) {
  double sum = 0;
  for (uint32_t node = 0; node < parents.size(); ++node) {
    if (node != root) sum += weights[node][parents[node]];
  }
  return sum;
}

// Over all ways to give every node a parent.
double HeaviestWeight(const Table& weights, uint32_t root) {
  const auto n = static_cast<uint32_t>(weights.size());
  std::vector<uint32_t> parents(n, 0);
  double best = -std::numeric_limits<double>::infinity();
  while (true) {
    if (parents[root] == 0 && IsTree(parents, root)) {
      best = std::max(best, WeightOf(weights, parents, root));
    }
    uint32_t node = 0;
    while (node < n && ++parents[node] == n) parents[node++] = 0;
    if (node == n) return best;
  }
}

TEST(Arborescence, IsTheHeaviestOfAll) {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    const auto n = static_cast<uint32_t>(2 + round % 5);
    const auto root = static_cast<uint32_t>(random() % n);
    // Small whole numbers, so that there are ties.
    Table weights(n, std::vector<double>(n, -1e9));
    std::vector<WeightedArc> arcs;
    for (uint32_t child = 0; child < n; ++child) {
      for (uint32_t parent = 0; parent < n; ++parent) {
        if (child == parent || (parent != root && random() % 4 == 0)) continue;
        weights[child][parent] = static_cast<double>(random() % 9) - 4;
        arcs.push_back({parent, child, weights[child][parent]});
      }
    }
    const auto parents = MaximumArborescence(n, root, arcs);
    ASSERT_TRUE(IsTree(parents, root)) << round;
    EXPECT_EQ(WeightOf(weights, parents, root), HeaviestWeight(weights, root))
        << round;
  }
}

TEST(Arborescence, NestedCyclesAreUnfolded) {
  // 1 and 2 like each other, 3 likes them and they like 3; the root is far.
  const std::vector<WeightedArc> arcs = {{0, 1, 1}, {0, 2, 0}, {0, 3, 0},
                                         {1, 2, 9}, {2, 1, 9}, {2, 3, 8},
                                         {3, 1, 7}, {3, 2, 6}};
  EXPECT_THAT(MaximumArborescence(4, 0, arcs), ElementsAre(0, 0, 1, 2));
}

TEST(Arborescence, OfOneNode) {
  EXPECT_THAT(MaximumArborescence(1, 0, {}), ElementsAre(0));
}

TEST(Arborescence, LongChainsOfCyclesTakeNoLongTime) {
  // Each node likes the next one best, so that one cycle after another closes.
  constexpr uint32_t kNodes = 50'000;
  std::vector<WeightedArc> arcs;
  for (uint32_t node = 1; node < kNodes; ++node) {
    arcs.push_back({0, node, 0});
    if (node + 1 < kNodes) {
      arcs.push_back({node + 1, node, 2});
      arcs.push_back({node, node + 1, 3});
    }
  }
  const auto parents = MaximumArborescence(kNodes, 0, arcs);
  EXPECT_TRUE(parents[1] == 0);
  for (uint32_t node = 2; node < kNodes; ++node) {
    ASSERT_EQ(parents[node], node - 1);
  }
}

}  // namespace
}  // namespace wirecopy
