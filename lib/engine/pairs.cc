#include "wirecopy/pairs.h"

#include <memory>

#include "base/status_macros.h"
#include "cluster/all_pairs.h"
#include "cluster/star.h"
#include "engine/begin_stage.h"
#include "engine/keep_order.h"
#include "engine/match_job.h"

namespace wirecopy {

absl::StatusOr<MatchStats> FindPairs(
    const MatchOptions& options, DocumentSource* source,
    const std::function<absl::Status(const SimilarPair&)>& visit) {
  if (options.memory.bytes > 0 &&
      (options.exact || options.measure == Measure::kContainment)) {
    return absl::InvalidArgumentError(
        "for pairs a bound on memory goes with bands: an exact join holds what "
        "all documents have in common");
  }
  WIRECOPY_ASSIGN_OR_RETURN(const std::unique_ptr<MatchJob> job,
                            MatchJob::Create(options, kBytesOfStar, source));
  WIRECOPY_RETURN_IF_ERROR(job->SetOrder(
      KeepOrder(KeepPolicy::kFirst, *source, job->scan().code_points)));
  PairList found;
  if (options.measure == Measure::kContainment) {
    const auto index = job->MakeContainmentIndex();
    found = FindContained(job->task(), index.get());
  } else {
    found = FindResembling(job->task(), *job->keys());
  }
  WIRECOPY_RETURN_IF_ERROR(source->ReadError());
  WIRECOPY_RETURN_IF_ERROR(job->MemoryError());
  BeginStage(options.progress, "write");
  absl::Status status;
  uint64_t verified_pairs = 0;
  ExpandTwins(job->task(), found, [&](const VerifiedPair& pair) {
    if (!status.ok()) return;
    ++verified_pairs;
    status = visit({pair.a, pair.b, pair.overlap});
  });
  WIRECOPY_RETURN_IF_ERROR(status);
  MatchStats stats = job->Stats(found.candidates, 0);
  stats.verified_pairs = verified_pairs;
  // What equal texts have alike was compared once, and counts for each.
  stats.candidates = found.candidates + verified_pairs - found.pairs.size();
  return stats;
}

}  // namespace wirecopy
