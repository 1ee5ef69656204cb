// From a trace to the plain records that all its outputs are made from.

#ifndef WIRECOPY_CLI_TRACE_VIEW_H_
#define WIRECOPY_CLI_TRACE_VIEW_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "io/corpus.h"
#include "report/trace_records.h"
#include "wirecopy/trace.h"

namespace wirecopy::cli {

// Reads the documents that share something again. Places are in `unit`. The
// trace was made with `options`; what is equal within passages is there where
// they keep runs. Errors: the corpus's.
absl::StatusOr<TraceRecords> MakeTraceRecords(const Corpus& corpus,
                                              const TraceOptions& options,
                                              OffsetUnit unit,
                                              const TraceResult& trace);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_TRACE_VIEW_H_
