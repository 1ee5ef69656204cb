// Every verified pair, for the similarity report.

#ifndef WIRECOPY_CLUSTER_ALL_PAIRS_H_
#define WIRECOPY_CLUSTER_ALL_PAIRS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "cluster/clustering.h"
#include "lsh/candidate_keys.h"
#include "lsh/prefix_index.h"

namespace wirecopy {

struct VerifiedPair {
  uint32_t a = 0;  // a < b
  uint32_t b = 0;
  Overlap overlap;

  friend bool operator<(const VerifiedPair& x, const VerifiedPair& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  }
};

struct PairList {
  std::vector<VerifiedPair> pairs;  // sorted, twins left out
  uint64_t candidates = 0;
};

// Pairs that reach a resemblance of the threshold, among documents that are
// nobody's twin.
PairList FindResembling(const ClusterTask& task, const CandidateKeys& keys);

// The same for pairs of which one document has a share of at least the
// threshold of its set in the other. `index` holds every document that is
// nobody's twin.
PairList FindContained(const ClusterTask& task, ContainmentIndex* index);

// Calls visit with all pairs, in order, those of twins among them (whose
// overlap is given in proportion alone).
void ExpandTwins(const ClusterTask& task, const PairList& found,
                 const std::function<void(const VerifiedPair&)>& visit);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_ALL_PAIRS_H_
