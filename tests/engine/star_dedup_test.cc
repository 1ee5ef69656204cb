// Star clusters of resemblance, against the greedy walk done by hand.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

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

size_t CheckExact(const Stories& stories, const OverlapTable& table,
                  double threshold, int k) {
  size_t removed = 0;
  for (const KeepPolicy keep : oracle::kKeepPolicies) {
    DedupOptions options{oracle::ExactOptions(threshold, k)};
    options.keep = keep;
    const DedupResult result = oracle::RunDedup(options, stories);
    const auto order = oracle::SlowKeepOrder(keep, stories);
    EXPECT_EQ(FatesOf(result, table.size()),
              oracle::SlowStar(table, order, threshold))
        << "threshold " << threshold << " keep " << static_cast<int>(keep);
    EXPECT_EQ(result.stats.expected_recall, 1);
    EXPECT_FALSE(result.stats.banding.has_value());
    EXPECT_LE(result.removed.size(), result.stats.verified_pairs);
    EXPECT_LE(result.stats.verified_pairs, result.stats.candidates);
    removed += result.removed.size();
  }
  return removed;
}

TEST(StarDedupTest, ExactEqualsGreedyWalk) {
  size_t removed = 0;
  for (uint64_t seed = 0; seed < 36; ++seed) {
    SCOPED_TRACE(seed);
    const Stories stories = oracle::MixedStories(seed, 30 + seed * 2);
    const int k = seed % 3 == 0 ? 5 : static_cast<int>(seed % 3) + 1;
    const OverlapTable table(stories, k);
    for (const double threshold : {0.1, 0.5, 2.0 / 3, 0.8, 1.0}) {
      removed += CheckExact(stories, table, threshold, k);
      if (HasFailure()) return;
    }
  }
  // Neither next to nothing nor everything: the corpora have what they should.
  EXPECT_GT(removed, 5000U);
}

TEST(StarDedupTest, ExactEqualsGreedyWalkInFamilies) {
  const Stories families = oracle::FamilyStories(1);
  const OverlapTable family_table(families, 5);
  for (const double threshold : {0.3, 0.5, 0.8}) {
    CheckExact(families, family_table, threshold, 5);
  }
  const Stories filled = oracle::TemplateStories(2);
  const OverlapTable table(filled, 5);
  CheckExact(filled, table, 0.8, 5);
  CheckExact(filled, table, 76.0 / 96, 5);
}

// What bands may not get wrong, however little they find. Returns the kept
// pairs that reach the threshold.
size_t CheckProofs(const DedupResult& result, const OverlapTable& table,
                   double threshold) {
  const std::vector<oracle::Fate> fates = FatesOf(result, table.size());
  size_t missed = 0;
  for (uint32_t a = 0; a < table.size(); ++a) {
    if (fates[a].kept != a) {
      const uint32_t kept = fates[a].kept;
      EXPECT_EQ(fates[kept].kept, kept) << a;
      EXPECT_EQ(fates[a].similarity, table.Jaccard(a, kept)) << a;
      EXPECT_GE(fates[a].similarity, threshold) << a;
      continue;
    }
    for (uint32_t b = 0; b < a; ++b) {
      const bool alike = table.Jaccard(a, b) >= threshold;
      if (fates[b].kept == b && alike) ++missed;
    }
  }
  return missed;
}

TEST(StarDedupTest, BandsProveWhatTheyRemoveAndLeaveLittle) {
  size_t pairs = 0;
  size_t missed = 0;
  for (uint64_t seed = 100; seed < 160; ++seed) {
    SCOPED_TRACE(seed);
    const Stories stories = oracle::MixedStories(seed, 60);
    const OverlapTable table(stories, 5);
    for (const double threshold : {0.5, 0.8}) {
      DedupOptions options;
      options.match.threshold = threshold;
      options.match.recall = 0.99;
      options.match.shingle.seed = seed;
      options.keep = oracle::kKeepPolicies[seed % 4];
      const DedupResult result = oracle::RunDedup(options, stories);
      missed += CheckProofs(result, table, threshold);
      pairs += SlowPairs(table, Measure::kJaccard, threshold).size();
      EXPECT_TRUE(result.stats.banding.has_value());
      EXPECT_GE(result.stats.expected_recall, 0.99);
      EXPECT_LT(result.stats.expected_recall, 1);
    }
  }
  EXPECT_GT(pairs, 3000U);
  EXPECT_LE(static_cast<double>(missed), oracle::MostMisses(pairs, 0.01));
}

// Members of a hub bucket are joined exactly, whatever the bands are.
TEST(StarDedupTest, BandsInFamilies) {
  for (const double threshold : {0.3, 0.5, 0.8}) {
    const Stories families = oracle::FamilyStories(3);
    const OverlapTable table(families, 5);
    DedupOptions options;
    options.match.threshold = threshold;
    EXPECT_EQ(
        CheckProofs(oracle::RunDedup(options, families), table, threshold), 0U);
  }
  const Stories filled = oracle::TemplateStories(4);
  const OverlapTable table(filled, 5);
  DedupOptions options;
  const DedupResult result = oracle::RunDedup(options, filled);
  EXPECT_EQ(CheckProofs(result, table, 0.8), 0U);
  EXPECT_EQ(result.removed.size(), 20U);
}

// What hundreds have in common does not bring them together, if each has
// enough to itself.
TEST(StarDedupTest, BoilerplateAloneMakesNoCandidates) {
  oracle::StoryMaker maker(7, 50);
  oracle::AddFamily(300, 80, 30, 10, &maker);
  const Stories stories = maker.Take();
  for (const bool exact : {false, true}) {
    DedupOptions options;
    options.match.exact = exact;
    const DedupResult result = oracle::RunDedup(options, stories);
    EXPECT_EQ(result.removed.size(), 10U);
    EXPECT_LT(result.stats.candidates, 2000U);  // of 47,895
  }
}

TEST(StarDedupTest, EmptyCorpusAndSingleDocument) {
  for (const bool exact : {false, true}) {
    DedupOptions options;
    options.match.exact = exact;
    EXPECT_TRUE(oracle::RunDedup(options, {}).removed.empty());
    const Stories one = oracle::MixedStories(5, 1);
    EXPECT_TRUE(oracle::RunDedup(options, one).removed.empty());
  }
}

// Nothing to compare: each is alike only to another that says nothing.
TEST(StarDedupTest, EmptyDocumentsStay) {
  oracle::StoryMaker maker(6, 2);
  for (int i = 0; i < 100; ++i) maker.Add({});
  const Stories stories = maker.Take();
  for (const bool exact : {false, true}) {
    DedupOptions options;
    options.match.exact = exact;
    options.match.threshold = 0.1;
    EXPECT_TRUE(oracle::RunDedup(options, stories).removed.empty());
  }
}

}  // namespace
}  // namespace wirecopy
