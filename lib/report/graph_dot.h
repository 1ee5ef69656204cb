// The graph of documents in Graphviz's language.

#ifndef WIRECOPY_REPORT_GRAPH_DOT_H_
#define WIRECOPY_REPORT_GRAPH_DOT_H_

#include "absl/status/status.h"
#include "report/text_sink.h"
#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy {

// Arrows go from source to copy, the thicker the more words, coloured by
// relation; lines without an arrow have no direction, and are dashed where
// nobody knows it. Labels show titles, or ids, without control characters and
// marks of direction, cut where they are long.
absl::Status WriteDot(const TraceRecords& records, const TraceGraph& graph,
                      const TextSink& sink);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_GRAPH_DOT_H_
