// The graph of a trace as SVG.

#ifndef WIRECOPY_REPORT_TRACE_SVG_H_
#define WIRECOPY_REPORT_TRACE_SVG_H_

#include <string>

#include "report/trace_excerpt.h"
#include "report/trace_layout.h"
#include "report/trace_links.h"
#include "report/trace_records.h"

namespace wirecopy {

// What stands in the element, without indirect links and those between panels,
// which would hide all else. Nodes, arrows and panels say in data-d, data-s,
// data-e and data-f which document, absent source, edge and families they are;
// arrows have their ends' places in data-from and data-to.
void AppendTraceGraph(const TraceRecords& records, const TraceLinks& links,
                      const TraceLayout& layout, std::string* out);

// A file of its own, for light and dark, with a legend; says what it leaves
// out.
std::string TraceSvg(const TraceRecords& records, const TraceLimits& limits);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_SVG_H_
