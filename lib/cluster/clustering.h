// What the ways of clustering share: their task, their answer, and the step
// that everything hangs on, verification.

#ifndef WIRECOPY_CLUSTER_CLUSTERING_H_
#define WIRECOPY_CLUSTER_CLUSTERING_H_

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "cluster/shingle_sets.h"
#include "wirecopy/similarity.h"

namespace wirecopy {

// Documents are numbered from 0 in input order.
struct ClusterTask {
  // All documents, the one to keep first wherever two are alike.
  std::span<const uint32_t> order;
  // rank[d]: where d stands in `order`.
  std::span<const uint32_t> rank;
  // twin_of[d]: the first in `order` of the documents whose shingle sets are
  // known to equal d's; d itself where it is the first. Such twins share one
  // fate and are compared no further.
  std::span<const uint32_t> twin_of;
  double threshold = 0.8;
  SetCache* sets = nullptr;

  bool IsTwin(uint32_t document) const { return twin_of[document] != document; }
};

// Roughly, what a way of clustering takes beside the sets at hand.
struct ClusteringBytes {
  uint64_t of_document = 0;
  uint64_t of_key = 0;  // of a document and a key that others have too
};

struct Clustering {
  explicit Clustering(size_t documents)
      : kept_of(documents), similarities(documents) {
    std::iota(kept_of.begin(), kept_of.end(), 0U);
  }

  // The document kept for each; itself where it is kept.
  std::vector<uint32_t> kept_of;
  // Of a removed document to the one kept for it, by the measure in question.
  std::vector<double> similarities;
  uint64_t candidates = 0;      // pairs compared
  uint64_t verified_pairs = 0;  // of these, pairs that reach the threshold
};

// The overlap of two sets where it reaches a resemblance of `threshold`.
inline std::optional<Overlap> VerifyResemblance(std::span<const uint64_t> a,
                                                std::span<const uint64_t> b,
                                                double threshold) {
  const size_t least = LeastShared(a.size(), b.size(), threshold);
  const Overlap overlap = IntersectAtLeast(a, b, least);
  if (overlap.shared == 0 || overlap.shared < least) return std::nullopt;
  return overlap;
}

// Gives every twin the fate of the document that it equals.
inline void FollowTwins(const ClusterTask& task, Clustering* result) {
  for (uint32_t d = 0; d < task.twin_of.size(); ++d) {
    if (!task.IsTwin(d)) continue;
    const uint32_t twin = task.twin_of[d];
    result->kept_of[d] = result->kept_of[twin];
    const bool twin_is_kept = result->kept_of[twin] == twin;
    result->similarities[d] = twin_is_kept ? 1 : result->similarities[twin];
  }
}

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_CLUSTERING_H_
