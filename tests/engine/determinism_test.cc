// The same input gives the same answer, for any number of threads, size of
// cache, and (but for --keep first) order.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/match_oracle.h"
#include "tests/support/run_match.h"
#include "tests/support/stories.h"
#include "wirecopy/dedup.h"

namespace wirecopy {
namespace {

using oracle::ExpectSame;
using oracle::Stories;

std::vector<DedupOptions> AllWays() {
  std::vector<DedupOptions> ways;
  for (const bool exact : {false, true}) {
    for (const ClusterMethod cluster :
         {ClusterMethod::kStar, ClusterMethod::kComponents}) {
      DedupOptions options;
      options.match.exact = exact;
      options.match.threshold = 0.6;
      options.cluster = cluster;
      ways.push_back(options);
    }
  }
  DedupOptions containment;
  containment.match.measure = Measure::kContainment;
  containment.match.threshold = 0.6;
  ways.push_back(containment);
  return ways;
}

std::vector<Stories> Corpora() {
  return {oracle::FamilyStories(1), oracle::MixedStories(22, 300)};
}

TEST(DeterminismTest, ThreadsAndCacheChangeNothing) {
  for (const Stories& stories : Corpora()) {
    for (const DedupOptions& way : AllWays()) {
      const DedupResult expected = oracle::RunDedup(way, stories);
      EXPECT_GT(expected.removed.size(), 20U);
      for (const int threads : {2, 8}) {
        DedupOptions options = way;
        options.match.threads = threads;
        ExpectSame(oracle::RunDedup(options, stories), expected);
      }
      for (const size_t cache_bytes : {size_t{0}, size_t{3000}}) {
        DedupOptions options = way;
        options.match.cache_bytes = cache_bytes;
        ExpectSame(oracle::RunDedup(options, stories), expected);
      }
    }
  }
}

TEST(DeterminismTest, ThreadsAndCacheChangeNoPairs) {
  for (const Stories& stories : Corpora()) {
    for (const DedupOptions& way : AllWays()) {
      const auto expected = oracle::RunPairs(way.match, stories).pairs;
      EXPECT_GT(expected.size(), 20U);
      MatchOptions options = way.match;
      options.threads = 8;
      options.cache_bytes = 1;
      EXPECT_EQ(oracle::RunPairs(options, stories).pairs, expected);
    }
  }
}

// What became of each, by id.
std::map<DocumentId, std::pair<DocumentId, double>> FatesById(
    const DedupOptions& options, const Stories& stories) {
  std::map<DocumentId, std::pair<DocumentId, double>> fates;
  for (const RemovedDocument& removed :
       oracle::RunDedup(options, stories).removed) {
    fates[stories[removed.document].id] = {stories[removed.kept].id,
                                           removed.similarity};
  }
  return fates;
}

TEST(DeterminismTest, OrderOfInputChangesNothing) {
  std::mt19937_64 random(5);
  for (const Stories& stories : Corpora()) {
    for (DedupOptions options : AllWays()) {
      for (const KeepPolicy keep :
           {KeepPolicy::kLongest, KeepPolicy::kEarliest, KeepPolicy::kLatest}) {
        options.keep = keep;
        const auto expected = FatesById(options, stories);
        Stories shuffled = stories;
        for (size_t i = shuffled.size(); i > 1; --i) {
          std::swap(shuffled[i - 1], shuffled[random() % i]);
        }
        EXPECT_EQ(FatesById(options, shuffled), expected)
            << "keep " << static_cast<int>(keep);
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
