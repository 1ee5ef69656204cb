// Connected components: all documents that a chain of verified pairs joins.

#ifndef WIRECOPY_CLUSTER_COMPONENTS_H_
#define WIRECOPY_CLUSTER_COMPONENTS_H_

#include "cluster/clustering.h"
#include "lsh/candidate_keys.h"

namespace wirecopy {

// About 36 bytes a document and 14 a key that it is filed under.
inline constexpr ClusteringBytes kBytesOfComponents = {36, 14};

// Keeps the first in keep order of each component. A removed document may be
// far from the kept one; its overlap says how far.
Clustering ClusterByComponents(const ClusterTask& task, CandidateKeys* keys);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_COMPONENTS_H_
