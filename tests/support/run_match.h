// The jobs of the engine on stories in memory.

#ifndef WIRECOPY_TESTS_SUPPORT_RUN_MATCH_H_
#define WIRECOPY_TESTS_SUPPORT_RUN_MATCH_H_

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/support/match_oracle.h"
#include "tests/support/stories.h"
#include "wirecopy/dedup.h"
#include "wirecopy/pairs.h"

namespace wirecopy::oracle {

inline constexpr KeepPolicy kKeepPolicies[] = {
    KeepPolicy::kFirst, KeepPolicy::kLongest, KeepPolicy::kEarliest,
    KeepPolicy::kLatest};

inline MatchOptions ExactOptions(double threshold, int k = 5) {
  MatchOptions options;
  options.threshold = threshold;
  options.exact = true;
  options.shingle.k = k;
  return options;
}

inline DedupResult RunDedup(const DedupOptions& options,
                            const Stories& stories) {
  const std::vector<Document> documents = DocumentsOf(stories);
  const auto source = NewMemorySource(documents);
  const auto result = Dedup(options, source.get());
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : DedupResult();
}

inline void ExpectSame(const DedupResult& a, const DedupResult& b) {
  ASSERT_EQ(a.removed.size(), b.removed.size());
  for (size_t i = 0; i < a.removed.size(); ++i) {
    ASSERT_EQ(a.removed[i].document, b.removed[i].document);
    ASSERT_EQ(a.removed[i].kept, b.removed[i].kept);
    ASSERT_EQ(a.removed[i].similarity, b.removed[i].similarity);
  }
  EXPECT_EQ(a.stats.candidates, b.stats.candidates);
  EXPECT_EQ(a.stats.verified_pairs, b.stats.verified_pairs);
}

struct PairsResult {
  std::vector<PairTuple> pairs;
  MatchStats stats;
};

inline PairsResult RunPairs(const MatchOptions& options,
                            const Stories& stories) {
  const std::vector<Document> documents = DocumentsOf(stories);
  const auto source = NewMemorySource(documents);
  PairsResult result;
  const auto stats =
      FindPairs(options, source.get(), [&](const SimilarPair& pair) {
        result.pairs.push_back(TupleOf(pair));
        return absl::OkStatus();
      });
  EXPECT_TRUE(stats.ok()) << stats.status();
  if (stats.ok()) result.stats = *stats;
  return result;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_RUN_MATCH_H_
