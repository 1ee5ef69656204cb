// Options that cannot be, and what is said of them; keep order; progress.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/keep_order.h"
#include "tests/support/match_oracle.h"
#include "tests/support/run_match.h"
#include "tests/support/stories.h"
#include "wirecopy/dedup.h"
#include "wirecopy/pairs.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;

// Fails as soon as anybody reads it.
class BrokenSource : public DocumentSource {
 public:
  absl::Status Scan(int, DocumentSink*) override {
    return absl::DataLossError("the disk is gone");
  }
  uint32_t size() const override { return 0; }
  Place Origin(uint32_t) const override { return {}; }
  DocumentId Id(uint32_t) const override { return id_; }
  std::optional<absl::Time> Published(uint32_t) const override { return {}; }
  std::unique_ptr<TextReader> NewReader() const override { return nullptr; }
  uint64_t ExpectedBytes() const override { return 0; }

 private:
  DocumentId id_;
};

// Every job says the same of them, and reads nothing first.
void ExpectRefused(const MatchOptions& options, const std::string& words) {
  BrokenSource source;
  const std::vector<absl::Status> answers = {
      Validate(options), Dedup({options}, &source).status(),
      FindPairs(options, &source, [](const SimilarPair&) {
        return absl::OkStatus();
      }).status()};
  for (const absl::Status& status : answers) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(words));
  }
}

TEST(MatchOptionsTest, ThresholdOutOfRange) {
  const auto threshold = [](double value) {
    MatchOptions options;
    options.threshold = value;
    return options;
  };
  ExpectRefused(threshold(0), "threshold 0:");
  ExpectRefused(threshold(-0.25), "threshold -0.25:");
  ExpectRefused(threshold(1.5), "threshold 1.5:");
  ExpectRefused(threshold(std::numeric_limits<double>::quiet_NaN()),
                "threshold nan:");
  EXPECT_TRUE(Validate(threshold(1)).ok());
  EXPECT_TRUE(Validate(threshold(1e-9)).ok());
}

TEST(MatchOptionsTest, RecallThreadsAndShinglesOutOfRange) {
  MatchOptions options;
  options.recall = 1;
  ExpectRefused(options, "recall 1:");
  options.recall = 0;
  ExpectRefused(options, "recall 0:");
  options = MatchOptions();
  options.threads = 0;
  ExpectRefused(options, "0 threads");
  options.threads = -3;
  ExpectRefused(options, "-3 threads");
  options = MatchOptions();
  options.shingle.k = 0;
  ExpectRefused(options, "0");
  options.shingle.k = 33;
  ExpectRefused(options, "33");
}

TEST(MatchOptionsTest, NoBandingFindsSoLittle) {
  MatchOptions options;
  options.threshold = 0.001;
  BrokenSource source;
  const absl::Status status = Dedup({options}, &source).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("0.001"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("exact"));
  // The exact join reads on, to where the source breaks.
  options.exact = true;
  EXPECT_EQ(Dedup({options}, &source).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(MatchOptionsTest, ContainmentHasNoComponents) {
  DedupOptions options;
  options.match.measure = Measure::kContainment;
  options.cluster = ClusterMethod::kComponents;
  BrokenSource source;
  const absl::Status status = Dedup(options, &source).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("containment"));
}

TEST(MatchOptionsTest, ErrorsOfTheSourceComeThrough) {
  BrokenSource source;
  for (const bool exact : {false, true}) {
    MatchOptions options;
    options.exact = exact;
    EXPECT_EQ(Dedup({options}, &source).status(),
              absl::DataLossError("the disk is gone"));
  }
}

TEST(KeepOrderTest, EqualsTheRuleAsWritten) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const oracle::Stories stories = oracle::MixedStories(seed, 100);
    const std::vector<Document> documents = DocumentsOf(stories);
    const auto source = NewMemorySource(documents);
    std::vector<uint32_t> code_points;
    for (const oracle::Story& story : stories) {
      uint32_t count = 0;
      for (const char c : story.text) {
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
      }
      code_points.push_back(count);
    }
    for (const KeepPolicy keep : oracle::kKeepPolicies) {
      EXPECT_EQ(KeepOrder(keep, *source, code_points),
                oracle::SlowKeepOrder(keep, stories));
    }
  }
}

// Times at the ends of all that absl can say still stand before no time.
TEST(KeepOrderTest, TimesWithoutEnd) {
  const std::vector<Document> documents = {
      {{false, "a"}, "", std::nullopt},
      {{false, "b"}, "", absl::InfinitePast()},
      {{false, "c"}, "", absl::UnixEpoch()},
      {{false, "d"}, "", absl::InfiniteFuture()},
  };
  const auto source = NewMemorySource(documents);
  const std::vector<uint32_t> lengths(4);
  EXPECT_EQ(KeepOrder(KeepPolicy::kEarliest, *source, lengths),
            (std::vector<uint32_t>{1, 2, 3, 0}));
  EXPECT_EQ(KeepOrder(KeepPolicy::kLatest, *source, lengths),
            (std::vector<uint32_t>{3, 2, 1, 0}));
}

class Recorder : public ProgressListener {
 public:
  void Advance(std::string_view stage, uint64_t done, uint64_t total) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    EXPECT_EQ(stage, "comparing");
    EXPECT_LE(done, total);
    EXPECT_GE(done, last_);
    last_ = done;
    ++calls_;
  }
  int calls() const { return calls_; }

 private:
  std::mutex mutex_;
  uint64_t last_ = 0;
  int calls_ = 0;
};

TEST(ProgressTest, NeverPastTheTotal) {
  const oracle::Stories stories = oracle::MixedStories(3, 200);
  for (const Measure measure : {Measure::kJaccard, Measure::kContainment}) {
    Recorder recorder;
    DedupOptions options;
    options.match.measure = measure;
    options.match.progress = &recorder;
    options.match.cache_bytes = 1;
    oracle::RunDedup(options, stories);
    EXPECT_GT(recorder.calls(), 0);
  }
}

}  // namespace
}  // namespace wirecopy
