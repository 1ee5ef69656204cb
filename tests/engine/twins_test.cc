// Documents that say the same: many of them, and those of removed ones.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/support/match_oracle.h"
#include "tests/support/run_match.h"
#include "tests/support/stories.h"
#include "wirecopy/dedup.h"

namespace wirecopy {
namespace {

using oracle::Fate;
using oracle::FatesOf;
using oracle::Stories;
using oracle::StoryMaker;
using oracle::Words;

struct Way {
  Measure measure;
  ClusterMethod cluster;
  bool exact;
};
constexpr Way kWays[] = {
    {Measure::kJaccard, ClusterMethod::kStar, true},
    {Measure::kJaccard, ClusterMethod::kStar, false},
    {Measure::kJaccard, ClusterMethod::kComponents, true},
    {Measure::kJaccard, ClusterMethod::kComponents, false},
    {Measure::kContainment, ClusterMethod::kStar, true},
};

DedupOptions OptionsFor(const Way& way) {
  DedupOptions options;
  options.match.measure = way.measure;
  options.match.exact = way.exact;
  options.cluster = way.cluster;
  return options;
}

TEST(TwinsTest, AThousandEqualDocuments) {
  StoryMaker maker(1, 100);
  const Words words = maker.NewWords(50);
  for (int i = 0; i < 1000; ++i) maker.Add(words);
  const Stories stories = maker.Take();
  for (const Way& way : kWays) {
    for (const KeepPolicy keep : oracle::kKeepPolicies) {
      DedupOptions options = OptionsFor(way);
      options.keep = keep;
      const DedupResult result = oracle::RunDedup(options, stories);
      const uint32_t kept = oracle::SlowKeepOrder(keep, stories)[0];
      ASSERT_EQ(result.removed.size(), 999U);
      for (const RemovedDocument& removed : result.removed) {
        ASSERT_EQ(removed.kept, kept);
        ASSERT_EQ(removed.similarity, 1);
      }
      // One comparison each, not half a million.
      EXPECT_EQ(result.stats.candidates, 999U);
    }
  }
}

TEST(TwinsTest, PairsOfEqualDocumentsAreAllListed) {
  StoryMaker maker(2, 100);
  const Words words = maker.NewWords(50);
  for (int i = 0; i < 200; ++i) maker.Add(words);
  const Stories stories = maker.Take();
  for (const bool exact : {true, false}) {
    MatchOptions options;
    options.exact = exact;
    const oracle::PairsResult result = oracle::RunPairs(options, stories);
    ASSERT_EQ(result.pairs.size(), 199U * 200 / 2);
    EXPECT_EQ(result.pairs.front(), (oracle::PairTuple{0, 1, 1.0, 1.0, 1.0}));
    EXPECT_EQ(result.pairs.back(),
              (oracle::PairTuple{198, 199, 1.0, 1.0, 1.0}));
    EXPECT_TRUE(std::is_sorted(result.pairs.begin(), result.pairs.end()));
    EXPECT_EQ(result.stats.verified_pairs, result.pairs.size());
    EXPECT_EQ(result.stats.candidates, result.pairs.size());
  }
}

// The twin of a removed document goes for the same one, at the same
// similarity.
TEST(TwinsTest, TwinsOfRemovedDocuments) {
  StoryMaker maker(3, 100);
  const Words words = maker.UniqueWords(50);
  Words edited = words;
  edited.back() = "else";
  maker.Add(words);
  for (int i = 0; i < 5; ++i) maker.Add(edited);
  const Stories stories = maker.Take();
  for (const Way& way : kWays) {
    const auto fates = FatesOf(oracle::RunDedup(OptionsFor(way), stories), 6);
    const double similarity =
        way.measure == Measure::kJaccard ? 45.0 / 47 : 45.0 / 46;
    EXPECT_EQ(fates[0].kept, 0U);
    for (size_t d = 1; d < 6; ++d) {
      EXPECT_EQ(fates[d], (Fate{0, similarity})) << d;
    }
  }
}

// Three documents that were equal when they were scanned, of which the second
// has become another since: the nearest that a test comes to two texts with one
// fingerprint.
class ChangedSource : public DocumentSource {
 public:
  absl::Status Scan(int /*threads*/, DocumentSink* sink) override {
    sink->Begin(1);
    sink->BeginBlock(0, 0);
    for (size_t i = 0; i < 3; ++i) sink->Add(0, kBefore);
    return absl::OkStatus();
  }
  uint32_t size() const override { return 3; }
  Place Origin(uint32_t document) const override { return {0, document}; }
  DocumentId Id(uint32_t document) const override { return ids_[document]; }
  std::optional<absl::Time> Published(uint32_t) const override { return {}; }
  std::unique_ptr<TextReader> NewReader() const override {
    return std::make_unique<Reader>();
  }
  uint64_t ExpectedBytes() const override { return 1000; }

 private:
  static constexpr const char* kBefore =
      "one of these three is not what it was when they were read";
  class Reader : public TextReader {
   public:
    std::string_view Text(uint32_t document) override {
      return document == 1 ? "something else that has as many words as the "
                             "others have in it"
                           : kBefore;
    }
  };

  std::vector<DocumentId> ids_ = {{false, "a"}, {false, "b"}, {false, "c"}};
};

TEST(TwinsTest, AFingerprintIsNoProof) {
  for (const Way& way : kWays) {
    ChangedSource source;
    const auto result = Dedup(OptionsFor(way), &source);
    ASSERT_TRUE(result.ok());
    ASSERT_EQ(result->removed.size(), 1U);
    EXPECT_EQ(result->removed[0].document, 2U);
    EXPECT_EQ(result->removed[0].kept, 0U);
    EXPECT_EQ(result->removed[0].similarity, 1);
  }
}

// Equal shingles in another sequence are no twins, but alike all the same.
TEST(TwinsTest, SameSetInAnotherSequence) {
  StoryMaker maker(4, 100);
  const Words phrase = maker.UniqueWords(10);
  Words words;
  for (int i = 0; i < 4; ++i) {
    words.insert(words.end(), phrase.begin(), phrase.end());
  }
  maker.Add(words);
  words.erase(words.begin(), words.begin() + 3);
  maker.Add(words);
  const Stories stories = maker.Take();
  for (const Way& way : kWays) {
    DedupOptions options = OptionsFor(way);
    options.match.threshold = 1;
    const auto fates = FatesOf(oracle::RunDedup(options, stories), 2);
    EXPECT_EQ(fates[1], (Fate{0, 1.0}));
  }
}

// Fewer words than a shingle has: one shingle, so alike only where equal.
TEST(TwinsTest, ShortDocumentsMatchTheirEqualsOnly) {
  StoryMaker maker(5, 100);
  maker.Add({"one", "two"});
  maker.Add({"one", "two", "three"});
  maker.Add({"one", "two"});
  maker.Add({"one"});
  maker.Add({"two", "one"});
  const Stories stories = maker.Take();
  for (const Way& way : kWays) {
    DedupOptions options = OptionsFor(way);
    options.match.threshold = 0.1;
    // No banding finds so little with the usual recall.
    options.match.recall = 0.5;
    const DedupResult result = oracle::RunDedup(options, stories);
    ASSERT_EQ(result.removed.size(), 1U);
    EXPECT_EQ(result.removed[0].document, 2U);
    EXPECT_EQ(result.removed[0].kept, 0U);
  }
}

}  // namespace
}  // namespace wirecopy
