#include "engine/token_spans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

constexpr uint32_t kSize = 40;

std::vector<TokenSpan> RandomSpans(std::mt19937* random) {
  std::vector<TokenSpan> spans((*random)() % 6);
  for (TokenSpan& span : spans) {
    span.begin = static_cast<uint32_t>((*random)() % kSize);
    span.end = std::min<uint32_t>(
        kSize, span.begin + static_cast<uint32_t>((*random)() % 9));
  }
  return spans;
}

std::vector<bool> Mark(const std::vector<TokenSpan>& spans) {
  std::vector<bool> marks(kSize);
  for (const TokenSpan span : spans) {
    std::fill(marks.begin() + span.begin, marks.begin() + span.end, true);
  }
  return marks;
}

// Against marks, token by token.
TEST(TokenSpansTest, CoverWhatTheirTokensDo) {
  std::mt19937 random(61);
  for (int round = 0; round < 2000; ++round) {
    const std::vector<TokenSpan> spans = RandomSpans(&random);
    const std::vector<TokenSpan> by = RandomSpans(&random);
    const std::vector<bool> marks = Mark(spans);
    const std::vector<bool> known = Mark(by);
    const std::vector<TokenSpan> joined = Union(spans);
    EXPECT_EQ(Mark(joined), marks);
    for (size_t i = 1; i < joined.size(); ++i) {
      EXPECT_GT(joined[i].begin, joined[i - 1].end);
    }
    const auto all =
        static_cast<uint32_t>(std::count(marks.begin(), marks.end(), true));
    EXPECT_EQ(CountTokens(joined), all);
    uint32_t uncovered = 0;
    for (uint32_t i = 0; i < kSize; ++i) {
      uncovered += marks[i] && !known[i] ? 1 : 0;
    }
    EXPECT_EQ(CountUncovered(spans, by), uncovered);
    EXPECT_DOUBLE_EQ(CoveredShare(spans, by),
                     all == 0 ? 1 : static_cast<double>(all - uncovered) / all);
  }
}

}  // namespace
}  // namespace wirecopy
