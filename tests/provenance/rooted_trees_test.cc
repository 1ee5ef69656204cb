#include "provenance/rooted_trees.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

constexpr double kClose = 1e-9;

// One tree of so many texts, each of which may come from most others.
struct Tree {
  CandidateTable table;
  std::vector<double> roots;
  Forest forest;

  Tree(uint32_t size, std::mt19937* random)
      : table(size), roots(size), forest(Star(size)) {
    std::uniform_real_distribution<double> nats(-4, 4);
    for (uint32_t child = 0; child < size; ++child) {
      roots[child] = nats(*random);
      for (uint32_t parent = 0; parent < size; ++parent) {
        const bool is_needed = parent == 0 || child == 0;
        if (parent == child || (!is_needed && (*random)() % 4 == 0)) continue;
        table[child].push_back(
            {.parent = parent, .score = nats(*random), .clock = nats(*random)});
      }
      forest.probabilities[child].resize(table[child].size());
    }
  }

  static Forest Star(uint32_t size) {
    Forest forest;
    forest.parents.assign(size, 0);
    forest.parents[0].reset();
    forest.probabilities.resize(size);
    forest.root_probabilities.resize(size);
    return forest;
  }
};

// Adds up the weights of all trees: each text has one of its candidates, one
// text has none, and all come from that one.
Forest SlowRootings(const Tree& tree, double nats) {
  Forest sums = tree.forest;
  const size_t size = tree.table.size();
  double all = 0;
  std::vector<size_t> chosen(size, 0);  // the last of each: no parent
  while (true) {
    double weight = 0;
    std::vector<size_t> top;
    for (size_t i = 0; i < size; ++i) {
      if (chosen[i] == tree.table[i].size()) top.push_back(i);
    }
    bool is_tree = top.size() == 1;
    for (size_t i = 0; is_tree && i < size; ++i) {
      if (i == top[0]) {
        weight += tree.roots[i];
        continue;
      }
      const Candidate& c = tree.table[i][chosen[i]];
      weight += c.total() + (c.parent == top[0] ? nats : 0);
      size_t at = i;
      for (size_t step = 0; step < size && at != top[0]; ++step) {
        at = tree.table[at][chosen[at]].parent;
      }
      is_tree = at == top[0];
    }
    if (is_tree) {
      weight = std::exp(weight);
      all += weight;
      for (size_t i = 0; i < size; ++i) {
        double& sum = i == top[0] ? sums.root_probabilities[i]
                                  : sums.probabilities[i][chosen[i]];
        sum += weight;
      }
    }
    size_t at = 0;
    while (at < size && ++chosen[at] > tree.table[at].size()) chosen[at++] = 0;
    if (at == size) break;
  }
  for (double& sum : sums.root_probabilities) sum /= all;
  for (auto& list : sums.probabilities) {
    for (double& sum : list) sum /= all;
  }
  return sums;
}

TEST(RootedTrees, AreWeighedOverAllRootings) {
  std::mt19937 random(11);
  for (uint32_t round = 0; round < 40; ++round) {
    Tree tree(2 + round % 4, &random);
    const double nats = round % 3 == 0 ? 0 : 0.7;
    const Forest expected = SlowRootings(tree, nats);
    WeighRoots(tree.table, tree.roots, nats, &tree.forest);
    for (size_t i = 0; i < tree.table.size(); ++i) {
      EXPECT_NEAR(tree.forest.root_probabilities[i],
                  expected.root_probabilities[i], kClose);
      for (size_t k = 0; k < tree.table[i].size(); ++k) {
        EXPECT_NEAR(tree.forest.probabilities[i][k],
                    expected.probabilities[i][k], kClose);
      }
    }
  }
}

// Texts of two trees: nobody comes from the other one's.
TEST(RootedTrees, StayByThemselves) {
  std::mt19937 random(12);
  Tree tree(5, &random);
  tree.forest.parents[3].reset();
  tree.forest.parents[4] = 3;
  tree.table[3].push_back({.parent = 4});
  tree.table[4] = {{.parent = 0, .score = 50}, {.parent = 3}};
  for (uint32_t i : {3U, 4U}) {
    tree.forest.probabilities[i].assign(tree.table[i].size(), 0.5);
  }
  WeighRoots(tree.table, tree.roots, 0.5, &tree.forest);
  EXPECT_EQ(tree.forest.probabilities[4][0], 0);
  EXPECT_NEAR(
      tree.forest.root_probabilities[4] + tree.forest.probabilities[4][1], 1,
      kClose);
  EXPECT_NEAR(
      tree.forest.root_probabilities[3] + tree.forest.root_probabilities[4], 1,
      kClose);
}

TEST(RootWeights, AreWhatIsLostAndHowWellTheOthersAreDescribed) {
  // Two others are described from 0, at no loss and at a loss of 3; a loss
  // counts as 8 at most.
  const CandidateTable table = {
      {{.parent = 1, .score = -50}},
      {{.parent = 0, .score = 0}},
      {{.parent = 0, .score = -3}, {.parent = 1, .score = 0}}};
  const std::vector<double> saved = {4, 5, 0};
  const std::vector<double> roots = RootWeights(table, saved);
  const double spread = kRootSpread / (2 + kRootShrink);
  EXPECT_NEAR(roots[0], kRootNats - 4 - 3 * spread, kClose);
  EXPECT_NEAR(roots[1], kRootNats - 5 - 8 * spread, kClose);
  EXPECT_NEAR(roots[2], kRootNats, kClose);
}

}  // namespace
}  // namespace wirecopy
