#include "report/trace_exports.h"

#include "base/status_macros.h"
#include "report/graph_csv.h"
#include "report/graph_dot.h"
#include "report/graphml.h"
#include "report/prov_json.h"
#include "report/schema_jsonld.h"
#include "report/trace_lines.h"

namespace wirecopy {
namespace {

absl::Status WritePassages(const TraceRecords& records,
                           const TraceGraph& /*graph*/, const TextSink& sink) {
  for (const TracePassageRecord& passage : records.passages) {
    WIRECOPY_RETURN_IF_ERROR(sink(TracePassageLine(records, passage)));
  }
  return absl::OkStatus();
}

absl::Status WriteEdges(const TraceRecords& records,
                        const TraceGraph& /*graph*/, const TextSink& sink) {
  for (const TraceEdgeRecord& edge : records.edges) {
    WIRECOPY_RETURN_IF_ERROR(sink(TraceEdgeLine(records, edge)));
  }
  return absl::OkStatus();
}

absl::Status WriteLineage(const TraceRecords& records,
                          const TraceGraph& /*graph*/, const TextSink& sink) {
  for (const TraceDocumentRecord& document : records.documents) {
    if (!document.lineage) continue;
    WIRECOPY_RETURN_IF_ERROR(sink(TraceLineageLine(records, document)));
  }
  return absl::OkStatus();
}

absl::Status WritePublishers(const TraceRecords& records,
                             const TraceGraph& /*graph*/,
                             const TextSink& sink) {
  for (const TracePublisherRecord& publisher : records.publishers) {
    WIRECOPY_RETURN_IF_ERROR(sink(TracePublisherLine(publisher)));
  }
  return absl::OkStatus();
}

constexpr TraceExport kExports[] = {
    {"passages.jsonl", WritePassages},
    {"edges.jsonl", WriteEdges},
    {"lineage.jsonl", WriteLineage},
    {"publishers.jsonl", WritePublishers},
    {"graph.graphml", WriteGraphMl},
    {"graph.dot", WriteDot},
    {"nodes.csv", WriteNodesCsv},
    {"edges.csv",
     [](const TraceRecords& /*records*/, const TraceGraph& graph,
        const TextSink& sink) { return WriteEdgesCsv(graph, sink); }},
    {"publishers.graphml",
     [](const TraceRecords& records, const TraceGraph& /*graph*/,
        const TextSink& sink) { return WritePublisherGraphMl(records, sink); }},
    {"publishers.csv",
     [](const TraceRecords& records, const TraceGraph& /*graph*/,
        const TextSink& sink) { return WritePublishersCsv(records, sink); }},
    {"prov.json", WriteProvJson},
    {"schema.jsonld", WriteSchemaJsonLd},
};

}  // namespace

std::span<const TraceExport> TraceExports() { return kExports; }

}  // namespace wirecopy
