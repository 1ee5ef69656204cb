// How likely each arc of a large forest is, going by its chosen trees alone:
// what marginals over all trees (spanning_marginals.h) are to small ones.

#ifndef WIRECOPY_PROVENANCE_TREE_SHARES_H_
#define WIRECOPY_PROVENANCE_TREE_SHARES_H_

#include <span>

#include "provenance/candidate_parents.h"
#include "provenance/forest.h"

namespace wirecopy {

// Sets the probabilities of a forest whose parents are chosen. Each text of a
// tree in turn is its root, with the arcs on the way turned round; a rooting
// counts by the weight of its arcs, to which being the root adds its weight in
// `roots`, and each copy of it `nats`. A text that the root is not below has
// its candidates by their weights, but for those that come from it: its
// distribution given the rest of the tree, as Gibbs sampling has it (Geman and
// Geman 1984). O(texts + candidates).
void TakeTreeShares(const CandidateTable& table, std::span<const double> roots,
                    double nats, Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_TREE_SHARES_H_
