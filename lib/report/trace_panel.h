// The layout of one panel of a trace's graph.

#ifndef WIRECOPY_REPORT_TRACE_PANEL_H_
#define WIRECOPY_REPORT_TRACE_PANEL_H_

#include <cstddef>
#include <vector>

#include "report/trace_layout.h"
#include "report/trace_links.h"
#include "report/trace_records.h"

namespace wirecopy {

// Of every place in the graph: the most arrows that lead to it, one behind the
// other; 0 for those that are in a circle, or behind one.
std::vector<int> DepthsOf(size_t places, const TraceLinks& links);

// What is laid out.
struct DrawnTrace {
  const TraceRecords& records;
  const TraceLinks& links;
  const std::vector<int>& depths;  // DepthsOf
};

// Adds a panel with the nodes of a group, as if it stood at 0, 0.
void LayOutPanel(const DrawnTrace& drawn, const TraceGroup& group,
                 TraceLayout* layout);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_PANEL_H_
