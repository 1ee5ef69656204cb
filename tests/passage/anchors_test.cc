#include "passage/anchors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

using oracle::Codes;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

// Places where the texts have the same `gram` tokens, some of them.
std::vector<Hit> SomeHits(const Codes& a, const Codes& b, uint32_t gram,
                          bool is_self, oracle::CodeSource* source) {
  std::vector<Hit> hits;
  for (uint32_t i = 0; i + gram <= a.size(); ++i) {
    for (uint32_t j = is_self ? i + 1 : 0; j + gram <= b.size(); ++j) {
      if (std::equal(a.begin() + i, a.begin() + i + gram, b.begin() + j) &&
          source->Below(3) == 0) {
        hits.push_back({i, j});
      }
    }
  }
  return hits;
}

bool HoldsOneOf(const TokenRun& run, const std::vector<Hit>& hits) {
  return std::any_of(hits.begin(), hits.end(), [&run](const Hit& hit) {
    return oracle::LiesIn(hit, run);
  });
}

TEST(AnchorsTest, ExactlyTheMaximalRunsThatHitsLieIn) {
  oracle::CodeSource source(1);
  std::vector<TokenRun> anchors;
  for (int trial = 0; trial < 500; ++trial) {
    const uint32_t vocabulary = 1 + source.Below(6);
    const Codes a = source.New(source.Below(60), vocabulary);
    const Codes b =
        source.Below(2) == 0
            ? source.New(source.Below(60), vocabulary)
            : source.Edited(source.Moved(a), source.Below(9), vocabulary);
    std::vector<Hit> hits = SomeHits(a, b, 3, false, &source);
    std::vector<TokenRun> expected = oracle::MaximalRuns(a, b, 1);
    std::erase_if(expected, [&hits](const TokenRun& run) {
      return !HoldsOneOf(run, hits);
    });
    GrowAnchors({a, b, false}, hits, &anchors);
    ASSERT_THAT(anchors, ElementsAreArray(expected));
  }
}

TEST(AnchorsTest, AHitWhoseTokensDifferIsNone) {
  const Codes a = {2, 4, 6};
  const Codes b = {8, 10, 12};
  std::vector<Hit> hits = {{1, 1}};
  std::vector<TokenRun> anchors = {{7, 7, 7}};
  GrowAnchors({a, b, false}, hits, &anchors);
  EXPECT_THAT(anchors, IsEmpty());
}

TEST(AnchorsTest, HitsOfOneRunAreOneAnchor) {
  const Codes text = {2, 4, 6, 8, 10, 12};
  std::vector<Hit> hits = {{4, 4}, {0, 0}, {2, 2}, {2, 2}};
  std::vector<TokenRun> anchors;
  GrowAnchors({text, text, false}, hits, &anchors);
  EXPECT_THAT(anchors, ElementsAre(TokenRun{0, 0, 6}));
}

// Equal tokens, no overlap of the two places or of two anchors along one
// diagonal, every hit in an anchor, and only overlap ends a run early.
void CheckSelfAnchors(const Codes& text, const std::vector<Hit>& hits,
                      const std::vector<TokenRun>& anchors) {
  for (const TokenRun& run : anchors) {
    ASSERT_GT(run.length, 0U);
    ASSERT_LE(run.a_end(), run.b);
    ASSERT_LE(run.b_end(), text.size());
    ASSERT_TRUE(std::equal(text.begin() + run.a, text.begin() + run.a_end(),
                           text.begin() + run.b));
    const bool full = run.a_end() == run.b;
    const auto follows = [&run](const TokenRun& other) {
      return other.a == run.a_end() && other.b == run.b_end();
    };
    ASSERT_TRUE(std::any_of(anchors.begin(), anchors.end(), follows) ||
                run.b_end() == text.size() ||
                text[run.a_end()] != text[run.b_end()]);
    const auto meets = [&run](const TokenRun& other) {
      return other.a_end() == run.a && other.b_end() == run.b;
    };
    const bool goes_on = std::any_of(anchors.begin(), anchors.end(), meets);
    ASSERT_TRUE(full || run.a == 0 || text[run.a - 1] != text[run.b - 1] ||
                goes_on);
    ASSERT_TRUE(HoldsOneOf(run, hits) || goes_on);
  }
  for (const Hit& hit : hits) {
    ASSERT_EQ(std::count_if(anchors.begin(), anchors.end(),
                            [&hit](const TokenRun& run) {
                              return oracle::LiesIn(hit, run);
                            }),
              1)
        << hit.a << ", " << hit.b;
  }
}

TEST(AnchorsTest, OfOneTextDoNotOverlap) {
  oracle::CodeSource source(2);
  std::vector<TokenRun> anchors;
  for (int trial = 0; trial < 500; ++trial) {
    const Codes part = source.New(1 + source.Below(20), 1 + source.Below(5));
    Codes text = part;
    while (text.size() < 50) {
      text = oracle::Joined(text, source.Edited(part, source.Below(3), 5));
    }
    std::vector<Hit> hits = SomeHits(text, text, 3, true, &source);
    GrowAnchors({text, text, true}, hits, &anchors);
    ASSERT_NO_FATAL_FAILURE(CheckSelfAnchors(text, hits, anchors)) << trial;
    ASSERT_TRUE(
        std::is_sorted(anchors.begin(), anchors.end(), oracle::EndsBefore));
  }
}

}  // namespace
}  // namespace wirecopy
