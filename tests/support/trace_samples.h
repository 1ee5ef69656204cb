// A made-up trace, for all that is written of one: every relation, every
// status, and what texts hold to break a format.

#ifndef WIRECOPY_TESTS_SUPPORT_TRACE_SAMPLES_H_
#define WIRECOPY_TESTS_SUPPORT_TRACE_SAMPLES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "report/text_sink.h"
#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy::oracle {

// A sink that appends to a text.
inline TextSink AppendTo(std::string* out) {
  return [out](std::string_view piece) {
    out->append(piece);
    return absl::OkStatus();
  };
}

// Quotes of all formats, line ends, NUL, a mark that turns the direction of
// writing, what XML cannot hold, what spreadsheets compute.
inline std::string HostileText() {
  using std::string_literals::operator""s;
  return "=\"it's\"\r\n<&>]]>--\t\\N\\\0\x1b\x7f"s
         "\u202e\uffff\U0001F40B,;\u00e9";
}

inline TraceEdgeRecord MakeEdge(size_t a, size_t b,
                                std::optional<size_t> source,
                                std::string_view relation, uint64_t words) {
  TraceEdgeRecord edge;
  edge.a = a;
  edge.b = b;
  edge.source = source;
  edge.relation = relation;
  edge.words = words;
  edge.confidence = source ? 0.75 : 0.5;
  edge.a_coverage = 0.25;
  edge.b_coverage = 0.5;
  return edge;
}

inline TraceLineageRecord MakeLineage(size_t family, std::string_view status,
                                      std::vector<TraceParentRecord> parents,
                                      std::optional<size_t> origin) {
  TraceLineageRecord lineage;
  lineage.family = family;
  lineage.status = status;
  lineage.parents = std::move(parents);
  lineage.origin = origin;
  return lineage;
}

// Documents: 0 the root of a family, 1 and 2 its copies (2 of 0 and 1), whose
// ids are the integer 7 and the string "7"; 3 and 4 have an absent source; 5
// quotes 0 and is in no family; 6 shares with 5, and nobody knows who was
// first; 7's title and all else are hostile, and it is an update of 6.
inline TraceRecords MakeTrace() {
  TraceRecords trace;
  trace.documents_read = 9;
  const DocumentId ids[] = {
      {false, "root"}, {true, "7"},  {false, "7"},      {false, "w/1"},
      {false, "w/2"},  {true, "-5"}, {false, ".plain"}, {false, HostileText()}};
  for (const DocumentId& id : ids) {
    TraceDocumentRecord document;
    document.id = id;
    document.words = 100 + trace.documents.size();
    trace.documents.push_back(std::move(document));
  }
  std::vector<TraceDocumentRecord>& documents = trace.documents;
  documents[0].title = "Ferry aground";
  documents[0].publisher = "The Skerry";
  documents[0].url = "https://skerry.example/ferry";
  documents[0].published = absl::FromUnixSeconds(1700000000);
  documents[1].publisher = "Northern Wire";
  documents[1].published = absl::FromUnixSeconds(1700006400);  // midnight
  documents[1].published_is_uncertain = true;
  documents[2].published = absl::FromUnixSeconds(1700010000);
  documents[2].published_is_uncertain = true;
  documents[7].title = HostileText();
  documents[7].publisher = HostileText();
  documents[7].url = HostileText();
  documents[0].lineage = MakeLineage(0, "root", {}, 0);
  documents[1].lineage = MakeLineage(0, "copy", {{0, 0.875, 90}}, 0);
  documents[2].lineage =
      MakeLineage(0, "copy", {{1, 0.5, 40}, {0, 0.375, 20}}, 0);
  documents[2].lineage->runners_up = {{0, 0.25, 30}};
  documents[2].lineage->absent_confidence = 0.125;
  documents[2].lineage->clock_overruled = true;
  for (const size_t wire : {3, 4}) {
    documents[wire].lineage = MakeLineage(1, "hidden_source", {}, {});
    documents[wire].lineage->source_group = "00000000000000aa";
    documents[wire].lineage->absent_confidence = 0.625;
  }
  trace.families = {{"00000000000000f0", {0, 1, 2}, {}},
                    {"00000000000000f1", {3, 4}, {"00000000000000aa"}}};
  trace.edges = {
      MakeEdge(0, 1, 0, "republication", 90),
      MakeEdge(0, 5, 0, "quotation", 12),
      MakeEdge(1, 2, {}, "excerpt", 40),  // which the lineage decides
      MakeEdge(3, 4, {}, "common_source", 70),
      MakeEdge(5, 6, {}, "republication", 1500),
      MakeEdge(6, 7, 7, "update", 9),
  };
  trace.edges[0].evidence = {
      {"attribution", 2.5, "\"as the Skerry said\"", true},
      {"clock", -0.5, "an hour\nlater", false}};
  trace.publishers = {
      {"The Skerry", "Northern Wire", 1, 90, absl::Seconds(6400)},
      {"The Skerry", HostileText(), 2, 30, {}}};
  return trace;
}

// What a writer of the graph writes.
template <typename Writer>
std::string Written(Writer writer, const TraceRecords& trace) {
  std::string text;
  const absl::Status status =
      writer(trace, MakeTraceGraph(trace), AppendTo(&text));
  return status.ok() ? text : status.ToString();
}

// The hostile text where control characters are shown by pictures of them.
inline std::string HostileTextInXml() {
  return "=\"it's\"\r\n<&>]]>--\t\\N\\\u2400\u241b\x7f"
         "\u202e\ufffd\U0001F40B,;\u00e9";
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_TRACE_SAMPLES_H_
