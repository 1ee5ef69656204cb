// What a job's clusters mean for its documents.

#ifndef WIRECOPY_ENGINE_DEDUP_RESULT_H_
#define WIRECOPY_ENGINE_DEDUP_RESULT_H_

#include "cluster/clustering.h"
#include "engine/match_job.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

inline DedupResult MakeDedupResult(const MatchJob& job,
                                   const Clustering& clusters) {
  DedupResult result;
  const auto count = static_cast<uint32_t>(clusters.kept_of.size());
  size_t removed = 0;
  for (uint32_t d = 0; d < count; ++d) {
    removed += clusters.kept_of[d] != d ? 1 : 0;
  }
  result.removed.reserve(removed);
  for (uint32_t d = 0; d < count; ++d) {
    const uint32_t kept = clusters.kept_of[d];
    if (kept == d) continue;
    result.removed.push_back({d, kept, clusters.similarities[d]});
  }
  result.stats = job.Stats(clusters.candidates, clusters.verified_pairs);
  return result;
}

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_DEDUP_RESULT_H_
