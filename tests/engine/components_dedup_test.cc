// Connected components of resemblance, against components painted by hand.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>

#include "tests/support/match_oracle.h"
#include "tests/support/recall_bound.h"
#include "tests/support/run_match.h"
#include "tests/support/stories.h"
#include "wirecopy/dedup.h"

namespace wirecopy {
namespace {

using oracle::FatesOf;
using oracle::OverlapTable;
using oracle::Stories;

DedupOptions Components(const MatchOptions& match, KeepPolicy keep) {
  DedupOptions options{match};
  options.cluster = ClusterMethod::kComponents;
  options.keep = keep;
  return options;
}

void CheckExact(const Stories& stories, double threshold, int k) {
  const OverlapTable table(stories, k);
  for (const KeepPolicy keep : oracle::kKeepPolicies) {
    const DedupResult result = oracle::RunDedup(
        Components(oracle::ExactOptions(threshold, k), keep), stories);
    const auto order = oracle::SlowKeepOrder(keep, stories);
    ASSERT_EQ(FatesOf(result, table.size()),
              oracle::SlowComponents(table, order, threshold))
        << "threshold " << threshold << " keep " << static_cast<int>(keep);
  }
}

TEST(ComponentsDedupTest, ExactEqualsPaintedComponents) {
  for (uint64_t seed = 0; seed < 30; ++seed) {
    SCOPED_TRACE(seed);
    const Stories stories = oracle::MixedStories(seed, 30 + seed * 2);
    const int k = seed % 2 == 0 ? 5 : 2;
    for (const double threshold : {0.1, 0.5, 0.8, 1.0}) {
      CheckExact(stories, threshold, k);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(ComponentsDedupTest, ExactEqualsPaintedComponentsInFamilies) {
  CheckExact(oracle::FamilyStories(1), 0.3, 5);
  CheckExact(oracle::FamilyStories(1), 0.8, 5);
  CheckExact(oracle::TemplateStories(2), 0.8, 5);
}

// A chain of small changes from one text to another that has nothing of it:
// the ends are joined, and the overlap tells how far they are apart.
TEST(ComponentsDedupTest, ChainEnds) {
  oracle::StoryMaker maker(3, 2);
  const oracle::Words words = maker.UniqueWords(120);
  for (std::ptrdiff_t begin = 0; begin <= 80; begin += 2) {
    maker.Add({words.begin() + begin, words.begin() + begin + 40});
  }
  const Stories stories = maker.Take();
  const DedupResult result = oracle::RunDedup(
      Components(oracle::ExactOptions(0.8), KeepPolicy::kFirst), stories);
  ASSERT_EQ(result.removed.size(), 40U);
  EXPECT_EQ(result.removed.back().kept, 0U);
  EXPECT_EQ(result.removed.back().similarity, 0);
  EXPECT_EQ(result.removed[0].similarity, 34.0 / 38);
}

// Bands may only split what belongs together; and seldom do.
TEST(ComponentsDedupTest, BandsOnlySplit) {
  size_t expected = 0;
  size_t found = 0;
  for (uint64_t seed = 100; seed < 140; ++seed) {
    SCOPED_TRACE(seed);
    const Stories stories = oracle::MixedStories(seed, 60);
    const OverlapTable table(stories, 5);
    MatchOptions match;
    match.threshold = 0.5;
    match.recall = 0.99;
    match.shingle.seed = seed;
    const DedupResult result =
        oracle::RunDedup(Components(match, KeepPolicy::kFirst), stories);
    const auto order = oracle::SlowKeepOrder(KeepPolicy::kFirst, stories);
    const auto fates = oracle::SlowComponents(table, order, 0.5);
    for (const RemovedDocument& removed : result.removed) {
      EXPECT_EQ(fates[removed.document].kept, fates[removed.kept].kept);
      EXPECT_EQ(removed.similarity,
                table.Jaccard(removed.document, removed.kept));
    }
    found += result.removed.size();
    for (uint32_t d = 0; d < table.size(); ++d) {
      expected += fates[d].kept != d ? 1 : 0;
    }
  }
  EXPECT_GT(expected, 500U);
  EXPECT_LE(found, expected);
  EXPECT_LE(static_cast<double>(expected - found),
            oracle::MostMisses(expected, 0.01));
}

}  // namespace
}  // namespace wirecopy
