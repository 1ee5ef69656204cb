// A trace as a page for a browser.

#ifndef WIRECOPY_REPORT_TRACE_PAGE_H_
#define WIRECOPY_REPORT_TRACE_PAGE_H_

#include <string>

#include "report/trace_excerpt.h"
#include "report/trace_records.h"

namespace wirecopy {

struct TracePageOptions {
  std::string title = "Who copied whom";
  TraceLimits limits;
};

// One file of HTML that needs no other and fetches none: a summary, the graph,
// pairs of texts with their passages and evidence, families, and tables. What
// is in the documents is shown and not obeyed: the page's policy lets no script
// and no style run but its own. Summary and graph need no script.
std::string TracePage(const TraceRecords& records,
                      const TracePageOptions& options);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_PAGE_H_
