// Star clusters: every removed document reaches the threshold with the one
// that is kept for it, and no two kept ones do.

#ifndef WIRECOPY_CLUSTER_STAR_H_
#define WIRECOPY_CLUSTER_STAR_H_

#include "cluster/clustering.h"
#include "lsh/candidate_keys.h"

namespace wirecopy {

// Takes documents in keep order: one is removed for the most similar document
// kept so far (the earlier where two are equally so) if that reaches the
// threshold, else kept; a twin shares the fate of the first of its kind. Only
// kept documents are filed, so that the size of a cluster costs no more than
// its number.
Clustering ClusterByStar(const ClusterTask& task, CandidateKeys* keys);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_STAR_H_
