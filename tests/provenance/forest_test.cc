#include "provenance/forest.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

// A copy, 2, that may come from either of two others.
struct Two {
  CandidateTable table = {{}, {}, {{.parent = 0}, {.parent = 1}}};
  Forest forest;

  Two() {
    forest.parents = {std::nullopt, std::nullopt, 0U};
    forest.probabilities = {{}, {}, {0.7, 0.2}};
    forest.root_probabilities = {1, 1, 0.1};
  }
};

TEST(Forest, AParentThatTakesAnothersPlaceHasItsShare) {
  Two two;
  ReplaceParent(two.table, 2, 1, &two.forest);
  EXPECT_EQ(two.forest.parents[2], 1U);
  EXPECT_EQ(two.forest.probabilities[2], (std::vector<double>{0.2, 0.7}));
  EXPECT_EQ(two.forest.root_probabilities[2], 0.1);
}

TEST(Forest, AParentOfARootHasWhatTheRootHad) {
  Two two;
  two.forest.parents[2].reset();
  two.forest.probabilities[2] = {0.1, 0.2};
  two.forest.root_probabilities[2] = 0.7;
  ReplaceParent(two.table, 2, 0, &two.forest);
  EXPECT_EQ(two.forest.parents[2], 0U);
  EXPECT_EQ(two.forest.probabilities[2], (std::vector<double>{0.7, 0.2}));
  EXPECT_EQ(two.forest.root_probabilities[2], 0.1);
}

TEST(Forest, ARootThatWasACopyIsAsSureAsItWasOrATossedCoin) {
  Two two;
  MakeRoot(2, &two.forest);
  EXPECT_FALSE(two.forest.parents[2].has_value());
  EXPECT_EQ(two.forest.root_probabilities[2], 0.5);
  two.forest.root_probabilities[2] = 0.8;
  MakeRoot(2, &two.forest);
  EXPECT_EQ(two.forest.root_probabilities[2], 0.8);
}

TEST(Forest, WhatIsNoCandidateHasNoShare) {
  Two two;
  EXPECT_EQ(*ShareOf(two.table, 2, 1, &two.forest), 0.2);
  EXPECT_EQ(ShareOf(two.table, 0, 2, &two.forest), nullptr);
}

// Text by text the best arcs would go round in circles.
TEST(Forest, LargeOnesHaveTheRootThatCostsLeast) {
  const auto size = static_cast<uint32_t>(kMostDense + 20);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> nats(0, 1);
  CandidateTable table(size);
  std::vector<uint32_t> parents(size, 0);
  for (uint32_t text = 1; text < size; ++text) {
    parents[text] = static_cast<uint32_t>(random() % text);
    table[text].push_back({.parent = parents[text], .score = nats(random)});
  }
  // Backwards each arc is a little better, but for those of the root.
  for (uint32_t text = 1; text < size; ++text) {
    const double score =
        parents[text] == 0 ? -3 : table[text].front().score + 0.05;
    table[parents[text]].push_back({.parent = text, .score = score});
  }
  const std::vector<double> roots(size, -10);
  const Forest forest = ChooseForest(table, roots);
  for (uint32_t text = 1; text < size; ++text) {
    EXPECT_EQ(forest.parents[text], parents[text]) << text;
  }
  EXPECT_FALSE(forest.parents[0].has_value());
  for (uint32_t text = 1; text < size; ++text) {
    EXPECT_LT(forest.root_probabilities[text], forest.root_probabilities[0]);
  }
}

}  // namespace
}  // namespace wirecopy
