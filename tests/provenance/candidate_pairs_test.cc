#include "provenance/candidate_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "provenance/shortlist.h"

namespace wirecopy {
namespace {

using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

// Texts of which only the number counts.
std::vector<std::span<const TokenCode>> Empty(size_t size) {
  return std::vector<std::span<const TokenCode>>(size);
}

Pairs SomePairs(uint32_t texts, size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  Pairs pairs;
  while (pairs.size() < count) {
    const auto a = static_cast<uint32_t>(random() % texts);
    const auto b = static_cast<uint32_t>(random() % texts);
    if (a != b) pairs.emplace_back(a, b);
  }
  return pairs;
}

// With those that share with the same third, which shares with few.
Pairs SlowPairs(const Pairs& shared, size_t texts, size_t most_neighbours) {
  std::vector<std::set<uint32_t>> neighbours(texts);
  std::set<std::pair<uint32_t, uint32_t>> all;
  for (const auto& [a, b] : shared) {
    neighbours[a].insert(b);
    neighbours[b].insert(a);
    all.insert(std::minmax(a, b));
  }
  for (const std::set<uint32_t>& list : neighbours) {
    if (list.size() > most_neighbours) continue;
    for (const uint32_t a : list) {
      for (const uint32_t b : list) {
        if (a < b) all.emplace(a, b);
      }
    }
  }
  return {all.begin(), all.end()};
}

TEST(CandidatePairs, OfFewTextsAreThoseThatShare) {
  const Pairs shared = SomePairs(300, 900, 1);
  EXPECT_EQ(CandidatePairs(Empty(300), shared), SlowPairs(shared, 300, 0));
}

// The shortlist too: who has a text first by a clock that is fast stands
// between the true source and its copies.
TEST(CandidatePairs, OfManyAreThoseThatShareWithAThirdAsWell) {
  Pairs shared = SomePairs(301, 300, 2);
  // One that shares with half of them, of which little follows.
  for (uint32_t i = 1; i < 150; ++i) shared.emplace_back(0, i);
  Pairs expected = ShortlistPairs(Empty(301));
  const Pairs sharing = SlowPairs(shared, 301, 128);
  expected.insert(expected.end(), sharing.begin(), sharing.end());
  std::sort(expected.begin(), expected.end());
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  EXPECT_EQ(CandidatePairs(Empty(301), shared), expected);
}

TEST(CandidatePairs, OfVeryManyPairsAreAShortlist) {
  constexpr uint32_t kTexts = 701;
  std::vector<std::vector<TokenCode>> texts(kTexts);
  std::vector<std::span<const TokenCode>> spans;
  Pairs all;
  for (uint32_t i = 0; i < kTexts; ++i) {
    texts[i] = {2, 4, 6, 8 + 2 * (i / 7), 10};
    spans.emplace_back(texts[i]);
    for (uint32_t j = i + 1; j < i + 80 && j < kTexts; ++j) {
      all.emplace_back(i, j);
    }
  }
  EXPECT_EQ(CandidatePairs(spans, all), ShortlistPairs(spans));
}

}  // namespace
}  // namespace wirecopy
