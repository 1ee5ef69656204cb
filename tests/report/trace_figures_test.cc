#include "report/trace_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "report/trace_summary.h"
#include "tests/support/made_trace.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::MakeEdge;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TraceRecords Pairs(const std::vector<TraceEdgeRecord>& edges) {
  TraceRecords records;
  records.documents.resize(4);
  records.edges = edges;
  return records;
}

std::string Terminal(const TraceRecords& records) {
  return TraceSummary(CountTrace(records), records);
}

std::string Page(const TraceRecords& records) {
  return TraceSummaryHtml(records, CutTrace(records, {}));
}

TEST(CountVerdicts, EveryPairIsOneOfThem) {
  const TraceVerdicts verdicts = CountVerdicts(
      Pairs({MakeEdge(0, 1, 0, "excerpt", 9), MakeEdge(0, 2, 2, "quotation", 9),
             MakeEdge(0, 3, {}, "quotation", 9),
             MakeEdge(1, 2, {}, "common_source", 9),
             MakeEdge(1, 3, {}, "republication", 9)}));
  EXPECT_EQ(verdicts.decided, 2U);
  EXPECT_EQ(verdicts.quotations, 1U);
  EXPECT_EQ(verdicts.common_source, 1U);
  EXPECT_EQ(verdicts.undecided, 1U);
}

// Of 0, 1 and 2, each made from the one before it; 3 is of another family.
TEST(CountVerdicts, TellWhatCameByWayOfAThird) {
  TraceRecords records =
      Pairs({MakeEdge(0, 1, 0, "excerpt", 9), MakeEdge(0, 2, 0, "excerpt", 99),
             MakeEdge(0, 3, 0, "excerpt", 9),
             MakeEdge(1, 2, {}, "common_source", 9)});
  records.families.resize(2);
  for (size_t i = 0; i < 4; ++i) {
    records.families[i / 3].members.push_back(i);
    TraceLineageRecord lineage;
    lineage.family = i / 3;
    if (i % 3 > 0) lineage.parents = {{i - 1, 0.9, 9}};
    records.documents[i].lineage = lineage;
    records.documents[i].publisher = "Paper " + std::to_string(i);
  }
  records.documents[3].lineage->parents = {{1, 0.9, 9}};
  EXPECT_FALSE(IsRoundabout(records, records.edges[0]));
  EXPECT_TRUE(IsRoundabout(records, records.edges[1]));
  EXPECT_FALSE(IsRoundabout(records, records.edges[2]));
  EXPECT_FALSE(IsRoundabout(records, records.edges[3]));
  const TraceVerdicts verdicts = CountVerdicts(records);
  EXPECT_EQ(verdicts.decided, 3U);
  EXPECT_EQ(verdicts.roundabout, 1U);
  EXPECT_THAT(Terminal(records),
              HasSubstr("of 3 the source is told (1 by way of a third"));
  EXPECT_THAT(Page(records),
              HasSubstr("3 have a verdict on which goes back to the other (2 "
                        "directly, 1 by way of a third text)"));
  EXPECT_THAT(Page(records), HasSubstr("<bdi>Paper 1</bdi> from <bdi>Paper 0"));
  EXPECT_THAT(Page(records),
              Not(HasSubstr("<bdi>Paper 2</bdi> from <bdi>Paper 0")));
}

TEST(TraceSummary, SaysWhatThePageSays) {
  const TraceRecords records = Pairs(
      {MakeEdge(0, 1, {}, "quotation", 9), MakeEdge(0, 2, {}, "quotation", 9)});
  EXPECT_THAT(Terminal(records), HasSubstr("2 quote the same words, 0 are "));
  EXPECT_THAT(Page(records), HasSubstr("2 quote the same words"));
  EXPECT_THAT(Page(records), Not(HasSubstr("undecided")));
}

TEST(TraceSummary, OneIsNotMany) {
  TraceRecords records = Pairs({MakeEdge(0, 1, {}, "excerpt", 9)});
  records.passages.resize(1);
  EXPECT_THAT(Terminal(records), HasSubstr("1 pair shares 1 passage: of 0 "));
  EXPECT_THAT(Terminal(records), HasSubstr(" 1 is undecided"));
}

TEST(LargestFeeds, LeaveOutWhatAPublisherHasFromItself) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.publishers = {{"Gull", "Gull", 9, 900, {}},
                        {"Gull", "Heron", 1, 10, absl::Hours(24 * 3653)},
                        {"Heron", "Tern", 2, 20, {}}};
  const auto feeds = LargestFeeds(records);
  ASSERT_THAT(feeds, SizeIs(2));
  EXPECT_EQ(feeds[0]->copy, "Tern");
  EXPECT_EQ(feeds[1]->copy, "Heron");
  EXPECT_THAT(Terminal(records), Not(HasSubstr("Gull \u2192 Gull")));
  EXPECT_THAT(Page(records), Not(HasSubstr("</bdi> \u2192 <bdi>Gull")));
  EXPECT_THAT(Page(records), HasSubstr("10 words in 1 document, after 10 y"));
}

TEST(LargestFeeds, OfNoneThereIsNoList) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.publishers = {{"Gull", "Gull", 9, 900, {}}};
  EXPECT_THAT(Page(records), Not(HasSubstr("Who feeds whom")));
  EXPECT_THAT(Terminal(records), Not(HasSubstr("who feeds whom")));
}

}  // namespace
}  // namespace wirecopy
