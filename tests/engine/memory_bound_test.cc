// A bound on memory changes no answer, or is refused.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "tests/support/match_oracle.h"
#include "tests/support/run_match.h"
#include "tests/support/stories.h"
#include "tests/support/temp_folder.h"
#include "wirecopy/dedup.h"
#include "wirecopy/pairs.h"

namespace wirecopy {
namespace {

using oracle::ExpectSame;
using oracle::Stories;

void CheckChangesNothing(DedupOptions options) {
  const oracle::TempFolder folder;
  for (const Stories& stories :
       {oracle::FamilyStories(1), oracle::MixedStories(22, 300)}) {
    options.match.memory = {};
    options.match.threshold = 0.6;
    const DedupResult expected = oracle::RunDedup(options, stories);
    EXPECT_GT(expected.removed.size(), 20U);
    // Far more than a build with sanitizers takes.
    options.match.memory = {uint64_t{1} << 45, folder.Path("")};
    for (const int threads : {1, 4}) {
      options.match.threads = threads;
      ExpectSame(oracle::RunDedup(options, stories), expected);
    }
  }
  EXPECT_EQ(folder.FileCount(), 0U);
}

TEST(MemoryBoundTest, ChangesNothing) { CheckChangesNothing({}); }

TEST(MemoryBoundTest, ChangesNoComponents) {
  DedupOptions options;
  options.cluster = ClusterMethod::kComponents;
  CheckChangesNothing(options);
}

absl::Status ErrorOf(const DedupOptions& options) {
  const Stories stories = oracle::MixedStories(3, 30);
  const std::vector<Document> documents = oracle::DocumentsOf(stories);
  const auto source = NewMemorySource(documents);
  return Dedup(options, source.get()).status();
}

TEST(MemoryBoundTest, IsRefusedWhereItIsTooLow) {
  DedupOptions options;
  options.match.memory.bytes = uint64_t{1} << 20;
  for (const auto cluster :
       {ClusterMethod::kStar, ClusterMethod::kComponents}) {
    options.cluster = cluster;
    EXPECT_EQ(ErrorOf(options).code(), absl::StatusCode::kResourceExhausted);
  }
}

TEST(MemoryBoundTest, ChangesNoExactJoin) {
  DedupOptions options;
  options.match.exact = true;
  CheckChangesNothing(options);
  options.cluster = ClusterMethod::kComponents;
  CheckChangesNothing(options);
}

TEST(MemoryBoundTest, ChangesNoContainment) {
  DedupOptions options;
  options.match.measure = Measure::kContainment;
  CheckChangesNothing(options);
}

TEST(MemoryBoundTest, OfPairsGoesWithBands) {
  const Stories stories = oracle::MixedStories(3, 30);
  const std::vector<Document> documents = oracle::DocumentsOf(stories);
  const auto source = NewMemorySource(documents);
  MatchOptions options;
  options.memory.bytes = uint64_t{1} << 45;
  options.exact = true;
  const auto visit = [](const SimilarPair&) { return absl::OkStatus(); };
  EXPECT_EQ(FindPairs(options, source.get(), visit).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(MemoryBoundTest, NamesAFolderThatIsNotThere) {
  DedupOptions options;
  options.match.memory = {uint64_t{1} << 45, "no/such/folder"};
  EXPECT_EQ(ErrorOf(options).code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace wirecopy
