// Traces documents that may be a part of a corpus.

#ifndef WIRECOPY_ENGINE_TRACE_PART_H_
#define WIRECOPY_ENGINE_TRACE_PART_H_

#include "absl/status/statusor.h"
#include "engine/corpus_facts.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// As Trace, with options that are valid. `corpus` is null where the source is
// all of it. Errors besides: InvalidArgument where it knows of another number
// of documents.
absl::StatusOr<TraceResult> TracePart(const TraceOptions& options,
                                      const CorpusFacts* corpus,
                                      DocumentSource* source);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_TRACE_PART_H_
