// The records of a trace as lines of JSON; docs/records.md says what each
// field means.

#ifndef WIRECOPY_REPORT_TRACE_LINES_H_
#define WIRECOPY_REPORT_TRACE_LINES_H_

#include <string>

#include "report/trace_records.h"

namespace wirecopy {

// Of passages.jsonl, edges.jsonl, lineage.jsonl and publishers.jsonl. `passage`
// and `edge` are of `records`; `document` is one of its documents, with a
// lineage.
std::string TracePassageLine(const TraceRecords& records,
                             const TracePassageRecord& passage);
std::string TraceEdgeLine(const TraceRecords& records,
                          const TraceEdgeRecord& edge);
std::string TraceLineageLine(const TraceRecords& records,
                             const TraceDocumentRecord& document);
std::string TracePublisherLine(const TracePublisherRecord& publisher);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_LINES_H_
