#include "provenance/clock_model.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

constexpr size_t kLargeTree = 12;

// Texts that may all come from each other, in a random forest.
struct Dated {
  std::vector<Clock> clocks;
  CandidateTable table;
  Forest forest;

  Dated(uint32_t size, std::mt19937* random) : clocks(size), table(size) {
    forest.parents.resize(size);
    forest.root_probabilities.resize(size);
    for (uint32_t i = 0; i < size; ++i) {
      if ((*random)() % 5 > 0) clocks[i].seconds = (*random)() % 50;
      if (i > 0 && (*random)() % 4 > 0) forest.parents[i] = (*random)() % i;
      for (uint32_t parent = 0; parent < size; ++parent) {
        if (parent != i) table[i].push_back({.parent = parent});
      }
      std::vector<double>& shares = forest.probabilities.emplace_back();
      for (size_t c = 0; c < table[i].size(); ++c) {
        shares.push_back(static_cast<double>((*random)() % 1000) / 1000);
      }
    }
  }

  bool IsLater(uint32_t parent, uint32_t copy) const {
    const auto& a = clocks[parent].seconds;
    const auto& b = clocks[copy].seconds;
    return a.has_value() && b.has_value() && *a > *b;
  }

  uint32_t TopOf(uint32_t text) const {
    while (forest.parents[text].has_value()) text = *forest.parents[text];
    return text;
  }

  // Of the forests, those in which this is the parent.
  static double ShareOf(uint32_t child, uint32_t parent, const Forest& forest) {
    return forest.probabilities[child][parent < child ? parent : parent - 1];
  }

  size_t TreeSize(uint32_t text) const {
    size_t size = 0;
    for (uint32_t i = 0; i < clocks.size(); ++i) {
      size += TopOf(i) == TopOf(text) ? 1 : 0;
    }
    return size;
  }

  // Whether the clocks of a text's tree are kept to where it is the parent.
  bool IsBound(uint32_t parent, uint32_t copy) const {
    size_t later = 0;
    for (uint32_t i = 0; i < clocks.size(); ++i) {
      later += forest.parents[i] == parent && IsLater(parent, i) ? 1 : 0;
    }
    return later < 3 && TreeSize(copy) < kLargeTree;
  }
};

TEST(ClockModel, DatesThatAreNotExactMayBeEitherWay) {
  EXPECT_EQ(IsEarlier({10, 0}, {20, 0}), 1);
  EXPECT_EQ(IsEarlier({20, 0}, {10, 0}), 0);
  EXPECT_EQ(IsEarlier({10, 0}, {10, 0}), 0.5);
  EXPECT_EQ(IsEarlier({10, 0}, {12, 8}), 0.625);
  EXPECT_EQ(IsEarlier({12, 4}, {10, 4}), 0.375);
  EXPECT_EQ(IsEarlier({10, 1}, {12, 1}), 1);
  EXPECT_EQ(IsEarlier({std::nullopt, 0}, {12, 1}), std::nullopt);
  EXPECT_EQ(IsEarlier({12, 1}, {std::nullopt, 0}), std::nullopt);
}

TEST(ClockModel, WhatOverlapsSaysNothing) {
  const Clock day = {36, 12, 24};  // from 24 to 48
  for (double hour = 0; hour < 72; hour += 0.25) {
    const Clock time = {hour, 0, 0.25};  // hour by its middle
    const double expected = hour >= 48.125 ? 1 : hour <= 23.875 ? 0 : 0.5;
    EXPECT_EQ(IsEarlier(day, time), expected) << hour;
    EXPECT_EQ(IsEarlier(time, day), 1 - expected) << hour;
  }
  EXPECT_EQ(IsEarlier(day, day), 0.5);
  EXPECT_EQ(IsEarlier(day, {60, 12, 24}), 1);
  // What does not overlap may still be off: by 12 on either side.
  EXPECT_EQ(IsEarlier(day, {54, 12, 0}), 0.875);
  EXPECT_EQ(IsEarlier(day, {47, 12, 0}), 0.5);
}

TEST(ClockModel, SmallTreesKeepToClocks) {
  std::mt19937 random(21);
  size_t ruled_out = 0;
  for (int round = 0; round < 200; ++round) {
    Dated dated(1 + static_cast<uint32_t>(random() % 25), &random);
    TrustClocks(dated.clocks, dated.forest, &dated.table);
    for (uint32_t copy = 0; copy < dated.table.size(); ++copy) {
      for (const Candidate& c : dated.table[copy]) {
        const bool is_out =
            dated.IsLater(c.parent, copy) && dated.IsBound(c.parent, copy);
        EXPECT_EQ(c.clock <= -100, is_out) << c.parent << " " << copy;
        ruled_out += is_out ? 1 : 0;
      }
    }
  }
  EXPECT_GT(ruled_out, 0);
}

// Who is earlier than its parent becomes a root, and a root its copy.
TEST(ClockModel, SmallTreesAreTurned) {
  std::mt19937 random(22);
  size_t turned = 0;
  for (int round = 0; round < 200; ++round) {
    const Dated before(1 + static_cast<uint32_t>(random() % 25), &random);
    Forest after = before.forest;
    TurnSmallTrees(before.clocks, before.table, &after);
    for (uint32_t copy = 0; copy < after.parents.size(); ++copy) {
      const auto& was = before.forest.parents[copy];
      if (was.has_value()) {
        const bool is_against =
            before.IsLater(*was, copy) && before.IsBound(*was, copy);
        if (!is_against) {
          EXPECT_EQ(after.parents[copy], was);
          continue;
        }
        EXPECT_NE(after.parents[copy], was);
        ++turned;
      } else if (after.parents[copy].has_value()) {
        EXPECT_TRUE(before.IsLater(copy, *after.parents[copy]));
        const uint32_t source = *after.parents[copy];
        EXPECT_EQ(before.forest.parents[source], copy);
        EXPECT_EQ(Dated::ShareOf(copy, source, after),
                  Dated::ShareOf(source, copy, before.forest));
      }
      uint32_t at = copy;
      for (size_t step = 0; after.parents[at].has_value(); ++step) {
        ASSERT_LT(step, after.parents.size()) << "a cycle";
        at = *after.parents[at];
      }
    }
  }
  EXPECT_GT(turned, 0);
}

// Where most arcs go with the clocks, one clock that is against all its copies
// is believed less than the others.
TEST(ClockModel, AClockThatManyContradictSaysLess) {
  constexpr uint32_t kTexts = 20;
  std::vector<Clock> clocks(kTexts);
  CandidateTable table(kTexts);
  std::vector<double> roots(kTexts, -20);
  roots[0] = 0;
  for (uint32_t i = 1; i < kTexts; ++i) {
    const uint32_t parent = i < 3 ? 0 : 1 + i % 2;
    table[i].push_back({.parent = parent});
    clocks[i].seconds = 100 + i;
  }
  clocks[0].seconds = 1;
  clocks[1].seconds = 1000;  // later than its copies
  const Forest forest = WeighClocks(clocks, roots, &table);
  EXPECT_EQ(forest.parents[4], 1);
  EXPECT_EQ(forest.parents[5], 2);
  EXPECT_GT(table[5][0].clock, 0.4);  // 2, which is right
  EXPECT_GT(table[4][0].clock, -0.4);
  EXPECT_LT(table[4][0].clock, 0.1);
}

}  // namespace
}  // namespace wirecopy
