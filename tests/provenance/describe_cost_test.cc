#include "provenance/describe_cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

using Codes = std::vector<TokenCode>;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Words: even codes are tokens of a whole word.
Codes Words(std::initializer_list<uint32_t> numbers) {
  Codes codes;
  for (const uint32_t number : numbers) codes.push_back(2 * number);
  return codes;
}

// The longest block at each place, by trying every place of the source.
std::vector<CopiedBlock> SlowBlocks(const Codes& source, const Codes& copy) {
  std::vector<CopiedBlock> blocks;
  for (uint32_t at = 0; at < copy.size();) {
    CopiedBlock best{at, 0, 0};
    for (uint32_t from = 0; from < source.size(); ++from) {
      uint32_t length = 0;
      while (at + length < copy.size() && from + length < source.size() &&
             copy[at + length] == source[from + length]) {
        ++length;
      }
      if (length > best.length) best = {at, from, length};
    }
    if (best.length >= 2) blocks.push_back(best);
    at += best.length >= 2 ? best.length : 1;
  }
  return blocks;
}

TEST(DescribeCost, BlocksAreThoseOfTheSlowSearch) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    // Few different tokens, so that much repeats.
    std::uniform_int_distribution<uint32_t> token(
        1, static_cast<uint32_t>(2 + round % 30));
    Codes source(random() % 60);
    Codes copy(random() % 60);
    for (TokenCode& code : source) code = token(random);
    for (TokenCode& code : copy) code = token(random);
    const TextAutomaton automaton(source);
    EXPECT_EQ(automaton.Blocks(copy), SlowBlocks(source, copy)) << round;
  }
}

TEST(DescribeCost, AnEqualTextIsOneBlock) {
  const Codes text = Words({1, 2, 3, 4, 5, 6});
  const Description description = TextAutomaton(text).Describe(text);
  EXPECT_THAT(description.blocks, ElementsAre(CopiedBlock{0, 0, 6}));
  EXPECT_EQ(description.Bits(), kBitsPerBlock);
  EXPECT_EQ(description.copied_tokens(), 6);
}

TEST(DescribeCost, WhatIsNotThereIsLiteral) {
  const Codes text = Words({1, 2, 3});
  const Description description =
      TextAutomaton(text).Describe(Words({7, 8, 9, 10}));
  EXPECT_THAT(description.blocks, IsEmpty());
  EXPECT_EQ(description.Bits(), LiteralBits(4) + kBitsPerUnusedTail);
}

TEST(DescribeCost, LeavingOutIsCheapAndAddingIsNot) {
  const Codes whole = Words({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  const Codes part = Words({1, 2, 3, 4, 9, 10, 11, 12});
  const double cut = TextAutomaton(whole).Describe(part).Bits();
  const double added = TextAutomaton(part).Describe(whole).Bits();
  EXPECT_EQ(cut, 2 * kBitsPerBlock + kBitsPerUnusedRun);
  EXPECT_EQ(added, 2 * kBitsPerBlock + LiteralBits(4));
  EXPECT_LT(cut, added);
}

TEST(DescribeCost, TwoWordsFarFromTheirNeighboursAreChance) {
  const Codes source = Words(
      {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
  const Codes copy = Words({1, 2, 3, 4, 5, 30, 31, 18, 19, 32, 33});
  EXPECT_THAT(TextAutomaton(source).Describe(copy).blocks,
              ElementsAre(CopiedBlock{0, 0, 5}));
}

TEST(DescribeCost, TokensOfOneCharacterAreLessThanWords) {
  const Codes source = Words({1, 2, 3});
  EXPECT_LT(TextAutomaton(source).Describe(Codes{21, 23, 25}).Bits(),
            TextAutomaton(source).Describe(Codes{20, 22, 24}).Bits());
}

TEST(DescribeCost, EmptyTexts) {
  EXPECT_EQ(TextAutomaton({}).Describe({}).Bits(), 0);
  EXPECT_EQ(TextAutomaton({}).Describe(Words({1})).Bits(), LiteralBits(1));
  EXPECT_EQ(TextAutomaton(Words({1, 2})).Describe({}).Bits(),
            kBitsPerUnusedTail);
}

}  // namespace
}  // namespace wirecopy
