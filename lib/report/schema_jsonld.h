// What is based on what, in schema.org's words, as JSON-LD 1.1 (W3C, 2020).

#ifndef WIRECOPY_REPORT_SCHEMA_JSONLD_H_
#define WIRECOPY_REPORT_SCHEMA_JSONLD_H_

#include "absl/status/status.h"
#include "report/text_sink.h"
#include "report/trace_graph.h"
#include "report/trace_records.h"

namespace wirecopy {

// A NewsArticle a document, a CreativeWork an absent source, named by their
// URNs, since two documents may have one address. isBasedOn are the graph's
// derivations, except that who quotes is not based on whom he quotes.
absl::Status WriteSchemaJsonLd(const TraceRecords& records,
                               const TraceGraph& graph, const TextSink& sink);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_SCHEMA_JSONLD_H_
