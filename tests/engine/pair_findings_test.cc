// Evidence that is kept where more pairs are found is what a new look finds.

#include "engine/pair_findings.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "engine/publisher_numbers.h"
#include "tests/support/passage_corpus.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::RandomArticles;
using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

// A scanned corpus, whose pairs are reported as often as somebody wants.
class Scanned {
 public:
  explicit Scanned(Articles articles)
      : articles_(std::move(articles)),
        documents_(oracle::DocumentsOf(articles_)),
        source_(NewMemorySource(documents_)) {
    options_.passages.offsets = OffsetUnit::kByte;
    auto store = TokenStore::Scan(options_.passages.passage, 1, source_.get());
    EXPECT_TRUE(store.ok()) << store.status();
    store_ = std::make_unique<TokenStore>(*std::move(store));
    order_.resize(store_->size());
    std::iota(order_.begin(), order_.end(), 0U);
    publishers_ = NumberPublishers(*source_);
    finder_ = std::make_unique<PassagePairFinder>(
        options_.passages, *store_, order_, publishers_, /*keeps_runs=*/true);
    texts_ = std::make_unique<TracedTexts>(store_->size());
    pairs_ = finder_->Find();
  }

  ReportedPassages Report() {
    auto reported = ReportPassages(options_.passages, *source_,
                                   SizesOf(*store_, pairs_.furniture), order_,
                                   publishers_, pairs_.passages, pairs_.stats);
    EXPECT_TRUE(reported.ok()) << reported.status();
    if (!reported.ok()) return {};
    EXPECT_TRUE(
        texts_->Read(*source_, reported->result.passages, true, 1).ok());
    return *std::move(reported);
  }

  // Every two documents that nobody has compared.
  void AddAllPairs() {
    absl::flat_hash_set<std::pair<uint32_t, uint32_t>> known;
    for (const PairPassage& passage : pairs_.passages) {
      known.insert({passage.a, passage.b});
    }
    Pairs missing;
    for (uint32_t b = 0; b < store_->size(); ++b) {
      for (uint32_t a = 0; a < b; ++a) {
        if (!known.contains({a, b})) missing.emplace_back(a, b);
      }
    }
    finder_->Add(missing, &pairs_);
  }

  PairFindings NewFindings() const {
    return PairFindings(options_, *texts_, finder_->runs());
  }
  std::span<const PairPassage> passages() const { return pairs_.passages; }

 private:
  TraceOptions options_;
  Articles articles_;
  std::vector<Document> documents_;  // of these
  std::unique_ptr<DocumentSource> source_;
  std::unique_ptr<TokenStore> store_;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> publishers_;
  std::unique_ptr<PassagePairFinder> finder_;
  std::unique_ptr<TracedTexts> texts_;
  PassagePairs pairs_;
};

void ExpectSame(const PairFinding& x, const PairFinding& y) {
  EXPECT_EQ(std::pair(x.a, x.b), std::pair(y.a, y.b));
  EXPECT_EQ(x.first_passage, y.first_passage);
  EXPECT_EQ(x.last_passage, y.last_passage);
  EXPECT_EQ(x.said.common_agency, y.said.common_agency);
  EXPECT_EQ(x.said.are_posts, y.said.are_posts);
  ASSERT_EQ(x.said.evidence.size(), y.said.evidence.size());
  for (size_t i = 0; i < x.said.evidence.size(); ++i) {
    EXPECT_EQ(x.said.evidence[i].feature, y.said.evidence[i].feature);
    EXPECT_EQ(x.said.evidence[i].weight, y.said.evidence[i].weight);
    EXPECT_EQ(x.said.evidence[i].detail, y.said.evidence[i].detail);
  }
}

TEST(PairFindingsTest, WhatIsKeptIsWhatANewLookFinds) {
  size_t more = 0;
  size_t evidence = 0;
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    Scanned scanned(RandomArticles(seed, 400, 80));
    PairFindings kept = scanned.NewFindings();
    const ReportedPassages before = scanned.Report();
    kept.Update(scanned.passages(), {}, before);
    const size_t first = kept.findings().size();
    scanned.AddAllPairs();
    const ReportedPassages reported = scanned.Report();
    kept.Update(scanned.passages(), before.result.passages, reported);
    PairFindings fresh = scanned.NewFindings();
    fresh.Update(scanned.passages(), {}, reported);
    ASSERT_EQ(kept.findings().size(), fresh.findings().size());
    for (size_t i = 0; i < fresh.findings().size(); ++i) {
      ExpectSame(kept.findings()[i], fresh.findings()[i]);
      evidence += fresh.findings()[i].said.evidence.size();
    }
    more += fresh.findings().size() - first;
    const PassageRuns runs = kept.Runs(scanned.passages(), reported);
    EXPECT_EQ(runs.runs, fresh.Runs(scanned.passages(), reported).runs);
  }
  EXPECT_GT(more, 0U);
  EXPECT_GT(evidence, 100U);
}

}  // namespace
}  // namespace wirecopy
