#include "report/trace_svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "report/trace_words.h"
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
  ASSERT_FALSE(records.edges.empty());
  EXPECT_THAT(svg,
              HasSubstr("bridge-wire \u2192 bridge-ledger: " +
                        std::to_string(records.edges[0].words) + " words"));
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

// The family may draw an arrow where two texts do not tell who was first.
TEST(TraceSvg, AnArrowOfAnOpenPairIsBroken) {
  TraceRecords records = oracle::MakeDeskTrace();
  const auto broken = [&] {
    return Occurrences(TraceSvg(records, {}), " descent undecided\"");
  };
  const size_t before = broken();
  for (const TraceLink& link : FindTraceLinks(records).links) {
    if (link.kind != LinkKind::kDescent || !link.edge) continue;
    TraceEdgeRecord& edge = records.edges[*link.edge];
    if (!edge.source || SaysNothingOfDirection(edge.relation)) continue;
    edge.source = std::nullopt;
    EXPECT_EQ(broken(), before + 1);
    return;
  }
  ADD_FAILURE() << "no pair of a line of descent";
}

TEST(TraceSvg, TheLegendHasHeadsWhereArrowsDo) {
  TraceRecords none;
  const std::string svg = TraceSvg(none, {});
  for (const std::string relation : {"republication", "excerpt", "update"}) {
    EXPECT_EQ(Occurrences(svg, "marker-end=\"url(#head-" + relation + ")\""),
              1U);
  }
  EXPECT_EQ(Occurrences(svg, "marker-end"), 3U);
  for (const char* const words :
       {"common source", "quotation", "root: what a family goes back to",
        "in no family", "clock overruled", "source that is not among these"}) {
    EXPECT_EQ(Occurrences(svg, std::string(">") + words + "<"), 1U) << words;
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
