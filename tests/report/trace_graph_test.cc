#include "report/trace_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::MakeEdge;
using oracle::MakeLineage;
using oracle::MakeTrace;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Links as "0->1 lineage derivation republication 90 0.875 0.25/0.5".
std::vector<std::string> Links(const TraceRecords& trace) {
  std::vector<std::string> links;
  for (const GraphLink& link : MakeTraceGraph(trace).links) {
    links.push_back(absl::StrCat(
        link.source, link.directed ? "->" : "--", link.target,
        link.lineage ? " lineage" : "", link.derivation ? " derivation" : "",
        " ", std::string(link.relation), " ", link.words, " ", link.confidence,
        " ", link.source_coverage, "/", link.target_coverage));
  }
  return links;
}

TEST(TraceGraphTest, EdgesLineageAndAbsentSources) {
  const TraceRecords trace = MakeTrace();
  const TraceGraph graph = MakeTraceGraph(trace);
  EXPECT_EQ(graph.documents, 8U);
  ASSERT_EQ(graph.absent.size(), 1U);
  EXPECT_EQ(graph.absent[0].name, "00000000000000aa");
  EXPECT_EQ(graph.absent[0].family, 1U);
  EXPECT_THAT(graph.absent[0].copies, ElementsAre(3U, 4U));
  EXPECT_EQ(graph.links[5].edge, 5U);
  EXPECT_FALSE(graph.links[6].edge.has_value());
  EXPECT_THAT(
      Links(trace),
      ElementsAre("0->1 lineage derivation republication 90 0.875 0.25/0.5",
                  "0->5 derivation quotation 12 0.75 0.25/0.5",
                  "1->2 lineage derivation excerpt 40 0.5 0.25/0.5",
                  "3--4 common_source 70 0.5 0.25/0.5",
                  "5--6 republication 1500 0.5 0.25/0.5",
                  "7->6 derivation update 9 0.75 0.5/0.25",
                  "0->2 lineage  20 0.375 0/0",
                  "8->3 lineage derivation absent_source 70 0.625 0/0",
                  "8->4 lineage derivation absent_source 70 0.625 0/0"));
}

TEST(TraceGraphTest, Nothing) {
  const TraceGraph graph = MakeTraceGraph({});
  EXPECT_EQ(graph.documents, 0U);
  EXPECT_THAT(graph.links, IsEmpty());
}

// What a document was made from is its lineage's to say.
TEST(TraceGraphTest, TheLineageGoesBeforeEdges) {
  TraceRecords trace;
  trace.documents.resize(3);
  trace.families.resize(1);
  trace.documents[0].lineage = MakeLineage(0, "copy", {{1, 0.75, 5}}, 1);
  trace.documents[1].lineage = MakeLineage(0, "root", {}, 1);
  trace.documents[2].lineage = MakeLineage(0, "undecided", {}, {});
  trace.edges = {MakeEdge(0, 1, 0, "republication", 10),
                 MakeEdge(0, 2, 0, "excerpt", 20),
                 MakeEdge(1, 2, 1, "quotation", 30)};
  EXPECT_THAT(
      Links(trace),
      ElementsAre("1->0 lineage derivation republication 10 0.75 0.5/0.25",
                  "0->2 excerpt 20 0.75 0.25/0.5",
                  "1->2 derivation quotation 30 0.75 0.25/0.5"));
}

// 0 is the origin; 1 and 3 are said to be its copies, 2 is not, so that 4, made
// from 2, goes back to it no more than 2 does.
TEST(TraceGraphTest, WhatIsUnlikelyIsNotClaimed) {
  TraceRecords trace;
  trace.documents.resize(6);
  trace.families.resize(1);
  auto& documents = trace.documents;
  documents[0].lineage = MakeLineage(0, "root", {}, 0);
  documents[1].lineage = MakeLineage(0, "copy", {{0, 0.5, 5}}, 0);
  documents[2].lineage = MakeLineage(0, "copy", {{0, 0.49, 5}}, 0);
  documents[3].lineage = MakeLineage(0, "copy", {{2, 0.9, 5}, {1, 0.6, 5}}, 0);
  documents[4].lineage = MakeLineage(0, "copy", {{2, 0.9, 5}}, 0);
  documents[5].lineage = MakeLineage(0, "hidden_source", {}, {});
  documents[5].lineage->source_group = "00000000000000aa";
  documents[5].lineage->absent_confidence = 0.4;
  trace.edges = {MakeEdge(0, 2, 0, "republication", 10)};
  EXPECT_THAT(Links(trace),
              ElementsAre("0->2 lineage republication 10 0.49 0.25/0.5",
                          "0->1 lineage derivation  5 0.5 0/0",
                          "2->3 lineage derivation  5 0.9 0/0",
                          "1->3 lineage derivation  5 0.6 0/0",
                          "2->4 lineage derivation  5 0.9 0/0",
                          "6->5 lineage absent_source 0 0.4 0/0"));
  EXPECT_THAT(MakeTraceGraph(trace).goes_back,
              ElementsAre(false, true, false, true, false, false));
}

TEST(TraceGraphTest, ACircleEnds) {
  TraceRecords trace;
  trace.documents.resize(3);
  trace.families.resize(1);
  trace.documents[0].lineage = MakeLineage(0, "root", {{2, 0.9, 5}}, 0);
  trace.documents[1].lineage = MakeLineage(0, "copy", {{0, 0.9, 5}}, 0);
  trace.documents[2].lineage = MakeLineage(0, "copy", {{1, 0.9, 5}}, 0);
  EXPECT_THAT(MakeTraceGraph(trace).goes_back, ElementsAre(false, true, true));
}

TEST(TraceGraphTest, ACommonSourceIsNotOneOfTheTwo) {
  TraceRecords trace;
  trace.documents.resize(2);
  trace.edges = {MakeEdge(0, 1, 1, "common_source", 10)};
  EXPECT_THAT(Links(trace), ElementsAre("0--1 common_source 10 0.75 0.25/0.5"));
}

TEST(TraceGraphTest, DatesSayWhatIsKnown) {
  const TraceRecords trace = MakeTrace();
  EXPECT_EQ(PublicationText(trace.documents[0]), "2023-11-14T22:13:20Z");
  EXPECT_EQ(PublicationText(trace.documents[1]), "2023-11-15");
  EXPECT_EQ(PublicationText(trace.documents[2]), "2023-11-15T01:00:00");
  EXPECT_EQ(PublicationText(trace.documents[3]), "");
  TraceDocumentRecord document;
  document.published = absl::FromUnixMillis(1700006400250);
  EXPECT_EQ(PublicationText(document), "2023-11-15T00:00:00.25Z");
  document.published = absl::FromUnixSeconds(-62135596800);
  EXPECT_EQ(PublicationText(document), "0001-01-01T00:00:00Z");
  document.published_is_uncertain = true;
  EXPECT_EQ(PublicationText(document), "0001-01-01");
}

TEST(TraceGraphTest, Names) {
  const TraceRecords trace = MakeTrace();
  EXPECT_EQ(DocumentLabel(trace.documents[0]), "Ferry aground");
  EXPECT_EQ(DocumentLabel(trace.documents[1]), "7");
  EXPECT_EQ(FamilyName(trace, trace.documents[3]), "00000000000000f1");
  EXPECT_EQ(StatusName(trace.documents[3]), "hidden_source");
  EXPECT_EQ(FamilyName(trace, trace.documents[5]), "");
  EXPECT_EQ(StatusName(trace.documents[5]), "");
}

}  // namespace
}  // namespace wirecopy
