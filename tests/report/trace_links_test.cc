#include "report/trace_links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/support/made_trace.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<TraceLink> OfKind(const TraceLinks& links, LinkKind kind) {
  std::vector<TraceLink> found;
  for (const TraceLink& link : links.links) {
    if (link.kind == kind) found.push_back(link);
  }
  return found;
}

TEST(TraceLinks, EveryParentIsALineOfDescent) {
  const TraceRecords records = oracle::MakeDeskTrace();
  const TraceLinks links = FindTraceLinks(records);
  size_t parents = 0;
  for (const TraceDocumentRecord& document : records.documents) {
    if (document.lineage) parents += document.lineage->parents.size();
  }
  const auto descent = OfKind(links, LinkKind::kDescent);
  EXPECT_EQ(descent.size(), parents);
  for (const TraceLink& link : descent) {
    ASSERT_TRUE(link.edge.has_value());
    const TraceEdgeRecord& edge = records.edges[*link.edge];
    EXPECT_EQ(std::minmax(link.from, link.to), std::minmax(edge.a, edge.b));
    EXPECT_EQ(link.words, edge.words);
  }
}

// What is drawn is what other programs' formats have.
TEST(TraceLinks, AreThoseOfTheGraph) {
  for (const TraceRecords& records :
       {oracle::MakeDeskTrace(), oracle::MakeHostileTrace(),
        oracle::MakeTrace()}) {
    using Row = std::tuple<size_t, size_t, uint64_t, std::string_view, bool>;
    std::vector<Row> drawn;
    std::vector<Row> exported;
    for (const TraceLink& link : FindTraceLinks(records).links) {
      drawn.emplace_back(link.from, link.to, link.words, link.relation,
                         link.decided);
    }
    for (const GraphLink& link : MakeTraceGraph(records).links) {
      exported.emplace_back(link.source, link.target, link.words, link.relation,
                            link.directed);
    }
    EXPECT_FALSE(drawn.empty());
    EXPECT_THAT(drawn, testing::UnorderedElementsAreArray(exported));
  }
}

TEST(TraceLinks, EveryEdgeIsDrawnOnce) {
  const TraceRecords records = oracle::MakeDeskTrace();
  std::vector<size_t> edges;
  for (const TraceLink& link : FindTraceLinks(records).links) {
    if (link.edge) edges.push_back(*link.edge);
  }
  std::sort(edges.begin(), edges.end());
  ASSERT_EQ(edges.size(), records.edges.size());
  for (size_t i = 0; i < edges.size(); ++i) EXPECT_EQ(edges[i], i);
}

TEST(TraceLinks, AParentWithoutAnEdgeIsStillDrawn) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.edges.clear();
  records.passages.clear();
  const TraceLinks links = FindTraceLinks(records);
  EXPECT_THAT(OfKind(links, LinkKind::kDescent), SizeIs(9));
  EXPECT_FALSE(links.links[0].edge.has_value());
  EXPECT_EQ(links.links[0].relation, "");
}

TEST(TraceLinks, TheAbsentSourceOfTwoPapers) {
  const TraceRecords records = oracle::MakeDeskTrace();
  const TraceLinks links = FindTraceLinks(records);
  ASSERT_THAT(links.absent, SizeIs(1));
  EXPECT_EQ(links.absent[0].family, 1U);
  const auto absent = OfKind(links, LinkKind::kAbsent);
  ASSERT_THAT(absent, SizeIs(2));
  EXPECT_EQ(absent[0].from, records.documents.size());
  EXPECT_GT(absent[0].words, 0U);
  EXPECT_EQ(absent[0].relation, "absent_source");
}

TEST(TraceGroups, FamiliesAndTheRestTheLargestFirst) {
  const TraceRecords records = oracle::MakeDeskTrace();
  const auto groups = FindTraceGroups(records, FindTraceLinks(records));
  ASSERT_THAT(groups, SizeIs(4));
  EXPECT_THAT(groups[0].documents, SizeIs(9));
  EXPECT_THAT(groups[1].absent, ElementsAre(0U));
  EXPECT_THAT(groups[3].families, testing::IsEmpty());  // the two that quote
  size_t documents = 0;
  for (const TraceGroup& group : groups) documents += group.documents.size();
  EXPECT_EQ(documents, records.documents.size());
}

TEST(TraceGroups, WhatNoLinkLeadsToComesLast) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.edges.clear();
  const auto groups = FindTraceGroups(records, FindTraceLinks(records));
  ASSERT_THAT(groups, SizeIs(4));
  EXPECT_THAT(groups[3].documents, SizeIs(2));
  EXPECT_FALSE(groups[3].is_linked);
  EXPECT_TRUE(groups[2].is_linked);
}

// Two families of which one's first has words from several of the other.
TraceRecords JoinedFamilies(std::string_view relation) {
  TraceRecords records = oracle::MakeDeskTrace();
  TraceEdgeRecord edge;
  edge.b = records.families[1].members[0];
  edge.source = 0;
  edge.relation = relation;
  records.edges.clear();
  for (size_t a = 0; a < 4; ++a) {
    edge.a = a;
    edge.source = a;
    edge.words = 30 + a % 3;
    records.edges.push_back(edge);
  }
  return records;
}

TEST(TraceLinks, OneLinkStandsForThoseWithAnotherFamily) {
  const TraceRecords records = JoinedFamilies("excerpt");
  const TraceLinks links = FindTraceLinks(records);
  const auto across = OfKind(links, LinkKind::kAcross);
  ASSERT_THAT(across, SizeIs(1));
  EXPECT_EQ(across[0].from, 2U);  // which has the most words
  EXPECT_THAT(OfKind(links, LinkKind::kIndirect), SizeIs(3));
}

TEST(TraceGroups, FamiliesThatShareMoreThanQuotationsStandTogether) {
  for (const std::string_view relation : {"excerpt", "quotation"}) {
    const TraceRecords records = JoinedFamilies(relation);
    const auto groups = FindTraceGroups(records, FindTraceLinks(records));
    if (relation == "quotation") {
      EXPECT_THAT(groups[0].families, ElementsAre(0U));
      continue;
    }
    EXPECT_THAT(groups[0].families, ElementsAre(0U, 1U));
    EXPECT_THAT(groups[0].absent, ElementsAre(0U));
    EXPECT_THAT(groups[0].documents, SizeIs(11));
  }
}

TEST(TraceGroups, LargeFamiliesStayApart) {
  TraceRecords records = oracle::MakeLargeTrace(120, 40, 4);
  ASSERT_GT(records.families.size(), 3U);
  for (size_t f = 1; f < records.families.size(); ++f) {
    TraceEdgeRecord edge;
    edge.a = records.families[f - 1].members[0];
    edge.b = records.families[f].members[0];
    edge.relation = "excerpt";
    edge.words = 20;
    records.edges.push_back(edge);
  }
  for (const TraceGroup& group :
       FindTraceGroups(records, FindTraceLinks(records))) {
    EXPECT_LE(group.documents.size(), kMostJoined);
  }
}

// A document outside of any family, which quotes two of them.
TEST(TraceGroups, AQuotationDoesNotJoinFamilies) {
  TraceRecords records = oracle::MakeDeskTrace();
  const size_t quoting = records.documents.size() - 1;
  TraceEdgeRecord edge;
  edge.b = quoting;
  edge.relation = "quotation";
  edge.a = 0;
  edge.words = 30;
  records.edges = {edge};
  edge.a = records.families[1].members[0];
  edge.words = 40;
  records.edges.push_back(edge);
  const auto groups = FindTraceGroups(records, FindTraceLinks(records));
  for (const TraceGroup& group : groups) {
    const bool has =
        std::count(group.documents.begin(), group.documents.end(), quoting) > 0;
    EXPECT_EQ(has,
              group.families ==
                  std::vector<size_t>{1});  // it has more words from that one
  }
}

}  // namespace
}  // namespace wirecopy
