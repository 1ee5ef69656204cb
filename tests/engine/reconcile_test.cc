#include "engine/reconcile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/family_lineage.h"
#include "tests/support/passage_corpus.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

LineageParent Parent(uint32_t document, double confidence,
                     uint64_t words = 100) {
  return {document, confidence, words, confidence};
}

LineageRecord Record(LineageStatus status, std::vector<LineageParent> parents,
                     std::vector<LineageParent> runners_up = {}) {
  LineageRecord record;
  record.status = status;
  record.parents = std::move(parents);
  record.runners_up = std::move(runners_up);
  return record;
}

TraceEdge Edge(uint32_t a, uint32_t b, std::optional<uint32_t> source,
               double confidence) {
  TraceEdge edge;
  edge.a = a;
  edge.b = b;
  edge.source = source;
  edge.confidence = confidence;
  edge.words = 100;
  return edge;
}

// Documents are numbered as the records are, and dated by their numbers; each
// edge has one passage, of the same tokens as any other.
class ReconcileTest : public testing::Test {
 protected:
  bool Run(std::vector<LineageRecord> records, std::vector<TraceEdge> edges,
           bool may_adopt = true) {
    const auto size = static_cast<uint32_t>(records.size());
    std::vector<uint32_t> rank(size);
    std::iota(rank.begin(), rank.end(), 0U);
    std::vector<std::pair<LineageRecord, Twin>> members;
    oracle::Articles articles;
    for (uint32_t d = 0; d < size; ++d) {
      records[d].document = d;
      members.push_back({records[d], {d}});
      articles.push_back({std::to_string(d), "text", oracle::Day(d), ""});
    }
    ReportedPassages passages;
    for (TraceEdge& edge : edges) {
      edge.first_passage = passages.places.size();
      edge.last_passage = edge.first_passage + 1;
      ReusedPassage passage;
      passage.a = edge.a;
      passage.b = edge.b;
      passages.result.passages.push_back(passage);
      passages.places.push_back({{edge.a, {0, 100}}, {edge.b, {0, 100}}});
    }
    TracedTexts texts(size);
    const auto documents = oracle::DocumentsOf(articles);
    const auto source = NewMemorySource(documents);
    EXPECT_TRUE(texts.Read(*source, passages.result.passages, true, 1).ok());
    lineage_ = CorpusLineage(std::move(members), rank);
    return Reconcile(edges, passages, texts, rank, may_adopt, &lineage_);
  }
  const LineageRecord& Of(uint32_t document) { return *lineage_.Of(document); }

  CorpusLineage lineage_;
};

constexpr auto kRoot = LineageStatus::kRoot;
constexpr auto kCopy = LineageStatus::kCopy;
constexpr auto kUndecided = LineageStatus::kUndecided;

TEST_F(ReconcileTest, TwoHaveTheirEdgesVerdict) {
  EXPECT_TRUE(Run({Record(kRoot, {}), Record(kCopy, {Parent(0, 0.9)})},
                  {Edge(0, 1, 1, 0.8)}));
  EXPECT_EQ(Of(1).status, kRoot);
  EXPECT_EQ(Of(0).status, kCopy);
  EXPECT_THAT(Of(0).parents,
              ElementsAre(Field(&LineageParent::confidence, 0.8)));
  EXPECT_TRUE(Of(0).clock_overruled);
  EXPECT_EQ(Of(0).origin, 1U);
  Run({Record(kRoot, {}), Record(kCopy, {Parent(0, 0.9)})},
      {Edge(0, 1, std::nullopt, 0.55)});
  for (const uint32_t d : {0, 1}) {
    EXPECT_EQ(Of(d).status, kUndecided);
    EXPECT_THAT(Of(d).runners_up,
                ElementsAre(Field(&LineageParent::document, 1 - d)));
    EXPECT_FALSE(Of(d).origin);
  }
}

TEST_F(ReconcileTest, TwoOfOneAbsentSourceStayUnlessTheirEdgeIsDecided) {
  LineageRecord hidden = Record(LineageStatus::kHiddenSource, {});
  hidden.source_group = 1;
  hidden.absent_confidence = 0.8;
  EXPECT_FALSE(Run({hidden, hidden}, {Edge(0, 1, std::nullopt, 0.55)}));
  for (const uint32_t d : {0, 1}) {
    EXPECT_EQ(Of(d).status, LineageStatus::kHiddenSource);
    EXPECT_EQ(Of(d).source_group, 1U);
    EXPECT_EQ(Of(d).absent_confidence, 0.8);
  }
  EXPECT_TRUE(Run({hidden, hidden}, {Edge(0, 1, 0, 0.9)}));
  for (const uint32_t d : {0, 1}) EXPECT_EQ(Of(d).source_group, 0U);
  EXPECT_EQ(Of(0).status, kRoot);
  EXPECT_EQ(Of(1).status, kCopy);
}

TEST_F(ReconcileTest, OpposedParentsAreNone) {
  for (const bool is_common : {false, true}) {
    TraceEdge against = Edge(0, 1, 1, 0.9);
    if (is_common) {
      against.source.reset();
      against.relation = Relation::kCommonSource;
    }
    const std::vector<LineageRecord> records = {
        Record(kRoot, {}), Record(kCopy, {Parent(0, 0.7)}),
        Record(kCopy, {Parent(0, 0.7)})};
    EXPECT_TRUE(Run(records, {against, Edge(0, 2, 0, 0.9)}, false));
    EXPECT_EQ(Of(1).status, kUndecided);
    EXPECT_THAT(Of(1).runners_up,
                ElementsAre(Field(&LineageParent::document, 0U)));
    EXPECT_EQ(Of(2).status, kCopy);
    // Behind the first it is dropped, and nothing else.
    against = Edge(1, 2, 2, 0.9);
    EXPECT_TRUE(Run({Record(kRoot, {}), Record(kRoot, {}),
                     Record(kCopy, {Parent(0, 0.7), Parent(1, 0.3, 50)})},
                    {Edge(0, 2, 0, 0.9), against}, false));
    EXPECT_THAT(Of(2).parents,
                ElementsAre(Field(&LineageParent::document, 0U)));
  }
}

TEST_F(ReconcileTest, RunnersUpAreFewSortedAndLeaveNoMoreThanThereIs) {
  Run({Record(kRoot, {}), Record(kRoot, {}), Record(kRoot, {}),
       Record(kRoot, {}),
       Record(kCopy, {Parent(0, 0.8)},
              {Parent(2, 0.1), Parent(1, 0.4), Parent(0, 0.5), Parent(2, 0.3),
               Parent(3, 0.001)})},
      {});
  ASSERT_EQ(Of(4).runners_up.size(), 2U);
  EXPECT_EQ(Of(4).runners_up[0].document, 1U);
  EXPECT_NEAR(Of(4).runners_up[0].confidence, 0.2 * 0.4 / 0.701, 1e-9);
  EXPECT_EQ(Of(4).runners_up[1].document, 2U);
  EXPECT_NEAR(Of(4).runners_up[1].confidence, 0.2 * 0.3 / 0.701, 1e-9);
}

TEST_F(ReconcileTest, ParentsHaveTheWordsOfTheirEdgesTheMostFirst) {
  TraceEdge most = Edge(1, 2, 1, 0.95);
  most.words = 300;
  Run({Record(kRoot, {}), Record(kRoot, {}),
       Record(kCopy, {Parent(0, 0.7), Parent(1, 0.3, 50)})},
      {Edge(0, 2, 0, 0.9), most}, false);
  EXPECT_THAT(Of(2).parents, ElementsAre(Field(&LineageParent::words, 300U),
                                         Field(&LineageParent::words, 100U)));
  EXPECT_EQ(Of(2).origin, 1U);
  EXPECT_FALSE(Of(2).clock_overruled);
}

TEST_F(ReconcileTest, ARootThatIsSurelyACopyIsAdopted) {
  const std::vector<LineageRecord> records = {
      Record(kRoot, {}), Record(kCopy, {Parent(0, 0.7)}), Record(kRoot, {}),
      Record(kCopy, {Parent(2, 0.7)})};
  const std::vector<TraceEdge> edges = {Edge(0, 1, 0, 0.7), Edge(0, 2, 0, 0.95),
                                        Edge(2, 3, 2, 0.7)};
  EXPECT_FALSE(Run(records, edges, /*may_adopt=*/false));
  EXPECT_EQ(Of(2).status, kRoot);
  EXPECT_TRUE(Run(records, edges));
  EXPECT_EQ(Of(2).status, kCopy);
  ASSERT_EQ(Of(2).parents.size(), 1U);
  EXPECT_EQ(Of(2).parents[0].document, 0U);
  // Its source has kin.
  EXPECT_LT(Of(2).parents[0].confidence, 0.95);
  EXPECT_EQ(Of(3).origin, 0U);
  EXPECT_EQ(lineage_.families(), 1U);
}

TEST_F(ReconcileTest, NobodyIsAdoptedByItsOwnCopiesOrByHalfSureEdges) {
  EXPECT_FALSE(
      Run({Record(kRoot, {}), Record(kCopy, {Parent(0, 0.7)}),
           Record(kCopy, {Parent(1, 0.7)})},
          {Edge(0, 1, 0, 0.95), Edge(0, 2, 2, 0.95), Edge(1, 2, 1, 0.95)}));
  EXPECT_EQ(Of(0).status, kRoot);
  EXPECT_FALSE(
      Run({Record(kRoot, {}), Record(kCopy, {Parent(0, 0.7)}),
           Record(kRoot, {}), Record(kCopy, {Parent(2, 0.7)})},
          {Edge(0, 1, 0, 0.7), Edge(0, 2, 0, 0.85), Edge(2, 3, 2, 0.7)}));
  EXPECT_EQ(Of(2).status, kRoot);
}

// Of so many not every pair was compared.
TEST_F(ReconcileTest, NearVeryLargeFamiliesNobodyKnowsTheParent) {
  constexpr uint32_t kMost = kEveryPair;
  for (const uint32_t size : {kMost, kMost + 1}) {
    std::vector<LineageRecord> records(size, Record(kCopy, {Parent(0, 0.9)}));
    records[0] = Record(kRoot, {});
    std::vector<TraceEdge> edges;
    for (uint32_t d = 1; d < size; ++d) edges.push_back(Edge(0, d, 0, 0.95));
    records.push_back(Record(kRoot, {}));
    edges.push_back(Edge(1, size, 1, 0.95));
    records.push_back(Record(kCopy, {Parent(size, 0.9)}));
    edges.push_back(Edge(size, size + 1, size, 0.95));
    Run(records, edges);
    EXPECT_EQ(Of(size).status, size == kMost ? kCopy : kUndecided);
  }
}

TEST_F(ReconcileTest, WhatAgreesIsLeftAlone) {
  EXPECT_FALSE(Run({Record(kRoot, {}), Record(kCopy, {Parent(0, 0.7)}),
                    Record(kCopy, {Parent(0, 0.7)}, {Parent(1, 0.2)})},
                   {Edge(0, 1, 0, 0.9), Edge(0, 2, 0, 0.9)}));
  EXPECT_THAT(Of(0).parents, IsEmpty());
}

}  // namespace
}  // namespace wirecopy
