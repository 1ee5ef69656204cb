// Disjoint sets with path halving and union by size (Tarjan 1975).

#ifndef WIRECOPY_CLUSTER_UNION_FIND_H_
#define WIRECOPY_CLUSTER_UNION_FIND_H_

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace wirecopy {

class UnionFind {
 public:
  explicit UnionFind(size_t size) : parents_(size), sizes_(size, 1) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }

  uint32_t Find(uint32_t x) {
    while (parents_[x] != x) {
      parents_[x] = parents_[parents_[x]];
      x = parents_[x];
    }
    return x;
  }

  // Returns whether the two were apart.
  bool Union(uint32_t a, uint32_t b) {
    a = Find(a);
    b = Find(b);
    if (a == b) return false;
    if (sizes_[a] < sizes_[b]) std::swap(a, b);
    parents_[b] = a;
    sizes_[a] += sizes_[b];
    return true;
  }

 private:
  std::vector<uint32_t> parents_;
  std::vector<uint32_t> sizes_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_UNION_FIND_H_
