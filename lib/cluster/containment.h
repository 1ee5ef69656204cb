// Removing what another document contains.

#ifndef WIRECOPY_CLUSTER_CONTAINMENT_H_
#define WIRECOPY_CLUSTER_CONTAINMENT_H_

#include "cluster/clustering.h"
#include "lsh/prefix_index.h"

namespace wirecopy {

// About so many bytes a document, and none a key before it is filed.
inline constexpr ClusteringBytes kBytesOfContainment = {56, 0};

// Every removed document has a share of at least the threshold of its own set
// in the one kept for it. A larger document is never removed for a smaller one
// unless each contains the other; then keep order decides, as long as
// whatever was removed for the one is contained in the other too. Where that
// fails, the larger stays: proof goes before preference.
//
// `sizes` are the numbers of distinct shingles; `index` is empty, and holds all
// documents that are nobody's twins, or as many at a time as memory has room
// for: then what is kept is read once more for each time.
Clustering ClusterByContainment(const ClusterTask& task,
                                std::span<const uint32_t> sizes,
                                ContainmentIndex* index);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_CONTAINMENT_H_
