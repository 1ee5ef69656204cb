#include "wirecopy/dedup.h"

#include <memory>

#include "base/freed_memory.h"
#include "base/status_macros.h"
#include "cluster/components.h"
#include "cluster/containment.h"
#include "cluster/star.h"
#include "engine/dedup_result.h"
#include "engine/keep_order.h"
#include "engine/match_job.h"

namespace wirecopy {
namespace {

const ClusteringBytes& BytesOf(const DedupOptions& options) {
  if (options.match.measure == Measure::kContainment) {
    return kBytesOfContainment;
  }
  return options.cluster == ClusterMethod::kStar ? kBytesOfStar
                                                 : kBytesOfComponents;
}

Clustering MakeClusters(const DedupOptions& options, MatchJob* job) {
  if (options.match.measure == Measure::kContainment) {
    const auto index = job->NewContainmentIndex();
    return ClusterByContainment(job->task(), job->scan().shingles, index.get());
  }
  return options.cluster == ClusterMethod::kStar
             ? ClusterByStar(job->task(), *job->keys())
             : ClusterByComponents(job->task(), job->keys());
}

}  // namespace

absl::StatusOr<DedupResult> Dedup(const DedupOptions& options,
                                  DocumentSource* source) {
  const bool containment = options.match.measure == Measure::kContainment;
  if (containment && options.cluster == ClusterMethod::kComponents) {
    return absl::InvalidArgumentError(
        "containment goes with star clusters: a chain of documents that "
        "contain one another proves nothing of its ends");
  }
  WIRECOPY_ASSIGN_OR_RETURN(
      std::unique_ptr<MatchJob> job,
      MatchJob::Create(options.match, BytesOf(options), source));
  WIRECOPY_RETURN_IF_ERROR(
      job->SetOrder(KeepOrder(options.keep, *source, job->scan().code_points)));
  const Clustering clusters = MakeClusters(options, job.get());
  WIRECOPY_RETURN_IF_ERROR(source->ReadError());
  WIRECOPY_RETURN_IF_ERROR(job->MemoryError());
  DedupResult result = MakeDedupResult(*job, clusters);
  job.reset();
  if (options.match.memory.bytes > 0) ReturnFreedMemory();
  return result;
}

}  // namespace wirecopy
