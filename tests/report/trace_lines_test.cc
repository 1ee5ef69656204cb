// The lines of a trace, to the byte.

#include "report/trace_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <string>

#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::HostileText;
using oracle::MakeTrace;
using ::testing::HasSubstr;
using ::testing::Not;

TracePassageRecord SomePassage() {
  TracePassageRecord passage;
  passage.a = 0;
  passage.b = 1;
  passage.view.bytes = {{500, 600}, {700, 800}};
  passage.view.places = {{5, 70}, {0, 66}};
  passage.view.words = 12;
  passage.view.edits = 3;
  passage.view.identity = 0.8;
  passage.view.kind = "copy";
  passage.group = "0123456789abcdef";
  passage.source = 1;
  passage.confidence = 0.75;
  return passage;
}

TEST(TraceLinesTest, Passage) {
  EXPECT_EQ(TracePassageLine(MakeTrace(), SomePassage()),
            R"({"a":"root","a_begin":5,"a_end":70,)"
            R"("b":7,"b_begin":0,"b_end":66,)"
            R"("words":12,"edits":3,"identity":0.8,"kind":"copy",)"
            R"("group":"0123456789abcdef","source":7,"confidence":0.75})"
            "\n");
}

TEST(TraceLinesTest, PassageOfNobodyWithAUnit) {
  TraceRecords trace = MakeTrace();
  trace.offset_unit = "utf16";
  TracePassageRecord passage = SomePassage();
  passage.source.reset();
  passage.confidence = 0.5;
  EXPECT_THAT(TracePassageLine(trace, passage),
              HasSubstr(R"("group":"0123456789abcdef","offsets":"utf16",)"
                        R"("source":null,"confidence":0.5})"
                        "\n"));
}

TEST(TraceLinesTest, Edges) {
  const TraceRecords trace = MakeTrace();
  EXPECT_EQ(TraceEdgeLine(trace, trace.edges[0]),
            R"({"a":"root","b":7,"source":"root","confidence":0.75,)"
            R"("relation":"republication","words":90,)"
            R"("a_coverage":0.25,"b_coverage":0.5,"evidence":[)"
            R"({"feature":"attribution","weight":2.5,)"
            R"("detail":"\"as the Skerry said\"","prior":true},)"
            R"({"feature":"clock","weight":-0.5,"detail":"an hour\nlater"}]})"
            "\n");
  EXPECT_EQ(TraceEdgeLine(trace, trace.edges[2]),
            R"({"a":7,"b":"7","source":null,"confidence":0.5,)"
            R"("relation":"excerpt","words":40,)"
            R"("a_coverage":0.25,"b_coverage":0.5,"evidence":[]})"
            "\n");
}

TEST(TraceLinesTest, Lineage) {
  const TraceRecords trace = MakeTrace();
  EXPECT_EQ(TraceLineageLine(trace, trace.documents[0]),
            R"({"id":"root","family":"00000000000000f0","status":"root",)"
            R"("parent":null,"parents":[],"runners_up":[],)"
            R"("absent_confidence":0.0,"source_group":null,"origin":"root"})"
            "\n");
  EXPECT_EQ(TraceLineageLine(trace, trace.documents[2]),
            R"({"id":"7","family":"00000000000000f0","status":"copy",)"
            R"("parent":7,"parents":[{"id":7,"confidence":0.5,"words":40},)"
            R"({"id":"root","confidence":0.375,"words":20}],)"
            R"("runners_up":[{"id":"root","confidence":0.25,"words":30}],)"
            R"("absent_confidence":0.125,"source_group":null,)"
            R"("origin":"root","clock_overruled":true})"
            "\n");
  EXPECT_EQ(TraceLineageLine(trace, trace.documents[3]),
            R"({"id":"w/1","family":"00000000000000f1",)"
            R"("status":"hidden_source","parent":null,"parents":[],)"
            R"("runners_up":[],"absent_confidence":0.625,)"
            R"("source_group":"00000000000000aa","origin":null})"
            "\n");
}

TEST(TraceLinesTest, Publishers) {
  const TraceRecords trace = MakeTrace();
  EXPECT_EQ(TracePublisherLine(trace.publishers[0]),
            R"({"source":"The Skerry","copy":"Northern Wire","documents":1,)"
            R"("words":90,"median_delay_seconds":6400.0})"
            "\n");
  const std::string line = TracePublisherLine(trace.publishers[1]);
  EXPECT_THAT(line, HasSubstr(R"("words":30,"median_delay_seconds":null})"
                              "\n"));
  rapidjson::Document read;
  ASSERT_FALSE(read.Parse(line.data(), line.size()).HasParseError());
  const rapidjson::Value& copy = read["copy"];
  EXPECT_EQ(std::string(copy.GetString(), copy.GetStringLength()),
            HostileText());
}

// What a text holds does not begin a line.
TEST(TraceLinesTest, OneLineEach) {
  TraceRecords trace = MakeTrace();
  trace.edges[5].evidence = {{"attribution", 1, HostileText(), false}};
  const std::string line = TraceEdgeLine(trace, trace.edges[5]);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_THAT(line, Not(HasSubstr("\r")));
  rapidjson::Document read;
  ASSERT_FALSE(read.Parse(line.data(), line.size()).HasParseError());
  const rapidjson::Value& detail = read["evidence"][0]["detail"];
  EXPECT_EQ(std::string(detail.GetString(), detail.GetStringLength()),
            HostileText());
}

}  // namespace
}  // namespace wirecopy
