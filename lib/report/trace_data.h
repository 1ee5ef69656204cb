// What the page of a trace holds for its script, as JSON within HTML.

#ifndef WIRECOPY_REPORT_TRACE_DATA_H_
#define WIRECOPY_REPORT_TRACE_DATA_H_

#include <string>

#include "report/trace_records.h"
#include "wirecopy/document.h"

namespace wirecopy {

// Three arrays or objects of JSON, so that a browser parses what it needs when
// it needs it. They may stand in a script element: no "<" is in them. Offsets
// count UTF-16 units, as the language of the script does.
struct TraceData {
  std::string index;  // documents, edges, families, publishers
  std::string texts;  // by document
  std::string pairs;  // by edge: evidence and passages
};

TraceData MakeTraceData(const TraceRecords& records);

// What a link within the page calls a document: its id, as encodeURIComponent
// would write it. A string that could be an integer, or looks quoted, is
// quoted, so that no two ids have the same name.
std::string DocumentFragment(const DocumentId& id);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_DATA_H_
