// The records of passages, to the byte.

#include "report/passage_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <set>
#include <string>

namespace wirecopy {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

const DocumentId kText{false, "a/b"};
const DocumentId kNumber{true, "123456789012345678901"};

PassageRecord SomeRecord() {
  PassageRecord record;
  record.a = {kText, 5, 70};
  record.b = {kNumber, 0, 66};
  record.words = 12;
  record.edits = 3;
  record.identity = 0.8;
  record.kind = "copy";
  record.group = "0123456789abcdef";
  return record;
}

TEST(PassageRecordsTest, Line) {
  EXPECT_EQ(PassageLine(SomeRecord(), ""),
            R"({"a":"a/b","a_begin":5,"a_end":70,)"
            R"("b":123456789012345678901,"b_begin":0,"b_end":66,)"
            R"("words":12,"edits":3,"identity":0.8,"kind":"copy",)"
            R"("group":"0123456789abcdef"})"
            "\n");
}

// A record states its unit where it is not code points.
TEST(PassageRecordsTest, LineWithAUnit) {
  EXPECT_THAT(PassageLine(SomeRecord(), "utf16"),
              HasSubstr(R"("group":"0123456789abcdef","offsets":"utf16"})"
                        "\n"));
}

// The way for millions of lines, beside the one that others add fields to.
TEST(PassageRecordsTest, LineIsWhatAddPassageMakes) {
  PassageRecord record = SomeRecord();
  const std::string ids[] = {"",
                             "plain",
                             "q\"uote",
                             "back\\slash",
                             "a\nb\x01",
                             std::string(1000, 'x'),
                             "\u00FCber/\u6F22"};
  const double identities[] = {1, 0.5, 2.0 / 3, 1e-9, 1 - 1e-16};
  for (const std::string& id : ids) {
    for (const double identity : identities) {
      for (const char* unit : {"", "byte"}) {
        record.a.id.text = id;
        record.b.end = ~uint64_t{0};
        record.identity = identity;
        JsonLine line;
        AddPassage(record, unit, &line);
        EXPECT_EQ(PassageLine(record, unit), line.Finish());
      }
    }
  }
}

TEST(PassageRecordsTest, Tsv) {
  EXPECT_EQ(PassageTsv(SomeRecord(), 80, 90),
            "a/b\t80\t5\t70\t+\t123456789012345678901\t90\t0\t66\t12\t15\t"
            "0.8000\tcopy\t0123456789abcdef\n");
}

// An id may hold anything; a field ends where it should all the same.
TEST(PassageRecordsTest, TsvEscapes) {
  PassageRecord record = SomeRecord();
  record.a.id.text = "t\tn\nr\rb\\q\" \u00FC";
  record.b.id.text = "";
  EXPECT_EQ(PassageTsv(record, 80, 90),
            "t\\tn\\nr\\rb\\\\q\" \u00FC\t80\t5\t70\t+\t\t90\t0\t66\t12\t15\t"
            "0.8000\tcopy\t0123456789abcdef\n");
}

// Names are kept in others' files, so that they must never change.
TEST(PassageRecordsTest, GroupNames) {
  EXPECT_EQ(PassageGroupName({kText, 5, 70}), "414b75d1fb109efb");
  EXPECT_EQ(PassageGroupName({kNumber, 5, 70}), "075f4b3d9cc05250");
  std::set<std::string> names;
  for (const DocumentId& id : {kText, kNumber, DocumentId{false, kNumber.text},
                               DocumentId{false, ""}, DocumentId{true, "0"}}) {
    for (const uint64_t begin : {0, 1, 11}) {
      for (const uint64_t end : {100, 1100}) {
        const std::string name = PassageGroupName({id, begin, end});
        EXPECT_THAT(name, MatchesRegex("[0-9a-f]{16}"));
        EXPECT_EQ(name, PassageGroupName({id, begin, end}));
        names.insert(name);
      }
    }
  }
  EXPECT_EQ(names.size(), 5U * 3 * 2);
}

TEST(PassageRecordsTest, Group) {
  PassageGroupRecord group;
  group.name = "0123456789abcdef";
  group.kind = "shared";
  group.first = {kNumber, 7, 9};
  group.members = {{kText, 5, 70}, {kNumber, 7, 9}};
  const std::string fields =
      R"({"group":"0123456789abcdef","kind":"shared",)"
      R"("first":{"id":123456789012345678901,"begin":7,"end":9},)"
      R"("members":[{"id":"a/b","begin":5,"end":70},)"
      R"({"id":123456789012345678901,"begin":7,"end":9}])";
  EXPECT_EQ(PassageGroupLine(group, ""), fields + "}\n");
  EXPECT_EQ(PassageGroupLine(group, "byte"), fields + R"(,"offsets":"byte"})"
                                                      "\n");
}

AnnotatedSide SideOf(const std::string& source, uint64_t begin) {
  AnnotatedSide side;
  side.source = source;
  side.begin = begin;
  side.end = begin + 4;
  side.exact = "it\nis";
  side.prefix = "so \"";
  side.suffix = ".";
  return side;
}

// As the W3C's data model has it: a body and a target, each a source and where
// in it, by position and by quotation.
TEST(PassageRecordsTest, Annotation) {
  const std::string line =
      AnnotationLine(SomeRecord(), SideOf("https://x.example/1", 5),
                     SideOf("urn:wirecopy:document:7", 0));
  EXPECT_THAT(line, MatchesRegex("[^\n]*\n"));
  rapidjson::Document found;
  found.Parse(line.c_str());
  ASSERT_TRUE(found.IsObject());
  EXPECT_STREQ(found["@context"].GetString(),
               "http://www.w3.org/ns/anno.jsonld");
  EXPECT_STREQ(found["type"].GetString(), "Annotation");
  EXPECT_STREQ(found["motivation"].GetString(), "linking");
  EXPECT_THAT(found["id"].GetString(),
              MatchesRegex("urn:wirecopy:passage:0123456789abcdef-"
                           "[0-9a-f]{16}-[0-9a-f]{16}"));
  EXPECT_EQ(found["wirecopy:words"].GetInt(), 12);
  EXPECT_EQ(found["wirecopy:identity"].GetDouble(), 0.8);
  EXPECT_STREQ(found["wirecopy:kind"].GetString(), "copy");
  EXPECT_STREQ(found["wirecopy:group"].GetString(), "0123456789abcdef");
  rapidjson::Document side;
  side.Parse(R"({"type":"SpecificResource","source":"https://x.example/1",
      "selector":[
        {"type":"TextPositionSelector","start":5,"end":9},
        {"type":"TextQuoteSelector","exact":"it\nis","prefix":"so \"",
         "suffix":"."}]})");
  EXPECT_TRUE(found["body"] == side);
  side["source"].SetString("urn:wirecopy:document:7");
  side["selector"][0]["start"].SetInt(0);
  side["selector"][0]["end"].SetInt(4);
  EXPECT_TRUE(found["target"] == side);
}

// Those of one group are told apart by their places, also where documents have
// one address.
TEST(PassageRecordsTest, AnnotationsHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const DocumentId& id : {DocumentId{false, "7"}, DocumentId{true, "7"}}) {
    for (const uint64_t begin : {0, 50}) {
      for (const bool is_a : {true, false}) {
        PassageRecord record = SomeRecord();
        (is_a ? record.a : record.b) = {id, begin, begin + 9};
        rapidjson::Document found;
        found.Parse(
            AnnotationLine(record, SideOf("u:1", begin), SideOf("u:1", begin))
                .c_str());
        names.insert(found["id"].GetString());
      }
    }
  }
  EXPECT_EQ(names.size(), 8U);
}

PassagesRunStats SomeStats() {
  PassagesRunStats stats;
  stats.read = 1234567;
  stats.documents = 1234566;
  stats.rejected = 1;
  stats.bytes = 2500000000;
  stats.candidates = 5000;
  stats.pairs = 4000;
  stats.passages = 6000;
  stats.groups = 1;
  stats.copies = 5000;
  stats.quotations = 400;
  stats.shared = 300;
  stats.boilerplate = 200;
  stats.self = 100;
  stats.all_pairs = true;
  stats.most_documents = 1500;
  stats.invalid_utf8 = 2;
  stats.first_rejection = "in.jsonl:7: no";
  stats.seconds = 5;
  return stats;
}

constexpr const char* kFields =
    R"("version":"1.2.3","read":1234567,"documents":1234566,"rejected":1,)"
    R"("bytes":2500000000,"candidates":5000,"pairs":4000,"passages":6000,)"
    R"("kinds":{"copy":5000,"quotation":400,"shared":300,)"
    R"("boilerplate":200,"self":100},"groups":1,"all_pairs":true,)"
    R"("most_documents":1500,"capped_fingerprints":0,"invalid_utf8":2,)"
    R"("unreadable_dates":0,"unused_metadata":0,)"
    R"("documents_with_metadata":0,"repeated_inputs":0,"seconds":5.0})"
    "\n";

TEST(PassageRecordsTest, Stats) {
  EXPECT_EQ(PassagesStatsLine(SomeStats(), "1.2.3"),
            std::string("{") + kFields);
}

TEST(PassageRecordsTest, Events) {
  EXPECT_EQ(PassagesEvents(SomeStats(), "1.2.3"),
            R"({"level":"warning","event":"rejected","count":1,)"
            R"("first":"in.jsonl:7: no"})"
            "\n"
            R"({"level":"warning","event":"invalid_utf8","count":2})"
            "\n"
            R"({"level":"info","event":"summary",)" +
                std::string(kFields));
}

TEST(PassageRecordsTest, Summary) {
  PassagesRunStats stats = SomeStats();
  const std::string text = PassagesSummary(stats);
  EXPECT_THAT(text,
              HasSubstr("  5,000 pairs aligned, 4,000 share 6,000 passages in "
                        "1 group\n"
                        "  copy 5,000, quotation 400, shared 300, boilerplate "
                        "200, self 100\n"));
  EXPECT_THAT(text, Not(HasSubstr("--max-frequency")));
  stats.capped_fingerprints = 1;
  EXPECT_THAT(PassagesSummary(stats),
              HasSubstr("  1 fingerprint of more than 1,500 documents paired "
                        "in longer runs alone (--max-frequency)\n"));
}

}  // namespace
}  // namespace wirecopy
