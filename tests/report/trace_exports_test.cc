#include "report/trace_exports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::MakeTrace;
using oracle::Written;

TEST(TraceExportsTest, EveryFileHasItsName) {
  std::set<std::string> names;
  for (const TraceExport& file : TraceExports()) names.insert(file.name);
  EXPECT_THAT(names,
              ::testing::ElementsAre("edges.csv", "edges.jsonl", "graph.dot",
                                     "graph.graphml", "lineage.jsonl",
                                     "nodes.csv", "passages.jsonl", "prov.json",
                                     "publishers.csv", "publishers.graphml",
                                     "publishers.jsonl", "schema.jsonld"));
}

std::string File(const std::string& name) {
  TraceRecords trace = MakeTrace();
  trace.passages.resize(3);
  for (const TraceExport& file : TraceExports()) {
    if (file.name == name) return Written(file.write, trace);
  }
  return "no such file";
}

TEST(TraceExportsTest, LinesOfRecords) {
  const auto lines = [](const std::string& name) {
    const std::string text = File(name);
    EXPECT_TRUE(text.ends_with("}\n")) << name;
    return std::ranges::count(text, '\n');
  };
  EXPECT_EQ(lines("passages.jsonl"), 3);
  EXPECT_EQ(lines("edges.jsonl"), 6);
  EXPECT_EQ(lines("lineage.jsonl"), 5);  // those in a family
  EXPECT_EQ(lines("publishers.jsonl"), 2);
}

// A full disk, wherever in a file it fills up.
TEST(TraceExportsTest, TheFirstErrorEndsAFile) {
  TraceRecords trace = MakeTrace();
  trace.passages.resize(3);
  const TraceGraph graph = MakeTraceGraph(trace);
  for (const TraceExport& file : TraceExports()) {
    int pieces = 0;
    const auto count = [&pieces](std::string_view) {
      ++pieces;
      return absl::OkStatus();
    };
    ASSERT_TRUE(file.write(trace, graph, count).ok());
    ASSERT_GT(pieces, 1) << file.name;
    for (int full = 1; full <= pieces; ++full) {
      int taken = 0;
      const auto fail = [&taken, full](std::string_view) {
        ++taken;
        return taken < full ? absl::OkStatus() : absl::DataLossError("full");
      };
      EXPECT_EQ(file.write(trace, graph, fail), absl::DataLossError("full"));
      EXPECT_EQ(taken, full) << file.name;
    }
  }
}

}  // namespace
}  // namespace wirecopy
