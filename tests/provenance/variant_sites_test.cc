#include "provenance/variant_sites.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;

Text SomeText(size_t size, TokenCode words, std::mt19937* random) {
  Text text(size);
  for (TokenCode& code : text) {
    code = static_cast<TokenCode>((*random)() % words);
  }
  return text;
}

Description Blocks(std::vector<CopiedBlock> blocks) {
  Description description;
  description.blocks = std::move(blocks);
  return description;
}

TEST(VariantSites, StandBetweenBlocksThatFollowEachOther) {
  const auto sites = VariantSites(Blocks({{0, 10, 5},
                                          {6, 16, 4},     // one for one
                                          {10, 26, 4},    // six left out
                                          {14, 37, 4},    // seven
                                          {25, 41, 3},    // seven put in
                                          {30, 2, 6},     // moved
                                          {38, 8, 3}}));  // two put in
  ASSERT_EQ(sites.size(), 3);
  EXPECT_EQ(sites[0].copy, (TokenSpan{5, 6}));
  EXPECT_EQ(sites[0].source, (TokenSpan{15, 16}));
  EXPECT_EQ(sites[1].copy, (TokenSpan{10, 10}));
  EXPECT_EQ(sites[1].source, (TokenSpan{20, 26}));
  EXPECT_EQ(sites[2].copy, (TokenSpan{36, 38}));
  EXPECT_EQ(sites[2].source, (TokenSpan{8, 8}));
  EXPECT_TRUE(VariantSites({}).empty());
}

TEST(VariantSites, AreHeldByABlockAroundThem) {
  std::mt19937 random(3);
  for (int round = 0; round < 50; ++round) {
    Description description;
    uint32_t end = 0;
    for (int i = 0; i < 4; ++i) {
      const auto begin = end + static_cast<uint32_t>(random() % 3);
      const auto length = 2 + static_cast<uint32_t>(random() % 4);
      description.blocks.push_back({begin, 0, length});
      end = begin + length;
    }
    for (uint32_t begin = 0; begin <= end; ++begin) {
      for (uint32_t behind = begin; behind <= end; ++behind) {
        bool is_held = false;
        for (const CopiedBlock& block : description.blocks) {
          is_held |= block.copy + 1 <= begin && behind + 1 <= block.copy_end();
        }
        EXPECT_EQ(Holds(description, {begin, behind}), is_held)
            << begin << " " << behind;
      }
    }
  }
}

// Two sources of a copy: one has its word at 20, the other those at 40 and 60.
// What one of them lacks altogether speaks for nobody.
TEST(VariantSites, VoteForWhoHasTheCopysWords) {
  std::mt19937 random(4);
  const Text copy = SomeText(100, 1'000'000, &random);
  Text one = copy;
  one[40] = one[60] = 1'000'001;
  Text other = copy;
  other[20] = other[90] = 1'000'002;
  one.resize(80);
  const SiteVotes votes = CompareSources(TextAutomaton(one).Describe(copy),
                                         TextAutomaton(other).Describe(copy));
  EXPECT_EQ(votes.challenger, 1);
  EXPECT_EQ(votes.incumbent, 2);
}

TEST(BigramSet, HoldsTextsOfItsBigrams) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    const Text text = SomeText(random() % 30, 4, &random);
    const Text part = SomeText(random() % 5, 4, &random);
    bool holds = true;
    for (size_t i = 1; i < part.size(); ++i) {
      bool is_there = false;
      for (size_t k = 1; k < text.size(); ++k) {
        is_there |= text[k - 1] == part[i - 1] && text[k] == part[i];
      }
      holds &= is_there;
    }
    EXPECT_EQ(BigramSet(text).Holds(part), holds);
  }
}

}  // namespace
}  // namespace wirecopy
