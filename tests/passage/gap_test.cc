#include "passage/gap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "tests/support/passage_oracle.h"
#include "wirecopy/passage.h"

namespace wirecopy {
namespace {

using oracle::Codes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Edits, and the most tokens that are equal with so few.
std::pair<uint32_t, uint32_t> Best(const Codes& a, const Codes& b) {
  using Cost = std::pair<uint32_t, int64_t>;  // less is better
  std::vector<std::vector<Cost>> costs(a.size() + 1,
                                       std::vector<Cost>(b.size() + 1));
  for (uint32_t i = 0; i <= a.size(); ++i) {
    for (uint32_t j = 0; j <= b.size(); ++j) {
      Cost& cost = costs[i][j];
      cost = {i + j, 0};  // left out and put in
      const auto take = [&cost](Cost before, uint32_t edits, int equal) {
        cost = std::min(cost, {before.first + edits, before.second - equal});
      };
      if (i > 0) take(costs[i - 1][j], 1, 0);
      if (j > 0) take(costs[i][j - 1], 1, 0);
      if (i == 0 || j == 0) continue;
      if (a[i - 1] == b[j - 1]) take(costs[i - 1][j - 1], 0, 1);
      take(costs[i - 1][j - 1], 1, 0);
    }
  }
  const Cost best = costs.back().back();
  return {best.first, static_cast<uint32_t>(-best.second)};
}

// The runs' tokens are equal, and what stands between them adds up to the
// edits. Returns the equal tokens.
uint32_t CheckRuns(const Codes& a, const Codes& b,
                   const std::vector<TokenRun>& runs, uint32_t edits) {
  const auto size_a = static_cast<uint32_t>(a.size());
  const auto size_b = static_cast<uint32_t>(b.size());
  uint32_t a_end = 0;
  uint32_t b_end = 0;
  uint32_t words = 0;
  uint32_t between = 0;
  for (const TokenRun& run : runs) {
    EXPECT_GT(run.length, 0U);
    EXPECT_TRUE(run.a >= a_end && run.b >= b_end);
    EXPECT_TRUE(run.a_end() <= size_a && run.b_end() <= size_b);
    EXPECT_TRUE(std::equal(a.begin() + run.a, a.begin() + run.a_end(),
                           b.begin() + run.b));
    EXPECT_TRUE(words == 0 || run.a > a_end || run.b > b_end)
        << "two that are one";
    between += std::max(run.a - a_end, run.b - b_end);
    words += run.length;
    a_end = run.a_end();
    b_end = run.b_end();
  }
  EXPECT_EQ(between + std::max(size_a - a_end, size_b - b_end), edits);
  return words;
}

TEST(GapTest, AsFewEditsAndAsManyEqualTokensAsThereCanBe) {
  oracle::CodeSource source(1);
  GapAligner aligner;
  for (int trial = 0; trial < 3000 && !HasFailure(); ++trial) {
    const uint32_t vocabulary = 1 + source.Below(5);
    const Codes a = source.New(source.Below(30), vocabulary);
    const Codes b = source.Below(2) == 0
                        ? source.New(source.Below(30), vocabulary)
                        : source.Edited(a, source.Below(9), vocabulary);
    std::vector<TokenRun> runs;
    const uint32_t edits = aligner.Align(a, b, 0, 0, &runs);
    EXPECT_EQ(edits, oracle::EditDistance(a, b));
    EXPECT_EQ(std::pair(edits, CheckRuns(a, b, runs, edits)), Best(a, b));
  }
}

// Costs are of another type from some size on.
TEST(GapTest, OfAnySize) {
  oracle::CodeSource source(2);
  GapAligner aligner;
  for (uint32_t size = 110; size < 145 && !HasFailure(); ++size) {
    const uint32_t vocabulary = 2 + source.Below(40);
    const Codes a = source.New(size, vocabulary);
    const Codes b = source.Below(2) == 0
                        ? source.New(110 + source.Below(35), vocabulary)
                        : source.Edited(a, source.Below(60), vocabulary);
    std::vector<TokenRun> runs;
    const uint32_t edits = aligner.Align(a, b, 0, 0, &runs);
    EXPECT_EQ(std::pair(edits, CheckRuns(a, b, runs, edits)), Best(a, b));
  }
}

TEST(GapTest, AddsRunsWhereTheyStand) {
  std::vector<TokenRun> runs = {{1, 2, 3}};
  const Codes a = {2, 4, 6};
  const Codes b = {4, 8};
  EXPECT_EQ(GapAligner().Align(a, b, 10, 20, &runs), 2U);
  EXPECT_THAT(runs, ElementsAre(TokenRun{1, 2, 3}, TokenRun{11, 20, 1}));
}

TEST(GapTest, NothingOnOneSide) {
  std::vector<TokenRun> runs;
  const Codes tokens = {2, 4, 6};
  EXPECT_EQ(GapAligner().Align(tokens, {}, 0, 0, &runs), 3U);
  EXPECT_EQ(GapAligner().Align({}, tokens, 0, 0, &runs), 3U);
  EXPECT_EQ(GapAligner().Align({}, {}, 0, 0, &runs), 0U);
  EXPECT_THAT(runs, IsEmpty());
}

// The costs of the largest gaps still fit their numbers, of either type. The
// one token that both have is first on one side and last on the other.
TEST(GapTest, TheLargestGap) {
  for (const size_t size : {size_t{126}, size_t{127}, size_t{128},
                            size_t{PassageOptions::kMostGap + 10}}) {
    Codes a(size, 2);
    Codes b(size, 4);
    a.front() = 6;
    b.back() = 6;
    std::vector<TokenRun> runs;
    EXPECT_EQ(GapAligner().Align(a, b, 0, 0, &runs), size);
    EXPECT_THAT(runs, IsEmpty());
  }
}

}  // namespace
}  // namespace wirecopy
