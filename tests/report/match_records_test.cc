// The records as pipelines read them, to the byte, and the summaries as people
// do.

#include "report/match_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "wirecopy/names.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const DocumentId kText{false, "a/b"};
const DocumentId kNumber{true, "123456789012345678901"};

TEST(MatchRecordsTest, Removed) {
  EXPECT_EQ(RemovedLine({&kText, &kNumber, 0.875}, "jaccard"),
            "{\"id\":\"a/b\",\"kept\":123456789012345678901,"
            "\"similarity\":0.875,\"measure\":\"jaccard\",\"cluster\":\"" +
                ClusterName(kNumber) + "\"}\n");
}

TEST(MatchRecordsTest, Clusters) {
  EXPECT_EQ(ClusterLine({kText, {kNumber, kText}, {0.9, 1}}),
            "{\"cluster\":\"" + ClusterName(kText) +
                "\",\"kept\":\"a/b\","
                "\"members\":[123456789012345678901,\"a/b\"]}\n");
}

TEST(MatchRecordsTest, PairsRejectsAndTexts) {
  EXPECT_EQ(PairLine({&kText, &kNumber, 0.5, 0.75, 1}),
            "{\"a\":\"a/b\",\"b\":123456789012345678901,\"jaccard\":0.5,"
            "\"containment_a\":0.75,\"containment_b\":1.0}\n");
  EXPECT_EQ(RejectLine({"in.jsonl", 7, "no field \"text\""}),
            "{\"file\":\"in.jsonl\",\"line\":7,"
            "\"reason\":\"no field \\\"text\\\"\"}\n");
  TextDocument document;
  document.id = &kText;
  document.path = "f/a/b.txt";
  document.text = "one\r\ntwo";
  EXPECT_EQ(TextDocumentLine(document),
            R"({"id":"a/b","path":"f/a/b.txt","text":"one\r\ntwo"})"
            "\n");
  document.published = "2020-01-02";
  document.publisher = "P";
  document.url = "u";
  document.title = "t";
  EXPECT_EQ(TextDocumentLine(document),
            R"({"id":"a/b","path":"f/a/b.txt","published":"2020-01-02",)"
            R"("publisher":"P","url":"u","title":"t","text":"one\r\ntwo"})"
            "\n");
}

RunStats SomeStats() {
  RunStats stats;
  stats.parameters = {0.8, "jaccard", false, 0.999,  "word",   5,
                      42,  20,        6,     "star", "longest"};
  stats.read = 1234567;
  stats.kept = 1000000;
  stats.removed = 234566;
  stats.rejected = 1;
  stats.bytes = 2500000000;
  stats.candidates = 1000;
  stats.verified_pairs = 999;
  stats.clusters = 1;
  stats.largest_cluster = 234567;
  stats.expected_recall = 0.99925;
  stats.invalid_utf8 = 2;
  stats.unreadable_dates = 1;
  stats.first_unreadable_date = "\"soon\"; write it as a date";
  stats.unused_metadata = 3;
  stats.has_metadata = true;
  stats.metadata_rows = 9;
  stats.metadata_documents = 7;
  stats.metadata_examples = "a row without a document: \"x\"";
  stats.unread_columns = "\"date\"";
  stats.repeated_inputs = 1;
  stats.first_repeated = "b.txt is the file a.txt";
  stats.first_rejection = "in.jsonl:7: no";
  stats.seconds = 5;
  return stats;
}

TEST(MatchRecordsTest, StatsOfBands) {
  EXPECT_EQ(
      StatsLine(SomeStats(), "1.2.3"),
      R"({"version":"1.2.3","parameters":{"threshold":0.8,)"
      R"("measure":"jaccard","exact":false,"recall":0.999,"bands":20,"rows":6,)"
      R"("cluster":"star","keep":"longest","shingle_unit":"word",)"
      R"("shingle_size":5,"seed":42},"read":1234567,"kept":1000000,)"
      R"("removed":234566,"rejected":1,"bytes":2500000000,"candidates":1000,)"
      R"("verified_pairs":999,"clusters":1,"largest_cluster":234567,)"
      R"("expected_recall":0.99925,"invalid_utf8":2,"unreadable_dates":1,"unused_metadata":3,)"
      R"("documents_with_metadata":7,"repeated_inputs":1,)"
      R"("seconds":5.0})"
      "\n");
}

TEST(MatchRecordsTest, StatsOfAnExactJoinForPairs) {
  RunStats stats;
  stats.parameters.measure = "containment";
  stats.parameters.exact = true;
  const std::string line = StatsLine(stats, "1");
  EXPECT_THAT(line, HasSubstr(R"("exact":true,"shingle_unit")"));
  for (const char* absent :
       {"bands", "rows", "recall\":0.", "keep\":\"", "cluster\":\""}) {
    EXPECT_THAT(line, Not(HasSubstr(absent)));
  }
}

TEST(MatchSummaryTest, MetadataThatGoWithNothingAreLoud) {
  InputFigures figures;
  figures.has_metadata = true;
  figures.metadata_rows = figures.unused_metadata = 2;
  figures.read = 3;
  EXPECT_EQ(InputWarnings(figures),
            "  WARNING: the metadata do not go with the documents: 0 of 2 rows "
            "used, for 0 of 3 documents\n");
  figures.metadata_rows = figures.unused_metadata = 0;
  EXPECT_EQ(InputWarnings(figures),
            "  WARNING: the table of metadata has no rows\n");
  figures.has_metadata = false;
  EXPECT_EQ(InputWarnings(figures), "");
}

TEST(MatchSummaryTest, Dedup) {
  const DocumentId long_id{false, std::string(59, 'x') + "\u00E9tail"};
  const std::vector<DocumentId> others = {{false, "b"}, {false, "c"},
                                          {false, "d"}, {false, "e"},
                                          {false, "f"}, {false, "g"}};
  ClusterRecord large{kText, {}, {}, 0};
  for (const DocumentId& other : others) {
    large.members.push_back(other);
    large.similarities.push_back(0.8125);
  }
  large.members.insert(large.members.begin() + 1, kText);
  large.similarities.insert(large.similarities.begin() + 1, 1);
  const ClusterRecord small{kNumber, {kNumber, long_id}, {1, 0.9996}, 0};
  EXPECT_EQ(DedupSummary(SomeStats(), {large, small}),
            "1,234,567 documents read, 2500.0 MB in 5.00 s (500 MB/s)\n"
            "  1 input left out, read before: b.txt is the file a.txt\n"
            "  1 record rejected (--rejects FILE lists them); the first:\n"
            "    in.jsonl:7: no\n"
            "  2 ill-formed pieces of text read as U+FFFD\n"
            "  1 date could not be read; the first:\n"
            "    \"soon\"; write it as a date\n"
            "  metadata: 6 of 9 rows used, for 7 of 1,234,566 documents\n"
            "    a row without a document: \"x\"\n"
            "    columns that mean nothing here: \"date\" (id, published, "
            "publisher, url and title do)\n"
            "  1,000,000 kept, 234,566 removed in 1 cluster\n"
            "  jaccard of at least 0.8, 5-word shingles, 20 bands of 6: finds "
            "99.92 % of pairs at the threshold\n"
            "  1,000 pairs compared, 999 verified\n"
            "largest clusters, with each document's similarity to the one "
            "kept:\n"
            "  7 documents, kept a/b\n"
            "    0.812  b\n    0.812  c\n    0.812  d\n    0.812  e\n"
            "    and 2 more\n"
            "  2 documents, kept 123456789012345678901\n"
            "    1.000  " +
                std::string(59, 'x') + "...\n");
}

TEST(MatchSummaryTest, PairsOfAnExactJoin) {
  RunStats stats;
  stats.parameters = {0.75, "containment", true, 0, "char", 9, 0, 0, 0, "", ""};
  stats.read = 1;
  stats.bytes = 100;
  stats.seconds = 0.5;
  stats.candidates = 1;
  EXPECT_EQ(PairsSummary(stats),
            "1 document read, 0.0 MB in 0.50 s (0 MB/s)\n"
            "  containment of at least 0.75, 9-char shingles, exact join: "
            "finds every pair\n"
            "  1 pair compared, 0 verified\n");
}

}  // namespace
}  // namespace wirecopy
