// Stages where no run of the program goes: twins that turn out to be none, and
// pieces that are whole and make no sense.

#include "engine/staged_dedup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/piece_bytes.h"
#include "base/stage_folder.h"
#include "io/corpus.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

constexpr uint32_t kShards = 3;

// Copies, and near copies, of some texts.
std::string MakeLines(int count) {
  std::mt19937_64 random(1);
  std::string lines;
  std::vector<std::vector<std::string>> made;
  for (int i = 0; i < count; ++i) {
    std::vector<std::string> words;
    if (!made.empty() && random() % 2 == 0)
      words = made[random() % made.size()];
    while (words.size() < 50) words.push_back("w" + std::to_string(random()));
    if (random() % 2 == 0) words[random() % words.size()] = "edit";
    made.push_back(words);
    lines += R"({"text": ")";
    for (const std::string& word : words) lines += word + " ";
    lines += "\"}\n";
  }
  return lines;
}

class StagedDedupTest : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = files_.Write("in.jsonl", MakeLines(2000));
    auto folder = StageFolder::Open(files_.Path("stages"), "plan: one\n",
                                    StageFolder::Use::kShared);
    ASSERT_TRUE(folder.ok()) << folder.status();
    folder_ = *std::move(folder);
    options_.match.threads = 2;
  }

  std::unique_ptr<Corpus> Open() const {
    CorpusOptions options;
    options.paths = {path_};
    auto corpus = Corpus::Open(options);
    EXPECT_TRUE(corpus.ok()) << corpus.status();
    return *std::move(corpus);
  }

  DedupResult Plain() const {
    const auto corpus = Open();
    auto result = Dedup(options_, corpus.get());
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }

  absl::Status Do(Stage stage, uint32_t shard) {
    const StageTask task = {stage, shard, kShards};
    Stages stages(*folder_, task);
    return DoShard(options_, task, Open().get(), &stages);
  }
  void DoAll(Stage stage) {
    for (uint32_t shard = 0; shard < kShards; ++shard) {
      const absl::Status status = Do(stage, shard);
      EXPECT_TRUE(status.ok()) << status;
    }
  }

  absl::StatusOr<DedupResult> Merge() {
    Stages stages(*folder_, StageTask{Stage::kMerge, 0, kShards});
    return DedupInStages(options_, Open().get(), &stages);
  }

  static void ExpectSame(const DedupResult& a, const DedupResult& b) {
    ASSERT_EQ(a.removed.size(), b.removed.size());
    for (size_t i = 0; i < a.removed.size(); ++i) {
      EXPECT_EQ(a.removed[i].document, b.removed[i].document);
      EXPECT_EQ(a.removed[i].kept, b.removed[i].kept);
      EXPECT_EQ(a.removed[i].similarity, b.removed[i].similarity);
    }
  }

  void Replace(const std::string& name, const std::string& bytes) {
    ASSERT_TRUE(folder_->Has(name));
    ASSERT_TRUE(folder_->Save(name, bytes).ok());
  }

  const oracle::TempFolder files_;
  std::string path_;
  std::unique_ptr<StageFolder> folder_;
  DedupOptions options_;
};

TEST_F(StagedDedupTest, ShardsAreOneRun) {
  const DedupResult plain = Plain();
  EXPECT_GT(plain.removed.size(), 300U);
  for (const Stage stage :
       {Stage::kSketch, Stage::kCandidates, Stage::kVerify}) {
    DoAll(stage);
  }
  const auto merged = Merge();
  ASSERT_TRUE(merged.ok()) << merged.status();
  ExpectSame(*merged, plain);
  EXPECT_EQ(merged->stats.candidates, plain.stats.candidates);
  EXPECT_EQ(merged->stats.verified_pairs, plain.stats.verified_pairs);
}

// Whoever can make hashes collide can make texts look like twins. Here one
// shard says of some real twins that they are none: they go through the bands
// like others then, and find each other there.
TEST_F(StagedDedupTest, TwinsThatAreNone) {
  const DedupResult plain = Plain();
  DoAll(Stage::kSketch);
  DoAll(Stage::kCandidates);
  // A removed document of similarity 1 whose kept one is the first of its kind.
  std::vector<uint32_t> false_twins;
  for (const RemovedDocument& removed : plain.removed) {
    if (removed.similarity == 1) false_twins.push_back(removed.document);
    if (false_twins.size() == 5) break;
  }
  ASSERT_EQ(false_twins.size(), 5U);
  PieceWriter out;
  out.AddList(false_twins);
  Replace("candidates.twins-0000000", out.Take());
  DoAll(Stage::kVerify);
  const auto merged = Merge();
  ASSERT_TRUE(merged.ok()) << merged.status();
  ExpectSame(*merged, plain);
  EXPECT_GE(merged->stats.candidates, plain.stats.candidates);
}

TEST_F(StagedDedupTest, PiecesWithoutSenseAreRefused) {
  for (const Stage stage :
       {Stage::kSketch, Stage::kCandidates, Stage::kVerify}) {
    DoAll(stage);
  }
  std::mt19937_64 random(1);
  for (const std::string name : {"sketch.0000000", "candidates.twins-0000000",
                                 "candidates.band-0000003", "verify.0000000"}) {
    const std::string whole = *folder_->Load(name);
    for (int round = 0; round < 40; ++round) {
      std::string bytes = whole;
      if (round % 4 == 0) {
        bytes.resize(random() % bytes.size());
      } else {
        for (int i = 0; i <= round % 3; ++i) {
          bytes[random() % bytes.size()] = static_cast<char>(random());
        }
      }
      Replace(name, bytes);
      // A wrong answer cannot be told from a right one; a crash can.
      const auto merged = Merge();
      EXPECT_FALSE(round % 4 == 0 && merged.ok()) << name;
      if (!merged.ok()) {
        EXPECT_FALSE(merged.status().message().empty());
        continue;
      }
      for (const RemovedDocument& removed : merged->removed) {
        EXPECT_LT(removed.kept, 2000U);
      }
    }
    Replace(name, whole);
  }
  EXPECT_TRUE(Merge().ok());
}

TEST_F(StagedDedupTest, WhatStagesCannotDo) {
  DedupOptions options;
  EXPECT_TRUE(ValidateForStages(options).ok());
  options.match.exact = true;
  EXPECT_TRUE(absl::IsInvalidArgument(ValidateForStages(options)));
  options.match.exact = false;
  options.cluster = ClusterMethod::kComponents;
  EXPECT_TRUE(absl::IsInvalidArgument(ValidateForStages(options)));
  options.cluster = ClusterMethod::kStar;
  options.match.threshold = 2;
  EXPECT_TRUE(absl::IsInvalidArgument(ValidateForStages(options)));
}

TEST(StagesTest, SharesAreEven) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 100; ++round) {
    const auto shards = static_cast<uint32_t>(1 + random() % 9);
    std::vector<uint64_t> weights(random() % 60);
    for (uint64_t& weight : weights) weight = random() % 100;
    const uint64_t total =
        std::accumulate(weights.begin(), weights.end(), uint64_t{0});
    const std::vector<uint32_t> runs = DealInRuns(weights, shards);
    const std::vector<uint32_t> heavy = DealHeaviestFirst(weights, shards);
    EXPECT_TRUE(std::is_sorted(runs.begin(), runs.end()));
    for (const auto& dealt : {runs, heavy}) {
      ASSERT_EQ(dealt.size(), weights.size());
      std::vector<uint64_t> loads(shards);
      for (size_t i = 0; i < dealt.size(); ++i) {
        ASSERT_LT(dealt[i], shards);
        loads[dealt[i]] += weights[i];
      }
      // Nobody has more than a fair share and one unit.
      EXPECT_LE(*std::max_element(loads.begin(), loads.end()),
                total / shards + 100);
    }
  }
  EXPECT_EQ(DealHeaviestFirst(std::vector<uint64_t>{1, 5, 3, 3}, 2),
            (std::vector<uint32_t>{0, 0, 1, 1}));
}

}  // namespace
}  // namespace wirecopy
