#include "report/trace_svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/made_trace.h"
#include "tests/support/markup_check.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

size_t Occurrences(const std::string& text, const std::string& of) {
  size_t n = 0;
  for (size_t i = text.find(of); i != std::string::npos;
       i = text.find(of, i + 1)) {
    ++n;
  }
  return n;
}

TEST(TraceSvg, IsWellFormedWhateverTheDocumentsSay) {
  for (const TraceRecords& records :
       {oracle::MakeDeskTrace(), oracle::MakeHostileTrace(), TraceRecords()}) {
    const std::string svg = TraceSvg(records, {});
    EXPECT_EQ(oracle::MarkupCheck(svg).FirstError(), "");
    EXPECT_THAT(svg, testing::StartsWith("<svg xmlns="));
    EXPECT_THAT(svg, Not(HasSubstr("<script")));
    EXPECT_THAT(svg, Not(HasSubstr("<img")));
  }
}

TEST(TraceSvg, HasEveryDocumentAndArrow) {
  const TraceRecords records = oracle::MakeDeskTrace();
  const std::string svg = TraceSvg(records, {});
  EXPECT_EQ(Occurrences(svg, "data-d=\""), records.documents.size());
  size_t drawn = 0;
  for (const TraceLink& link : FindTraceLinks(records).links) {
    if (link.edge && link.kind != LinkKind::kIndirect) ++drawn;
  }
  EXPECT_EQ(Occurrences(svg, "data-e=\""), drawn);
  EXPECT_EQ(Occurrences(svg, "data-s=\""), 1U);
  EXPECT_THAT(svg, HasSubstr("bridge-wire \u2192 bridge-ledger: 288 words"));
  EXPECT_THAT(svg, HasSubstr("node copy overruled"));
  EXPECT_THAT(svg, HasSubstr("prefers-color-scheme: dark"));
}

// Every head that an arrow asks for is there.
TEST(TraceSvg, ArrowsOfAbsentSourcesAndOfLineageAloneHaveHeads) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.edges.clear();
  records.passages.clear();
  const std::string svg = TraceSvg(records, {});
  for (const std::string relation : {"absent_source", "other"}) {
    EXPECT_GT(Occurrences(svg, "marker-end=\"url(#head-" + relation + ")\""),
              0U);
    EXPECT_EQ(Occurrences(svg, "<marker id=\"head-" + relation + "\""), 1U);
  }
}

TEST(TraceSvg, SaysWhatItLeavesOut) {
  TraceLimits limits;
  limits.documents = 9;
  EXPECT_THAT(TraceSvg(oracle::MakeDeskTrace(), limits),
              HasSubstr("Left out: 6 documents"));
}

TEST(TraceSvg, AnUnknownRelationIsDrawnAsSuch) {
  TraceRecords records = oracle::MakeDeskTrace();
  for (TraceEdgeRecord& edge : records.edges) edge.relation = "x\" onload=\"y";
  const std::string svg = TraceSvg(records, {});
  EXPECT_THAT(svg, Not(HasSubstr("onload")));
  EXPECT_THAT(svg, HasSubstr("arrow other"));
}

}  // namespace
}  // namespace wirecopy
