#include "passage/chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

using oracle::Codes;
using Anchors = std::vector<TokenRun>;
using ::testing::ElementsAre;

uint32_t GapOf(uint32_t end, uint32_t begin) {
  return begin > end ? begin - end : 0;
}

// What `next` adds to the score of a chain that ends with `last`; none where
// it may not follow.
std::optional<int64_t> Gain(const TokenRun& last, const TokenRun& next,
                            const GapLimits& limits) {
  const uint32_t gap_a = GapOf(last.a_end(), next.a);
  const uint32_t gap_b = GapOf(last.b_end(), next.b);
  const int64_t skew =
      std::abs((int64_t{next.b} - next.a) - (int64_t{last.b} - last.a));
  if (last.a >= next.a || last.b >= next.b || last.a_end() >= next.a_end() ||
      last.b_end() >= next.b_end() || gap_a > limits.gap ||
      gap_b > limits.gap || skew > limits.skew) {
    return std::nullopt;
  }
  const uint32_t fresh = std::min(
      {next.length, next.a_end() - last.a_end(), next.b_end() - last.b_end()});
  return 8 * int64_t{fresh} - std::min(gap_a, gap_b) - 4 * skew;
}

// The best score of any chain, with all anchors before each looked at.
int64_t BestScore(const Anchors& anchors, const GapLimits& limits) {
  std::vector<int64_t> scores;
  for (size_t i = 0; i < anchors.size(); ++i) {
    int64_t score = 8 * int64_t{anchors[i].length};
    for (size_t j = 0; j < i; ++j) {
      const auto gain = Gain(anchors[j], anchors[i], limits);
      if (gain.has_value()) score = std::max(score, scores[j] + *gain);
    }
    scores.push_back(score);
  }
  return scores.empty() ? 0 : *std::max_element(scores.begin(), scores.end());
}

// Anchors by their ends, which no two have in common.
class ByEnd {
 public:
  explicit ByEnd(const Anchors& anchors) {
    for (const TokenRun& run : anchors) {
      by_end_[{run.a_end(), run.b_end()}] = run;
    }
  }

  size_t size() const { return by_end_.size(); }

  // The anchor that a run was cut from.
  TokenRun Whole(const TokenRun& run) const {
    const auto found = by_end_.find({run.a_end(), run.b_end()});
    return found == by_end_.end() ? TokenRun{} : found->second;
  }

  bool Take(const TokenRun& run) {
    return by_end_.erase({run.a_end(), run.b_end()}) == 1;
  }

 private:
  std::map<std::pair<uint32_t, uint32_t>, TokenRun> by_end_;
};

// Returns the score of a chain of the chainer's, whose steps must be allowed.
int64_t ScoreOf(std::span<const TokenRun> chain, const ByEnd& anchors,
                const GapLimits& limits) {
  int64_t score = 8 * int64_t{anchors.Whole(chain[0]).length};
  for (size_t i = 1; i < chain.size(); ++i) {
    const auto gain =
        Gain(anchors.Whole(chain[i - 1]), anchors.Whole(chain[i]), limits);
    EXPECT_TRUE(gain.has_value());
    score += gain.value_or(0);
    EXPECT_LE(chain[i - 1].a_end(), chain[i].a);
    EXPECT_LE(chain[i - 1].b_end(), chain[i].b);
  }
  return score;
}

void CheckChains(const Anchors& anchors, const GapLimits& limits) {
  Chainer chainer(limits);
  chainer.Chain(anchors);
  const ByEnd by_end(anchors);
  ByEnd left = by_end;
  for (size_t i = 0; i < chainer.count(); ++i) {
    const auto chain = chainer.At(i);
    ASSERT_FALSE(chain.empty());
    const int64_t score = ScoreOf(chain, by_end, limits);
    if (i == 0) {
      ASSERT_EQ(score, BestScore(anchors, limits));
    }
    for (const TokenRun& run : chain) {
      ASSERT_GT(run.length, 0U);
      ASSERT_LE(run.length, by_end.Whole(run).length);
      ASSERT_TRUE(left.Take(run)) << "twice, or none of the anchors";
    }
  }
  ASSERT_EQ(left.size(), 0U);
}

TEST(ChainTest, EveryAnchorOnceAndTheBestChainFirst) {
  oracle::CodeSource source(1);
  for (int trial = 0; trial < 1000; ++trial) {
    const uint32_t vocabulary = 2 + source.Below(12);
    const Codes a = source.New(source.Below(120), vocabulary);
    const Codes b = source.Edited(source.Below(2) == 0 ? source.Moved(a) : a,
                                  source.Below(30), vocabulary);
    const Anchors anchors = oracle::MaximalRuns(a, b, 3);
    // More are looked at by no chainer.
    if (anchors.size() > 256) continue;
    const GapLimits limits{source.Below(30), source.Below(12)};
    ASSERT_NO_FATAL_FAILURE(CheckChains(anchors, limits)) << trial;
    ASSERT_FALSE(HasFailure()) << trial;
  }
}

TEST(ChainTest, ChainsUpToTheLimits) {
  Chainer chainer({5, 2});
  const auto count = [&chainer](const TokenRun& second) {
    const Anchors anchors = {{0, 0, 10}, second};
    chainer.Chain(anchors);
    return chainer.count();
  };
  EXPECT_EQ(count({15, 15, 10}), 1U);
  EXPECT_EQ(count({16, 16, 10}), 2U);  // the gap is too large
  EXPECT_EQ(count({13, 15, 10}), 1U);
  EXPECT_EQ(count({12, 15, 10}), 2U);  // one side has three more
  EXPECT_EQ(count({15, 12, 10}), 2U);
}

TEST(ChainTest, CutsWhatOverlaps) {
  Chainer chainer({25, 10});
  // "x y z" stands once in one text, twice in the other.
  const Anchors anchors = {{0, 0, 8}, {5, 8, 8}};
  chainer.Chain(anchors);
  ASSERT_EQ(chainer.count(), 1U);
  EXPECT_THAT(chainer.At(0),
              ElementsAre(TokenRun{0, 0, 8}, TokenRun{8, 11, 5}));
}

TEST(ChainTest, NoAnchors) {
  Chainer chainer({25, 10});
  chainer.Chain(Anchors{{0, 0, 8}});
  chainer.Chain({});
  EXPECT_EQ(chainer.count(), 0U);
}

}  // namespace
}  // namespace wirecopy
