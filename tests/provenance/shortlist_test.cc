#include "provenance/shortlist.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;
using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;
using Words = std::pair<TokenCode, TokenCode>;

std::vector<uint32_t> Best(size_t most,
                           std::vector<std::pair<int, uint32_t>> scored) {
  std::sort(scored.begin(), scored.end());
  std::vector<uint32_t> best;
  for (size_t i = 0; i < std::min(most, scored.size()); ++i) {
    best.push_back(scored[i].second);
  }
  return best;
}

// Compares every text with every other.
Pairs SlowShortlist(const std::vector<Text>& texts) {
  const size_t size = texts.size();
  std::vector<std::set<Words>> rare(size);
  std::map<Words, int> counts;
  for (uint32_t i = 0; i < size; ++i) {
    for (size_t k = 1; k < texts[i].size(); ++k) {
      rare[i].emplace(texts[i][k - 1], texts[i][k]);
    }
    for (const Words& words : rare[i]) ++counts[words];
  }
  std::vector<std::pair<int, uint32_t>> hubs;
  for (uint32_t i = 0; i < size; ++i) {
    const auto common = static_cast<int>(std::erase_if(
        rare[i], [&](const Words& words) { return counts[words] > 256; }));
    hubs.emplace_back(4 * static_cast<int>(rare[i].size()) - common, i);
  }
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (uint32_t a = 0; a < size; ++a) {
    std::vector<std::pair<int, uint32_t>> near;
    for (uint32_t b = 0; b < size; ++b) {
      const auto shared = static_cast<int>(
          std::count_if(rare[b].begin(), rare[b].end(),
                        [&](const Words& w) { return rare[a].contains(w); }));
      if (a == b || shared == 0) continue;
      near.emplace_back(static_cast<int>(rare[b].size()) - 3 * shared, b);
    }
    for (const uint32_t b : Best(16, near)) pairs.insert(std::minmax(a, b));
    for (const uint32_t b : Best(12, hubs)) {
      if (a != b) pairs.insert(std::minmax(a, b));
    }
  }
  return {pairs.begin(), pairs.end()};
}

// Copies of a text and of its copies, with a few other words each.
std::vector<Text> Copies(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<Text> texts = {{2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24}};
  while (texts.size() < count) {
    const size_t parent = random() % 2 == 0 ? 0 : random() % texts.size();
    Text copy = texts[parent];
    for (size_t edits = random() % 4; edits > 0; --edits) {
      copy[random() % copy.size()] = static_cast<TokenCode>(random() % 99);
    }
    texts.push_back(copy);
  }
  return texts;
}

TEST(Shortlist, IsTheNearestAndTheHubs) {
  for (const size_t count : {1U, 2U, 10U, 100U, 400U}) {
    const std::vector<Text> texts = Copies(count, static_cast<uint32_t>(count));
    const std::vector<std::span<const TokenCode>> spans(texts.begin(),
                                                        texts.end());
    EXPECT_EQ(ShortlistPairs(spans), SlowShortlist(texts)) << count;
  }
}

// What 257 texts share is no longer rare.
TEST(Shortlist, RareIsWhatFewHave) {
  for (const TokenCode count : {256U, 257U}) {
    std::vector<Text> texts;
    for (TokenCode i = 0; i < count; ++i) texts.push_back({2, 4, 1000 + i});
    const std::vector<std::span<const TokenCode>> spans(texts.begin(),
                                                        texts.end());
    EXPECT_EQ(ShortlistPairs(spans), SlowShortlist(texts)) << count;
  }
}

TEST(Shortlist, OfNothing) {
  EXPECT_TRUE(ShortlistPairs({}).empty());
  const std::vector<std::span<const TokenCode>> empty(3);
  EXPECT_EQ(ShortlistPairs(empty), (Pairs{{0, 1}, {0, 2}, {1, 2}}));
}

}  // namespace
}  // namespace wirecopy
