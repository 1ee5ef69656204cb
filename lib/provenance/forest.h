// The likeliest forest of a family, and how likely each of its arcs is.

#ifndef WIRECOPY_PROVENANCE_FOREST_H_
#define WIRECOPY_PROVENANCE_FOREST_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "provenance/candidate_parents.h"

namespace wirecopy {

struct Forest {
  std::vector<std::optional<uint32_t>> parents;  // none: a root
  // As the candidates are; and of having no parent.
  std::vector<std::vector<double>> probabilities;
  std::vector<double> root_probabilities;

  // Whether `node` is `top` or below it. O(depth).
  bool IsBelow(uint32_t node, uint32_t top) const;
};

// The texts of each tree, by rising root; those of a tree by number.
// O(texts * depth).
std::vector<std::vector<uint32_t>> TreesOf(const Forest& forest);

// The share of the forests that give the child this parent; null where it is no
// candidate.
double* ShareOf(const CandidateTable& table, uint32_t child, uint32_t parent,
                Forest* forest);

// Gives the child another one of its candidates for a parent; the share that
// the one before it had, or none, is the new one's.
void ReplaceParent(const CandidateTable& table, uint32_t child, uint32_t parent,
                   Forest* forest);

// Makes a copy a root after all, of which nobody is surer than of a tossed
// coin.
void MakeRoot(uint32_t child, Forest* forest);

// `roots`: the weight of having no parent, in nats as the candidates' totals.
// Families of up to kMostDense texts get their marginals over all forests, in
// O(n^3), and the forest that has the most arcs right, on average; larger ones
// the heaviest forest, and what it tells of its arcs (tree_shares.h).
inline constexpr size_t kMostDense = 700;
Forest ChooseForest(const CandidateTable& table, std::span<const double> roots);

// Chooses the parents anew, after the probabilities were changed: the forest
// that has the most arcs right, on average.
void ChooseParents(const CandidateTable& table, std::span<const double> roots,
                   Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_FOREST_H_
