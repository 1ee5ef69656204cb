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

// `roots`: the weight of having no parent, in nats as the candidates' totals.
// Families of up to kMostDense texts get their marginals over all forests, in
// O(n^3); larger ones each child's own shares.
inline constexpr size_t kMostDense = 700;
Forest ChooseForest(const CandidateTable& table, std::span<const double> roots);

// Chooses the parents anew, after the probabilities were changed: the forest
// that has the most arcs right, on average.
void ChooseParents(const CandidateTable& table, std::span<const double> roots,
                   Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_FOREST_H_
