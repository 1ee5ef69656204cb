// The graphs as tables, with the names of columns that Gephi knows.

#ifndef WIRECOPY_REPORT_GRAPH_CSV_H_
#define WIRECOPY_REPORT_GRAPH_CSV_H_

#include "absl/status/status.h"
#include "report/text_sink.h"
#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy {

// Documents and absent sources, a row each.
absl::Status WriteNodesCsv(const TraceRecords& records, const TraceGraph& graph,
                           const TextSink& sink);

// What connects them: Directed from source to copy, or Undirected.
absl::Status WriteEdgesCsv(const TraceGraph& graph, const TextSink& sink);

// Who feeds whom.
absl::Status WritePublishersCsv(const TraceRecords& records,
                                const TextSink& sink);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_GRAPH_CSV_H_
