#include "report/graph_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/csv_reader.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::HostileTextInXml;
using oracle::MakeTrace;
using oracle::ReadCsv;
using ::testing::ElementsAre;

TEST(GraphCsvTest, Nodes) {
  const auto rows = ReadCsv(oracle::Written(WriteNodesCsv, MakeTrace()));
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 10U);
  EXPECT_THAT(rows->at(0),
              ElementsAre("Id", "Label", "kind", "document", "document_type",
                          "title", "publisher", "published", "url", "words",
                          "family", "status"));
  EXPECT_THAT(rows->at(1),
              ElementsAre("n0", "Ferry aground", "document", "root", "string",
                          "Ferry aground", "The Skerry", "2023-11-14T22:13:20Z",
                          "https://skerry.example/ferry", "100",
                          "00000000000000f0", "root"));
  EXPECT_THAT(rows->at(2), ElementsAre("n1", "7", "document", "7", "integer",
                                       "", "Northern Wire", "2023-11-15", "",
                                       "101", "00000000000000f0", "copy"));
  EXPECT_THAT(rows->at(3), ElementsAre("n2", "7", "document", "7", "string", "",
                                       "", "2023-11-15T01:00:00", "", "102",
                                       "00000000000000f0", "copy"));
  const std::string hostile = "'" + HostileTextInXml();
  EXPECT_THAT(rows->at(8),
              ElementsAre("n7", hostile, "document", hostile, "string", hostile,
                          hostile, "", hostile, "107", "", ""));
  EXPECT_THAT(rows->at(9), ElementsAre("n8", "absent source 00000000000000aa",
                                       "absent_source", "", "", "", "", "", "",
                                       "", "00000000000000f1", ""));
}

TEST(GraphCsvTest, Edges) {
  const TraceRecords trace = MakeTrace();
  std::string csv;
  ASSERT_TRUE(
      WriteEdgesCsv(MakeTraceGraph(trace), oracle::AppendTo(&csv)).ok());
  const auto rows = ReadCsv(csv);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 10U);
  EXPECT_THAT(rows->at(0),
              ElementsAre("Source", "Target", "Type", "Weight", "words",
                          "relation", "confidence", "lineage",
                          "source_coverage", "target_coverage"));
  EXPECT_THAT(rows->at(1),
              ElementsAre("n0", "n1", "Directed", "90", "90", "republication",
                          "0.875", "true", "0.25", "0.5"));
  EXPECT_THAT(rows->at(5),
              ElementsAre("n5", "n6", "Undirected", "1500", "1500",
                          "republication", "0.5", "false", "0.25", "0.5"));
}

TEST(GraphCsvTest, Publishers) {
  TraceRecords trace = MakeTrace();
  trace.publishers[1].words = 0;
  std::string csv;
  ASSERT_TRUE(WritePublishersCsv(trace, oracle::AppendTo(&csv)).ok());
  const auto rows = ReadCsv(csv);
  ASSERT_TRUE(rows);
  EXPECT_THAT(
      *rows,
      ElementsAre(ElementsAre("Source", "Target", "Type", "Weight", "words",
                              "documents", "median_delay_seconds"),
                  ElementsAre("The Skerry", "Northern Wire", "Directed", "90",
                              "90", "1", "6400.0"),
                  ElementsAre("The Skerry", "'" + HostileTextInXml(),
                              "Directed", "1", "0", "2", "")));
}

}  // namespace
}  // namespace wirecopy
