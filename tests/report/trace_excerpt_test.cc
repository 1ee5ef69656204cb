#include "report/trace_excerpt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/made_trace.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every number points at what it pointed at before, by id.
void ExpectConsistent(const TraceRecords& records) {
  for (const TraceDocumentRecord& document : records.documents) {
    if (!document.lineage) continue;
    ASSERT_LT(document.lineage->family, records.families.size());
    for (const TraceParentRecord& parent : document.lineage->parents) {
      ASSERT_LT(parent.document, records.documents.size());
    }
  }
  for (const TraceEdgeRecord& edge : records.edges) {
    ASSERT_LT(edge.a, edge.b);
    ASSERT_LT(edge.b, records.documents.size());
    ASSERT_LE(edge.last_passage, records.passages.size());
    for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
      const TracePassageRecord& passage = records.passages[i];
      EXPECT_EQ(passage.a, edge.a);
      EXPECT_LE(passage.view.bytes.a.end,
                records.documents[edge.a].text.size());
      EXPECT_LE(passage.view.bytes.b.end,
                records.documents[edge.b].text.size());
    }
  }
}

TEST(TraceExcerpt, WhatFitsIsThereWhole) {
  const TraceRecords records = oracle::MakeDeskTrace();
  const TraceExcerpt excerpt = CutTrace(records, {});
  ExpectConsistent(excerpt.records);
  EXPECT_EQ(excerpt.records.documents.size(), records.documents.size());
  EXPECT_EQ(excerpt.records.edges.size(), records.edges.size());
  EXPECT_EQ(excerpt.records.passages.size(), records.passages.size());
  EXPECT_THAT(LeftOutText(excerpt), IsEmpty());
}

TEST(TraceExcerpt, LargestFamiliesFirst) {
  TraceLimits limits;
  limits.documents = 11;
  const TraceExcerpt excerpt = CutTrace(oracle::MakeDeskTrace(), limits);
  ExpectConsistent(excerpt.records);
  EXPECT_THAT(excerpt.records.documents, SizeIs(11));  // 9 and 2 of 9, 2, 2, 2
  EXPECT_THAT(excerpt.records.families, SizeIs(2));
  EXPECT_EQ(excerpt.documents, 4U);
  EXPECT_EQ(excerpt.families, 1U);
  EXPECT_THAT(LeftOutText(excerpt), HasSubstr("4 documents"));
}

TEST(TraceExcerpt, OfAFamilyThatIsTooLargeTheFirstMembers) {
  TraceLimits limits;
  limits.documents = 4;
  const TraceExcerpt excerpt = CutTrace(oracle::MakeDeskTrace(), limits);
  ExpectConsistent(excerpt.records);
  EXPECT_THAT(excerpt.records.documents, SizeIs(4));
  EXPECT_EQ(excerpt.records.documents[0].id.text, "bridge-wire");
  EXPECT_EQ(excerpt.cut_families, 1U);
}

TEST(TraceExcerpt, LinesOfDescentGoBeforeOtherPairs) {
  TraceLimits limits;
  limits.edges = 10;
  const TraceRecords records = oracle::MakeDeskTrace();
  const TraceExcerpt excerpt = CutTrace(records, limits);
  ExpectConsistent(excerpt.records);
  EXPECT_THAT(excerpt.records.edges, SizeIs(10));
  EXPECT_EQ(excerpt.edges, records.edges.size() - 10);
  size_t decided = 0;
  for (const TraceEdgeRecord& edge : excerpt.records.edges) {
    decided += edge.source.has_value() ? 1 : 0;
  }
  EXPECT_EQ(decided, 9U);
}

TEST(TraceExcerpt, BytesAreBounded) {
  TraceLimits limits;
  limits.bytes = 40000;
  const TraceRecords records = oracle::MakeLargeTrace(200, 5);
  const TraceExcerpt excerpt = CutTrace(records, limits);
  ExpectConsistent(excerpt.records);
  uint64_t bytes = 0;
  for (const auto& document : excerpt.records.documents) {
    bytes += document.text.size();
  }
  EXPECT_LE(bytes, limits.bytes);
  EXPECT_GT(bytes, limits.bytes / 2);
  EXPECT_EQ(excerpt.documents + excerpt.records.documents.size(),
            records.documents.size());
}

TEST(TraceExcerpt, ADocumentThatIsTooLargeAlone) {
  TraceLimits limits;
  limits.bytes = 10;
  const TraceExcerpt excerpt = CutTrace(oracle::MakeDeskTrace(), limits);
  EXPECT_THAT(excerpt.records.documents, IsEmpty());
  EXPECT_THAT(LeftOutText(excerpt), HasSubstr("15 documents"));
}

TEST(TraceExcerpt, RowsOfPublishersWithTheMostWords) {
  TraceLimits limits;
  limits.publishers = 2;
  const TraceRecords records = oracle::MakeDeskTrace();
  const TraceExcerpt excerpt = CutTrace(records, limits);
  ASSERT_THAT(excerpt.records.publishers, SizeIs(2));
  for (const TracePublisherRecord& row : records.publishers) {
    EXPECT_LE(std::min(row.words, excerpt.records.publishers[1].words),
              excerpt.records.publishers[0].words);
  }
  EXPECT_THAT(LeftOutText(excerpt), HasSubstr("who feeds whom"));
}

}  // namespace
}  // namespace wirecopy
