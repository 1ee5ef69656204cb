// The heaviest way to give every node but one a parent, without cycles
// (Edmonds 1967; with heaps that merge, Tarjan 1977; unfolded as by Camerini,
// Fratta, Maffioli 1979).

#ifndef WIRECOPY_PROVENANCE_ARBORESCENCE_H_
#define WIRECOPY_PROVENANCE_ARBORESCENCE_H_

#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

struct WeightedArc {
  uint32_t parent = 0;
  uint32_t child = 0;
  double weight = 0;  // finite
};

// The parent of each of the `nodes` nodes; of `root` itself `root`. The arcs
// must hold one from the root to every other node. Among equals the arc that
// comes first. O(E log E).
std::vector<uint32_t> MaximumArborescence(uint32_t nodes, uint32_t root,
                                          std::span<const WeightedArc> arcs);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_ARBORESCENCE_H_
