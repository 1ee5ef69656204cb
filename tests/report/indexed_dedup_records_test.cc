#include "report/indexed_dedup_records.h"

#include <gtest/gtest.h>

#include <vector>

namespace wirecopy {
namespace {

TEST(IndexedDedupRecordsTest, AnnotatesSpans) {
  const DocumentId id = {false, "a\"b"};
  const DocumentId other = {true, "12"};
  const DocumentId third = {false, "12"};
  EXPECT_EQ(AnnotationLine(id, {}, {}, ""),
            "{\"id\":\"a\\\"b\",\"attributes\":{\"wirecopy__passages\":[],"
            "\"wirecopy__cuts\":[]},\"others\":[]}\n");
  const std::vector<SeenSpanRecord> spans = {{3, 17, 0.75, &other},
                                             {20, 41, 1, &third}};
  EXPECT_EQ(AnnotationLine(other, spans, {{{3, 9, 1, &other}}}, "byte"),
            "{\"id\":12,\"attributes\":{\"wirecopy__passages\":"
            "[[3,17,0.75],[20,41,1.0]],\"wirecopy__cuts\":[[3,9,1.0]]},"
            "\"others\":[12,\"12\"],\"offsets\":\"byte\"}\n");
}

TEST(IndexedDedupRecordsTest, TellsFigures) {
  IndexedDedupStats stats;
  stats.read = 12;
  stats.kept = 8;
  stats.removed = 3;
  stats.removed_by_passages = 1;
  stats.rejected = 1;
  stats.documents = 40;
  stats.seconds = 2;
  EXPECT_EQ(IndexedDedupStatsLine(stats, "1.2"),
            R"({"version":"1.2","read_only":false,"read":12,"kept":8,)"
            R"("removed":3,"removed_by_passages":1,"rejected":1,"bytes":0,)"
            R"("present":0,"revision":0,"documents_with_spans":0,"spans":0,)"
            R"("documents":40,"invalid_utf8":0,"unreadable_dates":0,)"
            R"("unused_metadata":0,"documents_with_metadata":0,)"
            R"("repeated_inputs":0,"seconds":2.0})"
            "\n");
  stats.rejected = 0;
  EXPECT_EQ(IndexedDedupSummary(stats),
            "12 documents read, 0.0 MB in 2.00 s (0 MB/s)\n"
            "  8 kept, 3 removed, 1 of them by passages\n"
            "  the index holds 40 documents\n");
  stats.removed_by_passages = 0;
  stats.documents_with_spans = 2;
  stats.spans = 1;
  stats.present = 5;
  stats.revisions = 1;
  EXPECT_EQ(IndexedDedupSummary(stats),
            "12 documents read, 0.0 MB in 2.00 s (0 MB/s)\n"
            "  8 kept, 3 removed; 1 passage seen before in 2 of those kept\n"
            "  the index holds 40 documents; 5 were there already; 1 took the "
            "place of former texts\n");
  EXPECT_NE(IndexedDedupEvents(stats, "1.2").find("\"event\":\"summary\""),
            std::string::npos);
}

}  // namespace
}  // namespace wirecopy
