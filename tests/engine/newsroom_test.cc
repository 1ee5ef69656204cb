// The engine on corpus/newsroom, whose near-duplicates are known.

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "io/corpus.h"
#include "wirecopy/dedup.h"
#include "wirecopy/pairs.h"

namespace wirecopy {
namespace {

using IdPair = std::pair<std::string, std::string>;

std::unique_ptr<Corpus> OpenNewsroom() {
  CorpusOptions options;
  options.paths = {WIRECOPY_CORPUS_DIR "/newsroom/articles.jsonl"};
  auto corpus = Corpus::Open(options);
  EXPECT_TRUE(corpus.ok()) << corpus.status();
  return corpus.ok() ? *std::move(corpus) : nullptr;
}

IdPair Sorted(const std::string& a, const std::string& b) {
  return a < b ? IdPair(a, b) : IdPair(b, a);
}

std::set<IdPair> NearDuplicates() {
  std::set<IdPair> pairs;
  std::ifstream file(WIRECOPY_CORPUS_DIR "/newsroom/truth/pairs.jsonl");
  for (std::string line; std::getline(file, line);) {
    rapidjson::Document record;
    record.Parse(line.c_str());
    if (!record.HasMember("near_duplicate")) continue;
    pairs.insert(Sorted(record["a"].GetString(), record["b"].GetString()));
  }
  return pairs;
}

TEST(NewsroomTest, PairsAreTheNearDuplicates) {
  for (const bool exact : {true, false}) {
    const auto corpus = OpenNewsroom();
    ASSERT_NE(corpus, nullptr);
    MatchOptions options;
    options.exact = exact;
    std::set<IdPair> found;
    const auto stats =
        FindPairs(options, corpus.get(), [&](const SimilarPair& pair) {
          found.insert(
              Sorted(corpus->Id(pair.a).text, corpus->Id(pair.b).text));
          return absl::OkStatus();
        });
    ASSERT_TRUE(stats.ok());
    EXPECT_EQ(corpus->size(), 46U);
    EXPECT_FALSE(found.empty());
    EXPECT_EQ(found, NearDuplicates());
  }
}

// In input order, an article goes where an earlier one that stays is a
// near-duplicate of it.
std::set<std::string> ImpliedRemovals(const Corpus& corpus) {
  const std::set<IdPair> pairs = NearDuplicates();
  std::set<std::string> kept;
  std::set<std::string> removed;
  for (uint32_t d = 0; d < corpus.size(); ++d) {
    const std::string id = corpus.Id(d).text;
    bool goes = false;
    for (const std::string& other : kept) {
      goes = goes || pairs.contains(Sorted(id, other));
    }
    (goes ? removed : kept).insert(id);
  }
  return removed;
}

TEST(NewsroomTest, DedupRemovesWhatTheTruthImplies) {
  for (const bool exact : {true, false}) {
    const auto corpus = OpenNewsroom();
    ASSERT_NE(corpus, nullptr);
    DedupOptions options;
    options.match.exact = exact;
    const auto result = Dedup(options, corpus.get());
    ASSERT_TRUE(result.ok());
    const std::set<IdPair> pairs = NearDuplicates();
    std::set<std::string> removed;
    for (const RemovedDocument& document : result->removed) {
      const std::string id = corpus->Id(document.document).text;
      removed.insert(id);
      EXPECT_TRUE(pairs.contains(Sorted(id, corpus->Id(document.kept).text)));
    }
    EXPECT_FALSE(removed.empty());
    EXPECT_EQ(removed, ImpliedRemovals(*corpus));
  }
}

}  // namespace
}  // namespace wirecopy
