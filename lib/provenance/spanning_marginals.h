// How likely each arc is in a forest that is drawn by its weight, over all
// forests: the matrix-tree theorem for directed graphs (Tutte 1948; Koo et al.
// 2007 and Smith and Smith 2007 for marginals).

#ifndef WIRECOPY_PROVENANCE_SPANNING_MARGINALS_H_
#define WIRECOPY_PROVENANCE_SPANNING_MARGINALS_H_

#include <cstddef>
#include <vector>

namespace wirecopy {

// A square matrix of n nodes; row: the child.
struct ArcTable {
  explicit ArcTable(size_t size, double value = 0)
      : nodes(size), arcs(size * size, value), roots(size, value) {}

  double& Arc(size_t child, size_t parent) {
    return arcs[child * nodes + parent];
  }
  double Arc(size_t child, size_t parent) const {
    return arcs[child * nodes + parent];
  }

  size_t nodes;
  std::vector<double> arcs;
  std::vector<double> roots;  // having no parent
};

// The weights are logarithms, -infinity where an arc cannot be; every node may
// be a root, and of differences to a child's heaviest, more than
// 600 nats count as 600. Returns probabilities: those of a child sum up to 1.
// The derivatives of the weight of all forests, by an elimination that does not
// subtract (Grassmann, Taksar, Heyman 1985), so that roots may be as unlikely
// as they like. O(n^3). `log_weight`, where it is given, gets the logarithm of
// the weight of all forests.
ArcTable SpanningMarginals(const ArcTable& log_weights,
                           double* log_weight = nullptr);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_SPANNING_MARGINALS_H_
