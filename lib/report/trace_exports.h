// The files that a trace is written to, all but those that need more than its
// records (stats.json) or a picture of them (graph.svg, the page).

#ifndef WIRECOPY_REPORT_TRACE_EXPORTS_H_
#define WIRECOPY_REPORT_TRACE_EXPORTS_H_

#include <span>

#include "absl/status/status.h"
#include "report/text_sink.h"
#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy {

struct TraceExport {
  const char* name;  // of the file
  // Gives the file to the sink, a line or a few at a time. `graph` is the
  // records' (MakeTraceGraph). Fails where the sink does.
  absl::Status (*write)(const TraceRecords& records, const TraceGraph& graph,
                        const TextSink& sink);
};

// In the order of docs/records.md.
std::span<const TraceExport> TraceExports();

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_EXPORTS_H_
