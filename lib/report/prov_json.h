// What was made from what, as PROV-JSON (W3C member submission, 2013).

#ifndef WIRECOPY_REPORT_PROV_JSON_H_
#define WIRECOPY_REPORT_PROV_JSON_H_

#include "absl/status/status.h"
#include "report/text_sink.h"
#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy {

// Documents and absent sources are entities, attributed to publishers. The
// graph's derivations are there, and no more: PROV has no words for what is
// undecided. As PROV-DM has it, all are wasDerivedFrom and their type says
// which: prov:Quotation where a part was taken, prov:Revision for a publisher's
// own other version, prov:PrimarySource from a copy to the root of its family.
absl::Status WriteProvJson(const TraceRecords& records, const TraceGraph& graph,
                           const TextSink& sink);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_PROV_JSON_H_
