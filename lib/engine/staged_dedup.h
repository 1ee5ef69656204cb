// De-duplication whose work is kept as it is done: docs/stages.md.

#ifndef WIRECOPY_ENGINE_STAGED_DEDUP_H_
#define WIRECOPY_ENGINE_STAGED_DEDUP_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/parted_source.h"
#include "engine/stages.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

// What may be done in stages: resemblance by bands, with stars.
// InvalidArgument for anything else.
absl::Status ValidateForStages(const DedupOptions& options);

// As Dedup does it, from what `stages` has, and with what is missing of it that
// is this process's: all of it, or, of a merge, nothing. Texts of every
// document can be read afterwards.
absl::StatusOr<DedupResult> DedupInStages(const DedupOptions& options,
                                          PartedSource* source, Stages* stages);

// A shard of a stage before the merge.
absl::Status DoShard(const DedupOptions& options, const StageTask& task,
                     PartedSource* source, Stages* stages);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_STAGED_DEDUP_H_
