// The similarity report, against all pairs compared one by one.

#include "wirecopy/pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/match_oracle.h"
#include "tests/support/recall_bound.h"
#include "tests/support/run_match.h"
#include "tests/support/stories.h"

namespace wirecopy {
namespace {

using oracle::OverlapTable;
using oracle::PairTuple;
using oracle::Stories;
using oracle::StoryMaker;
using oracle::Words;

// The oracle's list is in rising order, and so must be the report.
void CheckExact(const Stories& stories, double threshold, int k) {
  const OverlapTable table(stories, k);
  for (const Measure measure : {Measure::kJaccard, Measure::kContainment}) {
    MatchOptions options = oracle::ExactOptions(threshold, k);
    options.measure = measure;
    const oracle::PairsResult found = oracle::RunPairs(options, stories);
    ASSERT_EQ(found.pairs, oracle::SlowPairs(table, measure, threshold))
        << "threshold " << threshold << " measure "
        << static_cast<int>(measure);
    EXPECT_EQ(found.stats.verified_pairs, found.pairs.size());
    EXPECT_GE(found.stats.candidates, found.pairs.size());
    EXPECT_EQ(found.stats.expected_recall, 1);
  }
}

TEST(PairsTest, ExactEqualsAllPairs) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    const Stories stories = oracle::MixedStories(seed, 30 + seed * 2);
    const int k = seed % 3 == 0 ? 5 : static_cast<int>(seed % 3) + 1;
    for (const double threshold : {0.05, 0.5, 0.8, 1.0}) {
      CheckExact(stories, threshold, k);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(PairsTest, ExactEqualsAllPairsInFamilies) {
  CheckExact(oracle::FamilyStories(1), 0.3, 5);
  CheckExact(oracle::FamilyStories(1), 0.8, 5);
  CheckExact(oracle::TemplateStories(2), 0.8, 5);
}

// Bands report nothing that is not so, and miss as little as they say.
TEST(PairsTest, BandsArePreciseAndFindMost) {
  size_t expected = 0;
  size_t found = 0;
  for (uint64_t seed = 100; seed < 160; ++seed) {
    SCOPED_TRACE(seed);
    const Stories stories = oracle::MixedStories(seed, 60);
    const OverlapTable table(stories, 5);
    MatchOptions options;
    options.threshold = seed % 2 == 0 ? 0.5 : 0.8;
    options.recall = 0.99;
    options.shingle.seed = seed;
    const oracle::PairsResult result = oracle::RunPairs(options, stories);
    const auto all =
        oracle::SlowPairs(table, Measure::kJaccard, options.threshold);
    ASSERT_TRUE(std::includes(all.begin(), all.end(), result.pairs.begin(),
                              result.pairs.end()));
    EXPECT_EQ(
        std::set<PairTuple>(result.pairs.begin(), result.pairs.end()).size(),
        result.pairs.size());
    expected += all.size();
    found += result.pairs.size();
  }
  EXPECT_GT(expected, 2000U);
  EXPECT_LE(static_cast<double>(expected - found),
            oracle::MostMisses(expected, 0.01));
}

// Couples right at a resemblance, every couple for itself, so that each is a
// trial of its own. All words are unique: `shared` of them make shared - 4
// shingles of five, and `own` more at the end of either as many of its own.
Stories Couples(size_t count, size_t shared, size_t own) {
  StoryMaker maker(1, 2);
  for (size_t i = 0; i < count; ++i) {
    const Words common = maker.UniqueWords(shared);
    for (int side = 0; side < 2; ++side) {
      Words words = common;
      for (std::string& word : maker.UniqueWords(own)) {
        words.push_back(std::move(word));
      }
      maker.Add(std::move(words));
    }
  }
  return maker.Take();
}

TEST(PairsTest, RecallRightAtTheThreshold) {
  constexpr size_t kCouples = 2000;
  struct Case {
    double threshold;
    size_t shared;
    size_t own;
  };
  // (shared - 4) of (shared - 4 + 2 own).
  for (const Case& c : {Case{0.8, 44, 5}, Case{0.5, 24, 10}}) {
    const Stories stories = Couples(kCouples, c.shared, c.own);
    for (const double recall : {0.9, 0.999}) {
      MatchOptions options;
      options.threshold = c.threshold;
      options.recall = recall;
      const oracle::PairsResult result = oracle::RunPairs(options, stories);
      for (const PairTuple& pair : result.pairs) {
        const auto [a, b, jaccard, in_b, in_a] = pair;
        ASSERT_EQ(b, a + 1);
        ASSERT_EQ(jaccard, c.threshold);
        ASSERT_EQ(in_a, in_b);
      }
      EXPECT_LE(static_cast<double>(kCouples - result.pairs.size()),
                oracle::MostMisses(kCouples, 1 - recall))
          << "threshold " << c.threshold << " recall " << recall;
    }
  }
}

// Nobody stands at the threshold exactly but by the quotient as computed.
TEST(PairsTest, ThresholdIsReachedByEquality) {
  const Stories stories = Couples(3, 44, 5);
  for (const bool exact : {true, false}) {
    MatchOptions options;
    options.exact = exact;
    options.threshold = 40.0 / 50;
    EXPECT_EQ(oracle::RunPairs(options, stories).pairs.size(), 3U);
    options.threshold = std::nextafter(40.0 / 50, 1.0);
    EXPECT_EQ(oracle::RunPairs(options, stories).pairs.size(), 0U);
  }
}

TEST(PairsTest, FirstErrorOfTheVisitorStops) {
  const Stories stories = Couples(5, 44, 5);
  const std::vector<Document> documents = DocumentsOf(stories);
  const auto source = NewMemorySource(documents);
  int calls = 0;
  const auto stats = FindPairs(oracle::ExactOptions(0.8), source.get(),
                               [&](const SimilarPair&) {
                                 ++calls;
                                 return absl::DataLossError("disk full");
                               });
  EXPECT_EQ(stats.status(), absl::DataLossError("disk full"));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace wirecopy
