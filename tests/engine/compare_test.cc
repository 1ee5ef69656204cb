#include "wirecopy/compare.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "absl/status/status.h"
#include "tests/support/match_oracle.h"
#include "tests/support/stories.h"

namespace wirecopy {
namespace {

TEST(CompareTest, EqualsCountingByHand) {
  const oracle::Stories stories = oracle::MixedStories(2, 40);
  for (const int k : {1, 2, 5}) {
    const oracle::OverlapTable table(stories, k);
    ShingleOptions options;
    options.k = k;
    for (uint32_t a = 0; a < table.size(); ++a) {
      for (uint32_t b = 0; b < table.size(); ++b) {
        const auto found = Compare(stories[a].text, stories[b].text, options);
        ASSERT_TRUE(found.ok());
        EXPECT_EQ(found->overlap.a, table.Of(a, b).a);
        EXPECT_EQ(found->overlap.b, table.Of(a, b).b);
        EXPECT_EQ(found->overlap.shared, table.Of(a, b).shared);
        EXPECT_EQ(found->tokens_a, stories[a].words.size());
        EXPECT_EQ(found->tokens_b, stories[b].words.size());
      }
    }
  }
}

TEST(CompareTest, Characters) {
  ShingleOptions options;
  options.unit = ShingleUnit::kCharacter;
  options.k = 2;
  // ab bc cd de against ab bc cx.
  const auto found = Compare("ABCDE", "abcx", options);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->overlap.a, 4U);
  EXPECT_EQ(found->overlap.b, 3U);
  EXPECT_EQ(found->overlap.shared, 2U);
  EXPECT_EQ(found->tokens_a, 5U);
  EXPECT_EQ(found->tokens_b, 4U);
}

TEST(CompareTest, OptionsAreChecked) {
  ShingleOptions options;
  options.k = -1;
  EXPECT_EQ(Compare("a", "b", options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace wirecopy
