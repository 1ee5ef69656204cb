#include "provenance/mosaic.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;

// Words that no other text has.
Text Fresh(size_t size) {
  static TokenCode next = 2;
  Text text(size);
  for (TokenCode& code : text) code = next += 2;
  return text;
}

Text Joined(const std::vector<Text>& parts) {
  Text text;
  for (const Text& part : parts) {
    text.insert(text.end(), part.begin(), part.end());
  }
  return text;
}

// Texts with the forest that is known of them, and all pairs as candidates.
struct Known {
  std::vector<Text> texts;
  Forest forest;

  uint32_t Add(Text text, std::optional<uint32_t> parent) {
    texts.push_back(std::move(text));
    forest.parents.push_back(parent);
    return static_cast<uint32_t>(texts.size() - 1);
  }

  std::vector<SecondParent> Find(uint32_t child) const {
    const std::vector<std::span<const TokenCode>> spans(texts.begin(),
                                                        texts.end());
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    for (uint32_t i = 0; i < texts.size(); ++i) {
      for (uint32_t j = i + 1; j < texts.size(); ++j) pairs.emplace_back(i, j);
    }
    return FindSecondParents(spans, DescribePairs(spans, pairs), forest, child);
  }
};

TEST(Mosaic, AStoryOfAnotherFamily) {
  Known known;
  const Text wire = Fresh(100);
  const Text other = Fresh(60);
  const uint32_t first = known.Add(wire, std::nullopt);
  const uint32_t second = known.Add(other, std::nullopt);
  const uint32_t child = known.Add(Joined({wire, other}), first);
  const std::vector<SecondParent> found = known.Find(child);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].parent, second);
  EXPECT_EQ(found[0].words, 60);
  EXPECT_FALSE(found[0].is_kin);
}

TEST(Mosaic, TheMostWordsFirst) {
  Known known;
  const std::vector<Text> stories = {Fresh(90), Fresh(40), Fresh(60)};
  for (const Text& story : stories) known.Add(story, std::nullopt);
  const uint32_t child = known.Add(Joined(stories), 0);
  const std::vector<SecondParent> found = known.Find(child);
  ASSERT_EQ(found.size(), 2);
  EXPECT_EQ(found[0].parent, 2);
  EXPECT_EQ(found[1].parent, 1);
}

TEST(Mosaic, AFewWordsAreNoParent) {
  Known known;
  const Text wire = Fresh(100);
  const Text other = Fresh(60);
  known.Add(wire, std::nullopt);
  known.Add(other, std::nullopt);
  const Text few(other.begin(), other.begin() + 12);
  EXPECT_TRUE(known.Find(known.Add(Joined({wire, few}), 0)).empty());
}

// What another copy of the same wire wrote itself came from there.
TEST(Mosaic, WhatOneOfTheFamilyAdded) {
  Known known;
  const Text lead = Fresh(40);
  const Text body = Fresh(60);
  const Text added = Fresh(50);
  const uint32_t wire = known.Add(Joined({lead, body}), std::nullopt);
  const uint32_t second = known.Add(Joined({lead, added, body}), wire);
  known.Add(Joined({lead, body}), wire);
  const uint32_t child = known.Add(Joined({lead, added, body}), wire);
  const std::vector<SecondParent> found = known.Find(child);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].parent, second);
  EXPECT_TRUE(found[0].is_kin);
}

// The parent was cut in the archive: its other copies have the rest.
TEST(Mosaic, WhatFollowsTheEndOfTheParent) {
  Known known;
  const Text begin = Fresh(60);
  const Text end = Fresh(60);
  const uint32_t cut = known.Add(begin, std::nullopt);
  known.Add(Joined({begin, end}), cut);
  EXPECT_TRUE(known.Find(known.Add(Joined({begin, end}), cut)).empty());
}

TEST(Mosaic, WhatAnAncestorHas) {
  Known known;
  const Text begin = Fresh(40);
  const Text middle = Fresh(40);
  const Text end = Fresh(40);
  const uint32_t root = known.Add(Joined({begin, middle, end}), std::nullopt);
  const uint32_t cut = known.Add(Joined({begin, end}), root);
  EXPECT_TRUE(known.Find(known.Add(Joined({begin, middle, end}), cut)).empty());
}

TEST(Mosaic, WhatIsOldInTheFamily) {
  Known known;
  const Text begin = Fresh(40);
  const Text middle = Fresh(40);
  const Text end = Fresh(40);
  const uint32_t root = known.Add(Joined({begin, end}), std::nullopt);
  for (int i = 0; i < 2; ++i) known.Add(Joined({begin, middle, end}), root);
  EXPECT_TRUE(
      known.Find(known.Add(Joined({begin, middle, end}), root)).empty());
}

}  // namespace
}  // namespace wirecopy
