// What a trace found, in words: the head of its page.

#ifndef WIRECOPY_REPORT_TRACE_SUMMARY_H_
#define WIRECOPY_REPORT_TRACE_SUMMARY_H_

#include <string>

#include "report/trace_excerpt.h"
#include "report/trace_records.h"

namespace wirecopy {

// HTML, with links to what the page shows: counts of the whole trace, examples
// from the excerpt.
std::string TraceSummaryHtml(const TraceRecords& all,
                             const TraceExcerpt& excerpt);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_SUMMARY_H_
