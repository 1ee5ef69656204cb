// A trace as tables, with the fields of docs/records.md.

#ifndef WIRECOPY_PYTHON_TRACE_TABLES_H_
#define WIRECOPY_PYTHON_TRACE_TABLES_H_

#include "arrow_columns.h"
#include "arrow_table.h"
#include "wirecopy/trace.h"

namespace wirecopy::python {

Table TracePassageTable(const TraceResult& trace, const IdColumn& ids);
Table EdgeTable(const TraceResult& trace, const IdColumn& ids);
Table LineageTable(const TraceResult& trace, const IdColumn& ids);
Table PublisherTable(const TraceResult& trace);
// Publishers with all delays in seconds, of options that keep them: for those
// who add up parts.
Table FeedTable(const TraceResult& trace);

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_TRACE_TABLES_H_
