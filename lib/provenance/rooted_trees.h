// Which text of a tree is its root, where no clock tells. Most copies are made
// from the root itself: among the trees that describe a family, those in which
// the root has many copies are the likelier ones.

#ifndef WIRECOPY_PROVENANCE_ROOTED_TREES_H_
#define WIRECOPY_PROVENANCE_ROOTED_TREES_H_

#include <span>
#include <vector>

#include "provenance/candidate_parents.h"
#include "provenance/forest.h"

namespace wirecopy {

// The weight of having no parent, in nats, by text: what a parent would `save`
// is lost, and whoever describes the others cheaply is likely the root.
std::vector<double> RootWeights(const CandidateTable& table,
                                std::span<const double> saved);

// Puts the marginals of every tree of the forest over all its rootings in the
// place of those that it has: each text of the tree in turn is the root, and
// counts by the weight of all the trees below it (matrix-tree theorem), to
// which being a root adds its weight in `roots`, and each copy of it `nats`.
// Large trees try the likeliest roots alone, those of more than kMostDense
// texts the rootings of the tree as it is (tree_shares.h). O(roots * texts^3)
// by tree.
void WeighRoots(const CandidateTable& table, std::span<const double> roots,
                double nats, Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_ROOTED_TREES_H_
