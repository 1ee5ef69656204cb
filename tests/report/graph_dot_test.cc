#include "report/graph_dot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::MakeEdge;
using oracle::MakeTrace;
using oracle::Written;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(GraphDotTest, Whole) {
  TraceRecords trace = MakeTrace();
  trace.documents[7].title = "A \"big\" title\nof \\N & <b>";
  trace.documents[7].publisher.clear();
  EXPECT_EQ(
      Written(WriteDot, trace),
      "digraph trace {\n"
      "  rankdir=LR;\n"
      "  node [shape=box, fontname=\"sans-serif\"];\n"
      "  n0 [label=\"Ferry aground\\nThe Skerry\\n2023-11-14T22:13:20Z\"];\n"
      "  n1 [label=\"7\\nNorthern Wire\\n2023-11-15\"];\n"
      "  n2 [label=\"7\\n2023-11-15T01:00:00\"];\n"
      "  n3 [label=\"w/1\"];\n"
      "  n4 [label=\"w/2\"];\n"
      "  n5 [label=\"-5\"];\n"
      "  n6 [label=\".plain\"];\n"
      "  n7 [label=\"A \\\"big\\\" title of \\\\N &amp; <b>\"];\n"
      "  n8 [label=\"absent source 00000000000000aa\", shape=ellipse, "
      "style=dashed];\n"
      "  n0 -> n1 [color=\"#d55e00\", penwidth=4, "
      "tooltip=\"republication, 90 words\"];\n"
      "  n0 -> n5 [color=\"#e69f00\", penwidth=1, "
      "tooltip=\"quotation, 12 words\"];\n"
      "  n1 -> n2 [color=\"#0072b2\", penwidth=3, "
      "tooltip=\"excerpt, 40 words\"];\n"
      "  n3 -> n4 [color=\"#cc79a7\", penwidth=4, dir=none, "
      "tooltip=\"common_source, 70 words\"];\n"
      "  n5 -> n6 [color=\"#d55e00\", penwidth=8, dir=none, style=dashed, "
      "tooltip=\"republication, 1500 words\"];\n"
      "  n7 -> n6 [color=\"#009e73\", penwidth=1, "
      "tooltip=\"update, 9 words\"];\n"
      "  n0 -> n2 [color=\"#666666\", penwidth=2, tooltip=\"20 words\"];\n"
      "  n8 -> n3 [color=\"#cc79a7\", penwidth=4, "
      "tooltip=\"absent_source, 70 words\"];\n"
      "  n8 -> n4 [color=\"#cc79a7\", penwidth=4, "
      "tooltip=\"absent_source, 70 words\"];\n"
      "}\n");
}

TEST(GraphDotTest, LabelsHoldNothingThatEndsThem) {
  TraceRecords trace;
  trace.documents.resize(1);
  trace.documents[0].title = oracle::HostileText();
  EXPECT_THAT(Written(WriteDot, trace),
              HasSubstr("n0 [label=\"=\\\"it's\\\"  <&amp;>]]>-- \\\\N\\\\"
                        "\u2400\u241b\u2421\ufffd\U0001F40B,;\u00e9\"];\n"));
}

TEST(GraphDotTest, LongLabelsAreCutBetweenCharacters) {
  TraceRecords trace;
  trace.documents.resize(2);
  std::string whole;
  for (int i = 0; i < 80; ++i) whole += "\u00e9";
  trace.documents[0].title = whole;
  trace.documents[1].title = whole + "x";
  const std::string dot = Written(WriteDot, trace);
  EXPECT_THAT(dot, HasSubstr("n0 [label=\"" + whole + "\"];"));
  EXPECT_THAT(dot, HasSubstr("n1 [label=\"" + whole + "\u2026\"];"));
}

TEST(GraphDotTest, PensGrowWithWords) {
  TraceRecords trace;
  trace.documents.resize(2);
  const auto pen = [&trace](uint64_t words, const std::string& expected) {
    trace.edges = {MakeEdge(0, 1, 0, "excerpt", words)};
    EXPECT_THAT(Written(WriteDot, trace), HasSubstr("penwidth=" + expected))
        << words;
  };
  pen(0, "1,");
  pen(15, "1,");
  pen(16, "2,");
  pen(31, "2,");
  pen(32, "3,");
  pen(uint64_t{1} << 63, "8,");
}

}  // namespace
}  // namespace wirecopy
