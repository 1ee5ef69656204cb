// Cuts a walk over documents into batches that know nothing of one another.

#ifndef WIRECOPY_CLUSTER_WALK_BATCHES_H_
#define WIRECOPY_CLUSTER_WALK_BATCHES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "lsh/buckets.h"

namespace wirecopy {

struct WalkBatch {
  std::vector<uint32_t> documents;  // in the walk's order
  uint64_t cost = 0;
  bool has_hubs = false;  // one batch has all that are in any hub
};

// Batches of about `target` of the documents' costs: documents that a bucket,
// or any hubs, connect, by however many steps, come into one, which may then be
// larger by any amount. In the order of their first documents. Each document of
// the walk is in a bucket. Near linear (Tarjan 1975); 20 bytes for each
// document of the walk while it works, and 4 for each bucket.
std::vector<WalkBatch> MakeWalkBatches(const Buckets& buckets,
                                       std::span<const uint32_t> walk,
                                       std::span<const uint32_t> costs,
                                       uint64_t target);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_WALK_BATCHES_H_
