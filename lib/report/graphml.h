// Graphs as GraphML (graphml.graphdrawing.org), for Gephi, NetworkX, Cytoscape
// and their like.

#ifndef WIRECOPY_REPORT_GRAPHML_H_
#define WIRECOPY_REPORT_GRAPHML_H_

#include "absl/status/status.h"
#include "report/text_sink.h"
#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy {

// The graph of documents. Programs disagree about files in which some edges
// are directed and some are not (NetworkX refuses them): an edge without a
// direction is two, there and back, that say "directed" is false.
absl::Status WriteGraphMl(const TraceRecords& records, const TraceGraph& graph,
                          const TextSink& sink);

// The graph of publishers, all of it directed.
absl::Status WritePublisherGraphMl(const TraceRecords& records,
                                   const TextSink& sink);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_GRAPHML_H_
