#include "provenance/absent_source.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;

constexpr TokenCode kEdit = 100'000;  // words of edits, from here

// A tree in which 1 is a copy of 0, with `siblings` more copies of it. Only the
// first `witnesses` of these are looked at; the others make the tree large.
struct Tree {
  Text parent = Text(200);
  Text copy;
  std::vector<Text> siblings;
  size_t witnesses = 0;

  explicit Tree(size_t size, size_t looked) : witnesses(looked) {
    std::iota(parent.begin(), parent.end(), TokenCode{2});
    copy = parent;
    siblings.assign(size, parent);
  }

  double Confidence() const {
    std::vector<std::span<const TokenCode>> texts = {parent, copy};
    texts.insert(texts.end(), siblings.begin(), siblings.end());
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    for (uint32_t i = 0; i < witnesses; ++i) pairs.emplace_back(1, i + 2);
    pairs.emplace_back(0, 1);
    const CandidateTable table = DescribePairs(texts, pairs);
    Forest forest;
    forest.parents.assign(texts.size(), 0);
    forest.parents[0].reset();
    // Nothing else may be the parent.
    CandidateTable witnesses_only = table;
    for (Candidate& c : witnesses_only[1]) {
      if (c.parent != 0) c.copied = 0;
    }
    return FindAbsentSources(texts, witnesses_only, &forest).confidences[1];
  }
};

// The parent has two words that nobody else has, and the copy has one.
Tree WithAbsentSource(size_t siblings) {
  Tree tree(siblings, siblings);
  tree.copy[40] = kEdit;
  tree.parent[80] = kEdit + 1;
  tree.parent[120] = kEdit + 2;
  return tree;
}

// Two copies made the same two edits as the copy, and it made a third.
Tree WithSameEdits(size_t siblings, size_t looked) {
  Tree tree(siblings, looked);
  for (const size_t place : {40U, 80U, 120U}) tree.copy[place] = kEdit;
  tree.siblings[3][40] = kEdit;
  tree.siblings[5][80] = kEdit;
  return tree;
}

TEST(AbsentSource, EditsOfTheParentAlone) {
  EXPECT_GT(WithAbsentSource(4).Confidence(), kAbsentFrom);
  EXPECT_GT(WithAbsentSource(20).Confidence(), kAbsentFrom);
  EXPECT_GT(WithAbsentSource(60).Confidence(), kAbsentFrom);
}

// The first sibling gives as much as the parent and has none of its edits: the
// share that the parent had becomes its own.
TEST(AbsentSource, AParentInConflictGivesItsPlaceAndItsShare) {
  const Tree tree = WithAbsentSource(20);
  std::vector<std::span<const TokenCode>> texts = {tree.parent, tree.copy};
  texts.insert(texts.end(), tree.siblings.begin(), tree.siblings.end());
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  for (uint32_t i = 0; i < texts.size(); ++i) {
    if (i != 1) pairs.emplace_back(1, i);
  }
  const CandidateTable table = DescribePairs(texts, pairs);
  Forest forest;
  forest.parents.assign(texts.size(), 0);
  forest.parents[0].reset();
  forest.root_probabilities.assign(texts.size(), 0.01);
  for (const auto& candidates : table) {
    forest.probabilities.emplace_back(candidates.size(), 0.001);
  }
  forest.probabilities[1][0] = 0.9;
  const AbsentSources found = FindAbsentSources(texts, table, &forest);
  EXPECT_LT(found.confidences[1], kAbsentFrom);
  EXPECT_EQ(forest.parents[1], 2U);
  EXPECT_EQ(forest.probabilities[1][1], 0.9);
  EXPECT_EQ(forest.probabilities[1][0], 0.001);
}

TEST(AbsentSource, SameEditsComeByChance) {
  EXPECT_LT(WithSameEdits(40, 40).Confidence(), kAbsentFrom);
}

// The more texts there are to choose witnesses from, the less two of them say.
TEST(AbsentSource, ChanceGrowsWithTheTree) {
  double before = WithSameEdits(8, 8).Confidence();
  for (const size_t siblings : {40U, 400U, 4000U}) {
    const double confidence = WithSameEdits(siblings, 8).Confidence();
    EXPECT_LT(confidence, before) << siblings;
    before = confidence;
  }
  EXPECT_LT(before, 0.05);
}

// A witness that has no word of the parent's against the copy may be a copy of
// the copy.
TEST(AbsentSource, WhoSidesWithTheCopyAloneIsNoWitness) {
  Tree tree = WithAbsentSource(20);
  const double with_conflict = tree.Confidence();
  tree.copy[40] = tree.parent[40];
  EXPECT_LT(tree.Confidence(), kAbsentFrom);
  EXPECT_LT(tree.Confidence(), with_conflict);
}

// Cuts are no conflict: who lacks the end has nobody's words against anybody.
TEST(AbsentSource, CutsAreNoConflict) {
  Tree tree(20, 20);
  tree.copy.resize(100);
  for (size_t i = 0; i < 20; i += 2) tree.siblings[i].resize(60 + i);
  EXPECT_LT(tree.Confidence(), 0.05);
}

}  // namespace
}  // namespace wirecopy
