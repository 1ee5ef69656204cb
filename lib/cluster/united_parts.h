// Disjoint sets that several threads unite at once.

#ifndef WIRECOPY_CLUSTER_UNITED_PARTS_H_
#define WIRECOPY_CLUSTER_UNITED_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "cluster/union_find.h"

namespace wirecopy {

// The sets of `size` elements that unite(part, sets) makes for each of `parts`
// parts of the work, with what others make of theirs. A thread has sets of its
// own, which are joined in the end: 8 bytes an element and thread. What is one
// set does not depend on `threads`; which element stands for it does.
template <typename Unite>
UnionFind UniteParts(int threads, size_t size, size_t parts,
                     const Unite& unite) {
  std::vector<std::optional<UnionFind>> own(static_cast<size_t>(threads));
  own[0].emplace(size);
  ParallelFor(threads, parts, [&](int worker, size_t part) {
    std::optional<UnionFind>& sets = own[static_cast<size_t>(worker)];
    if (!sets.has_value()) sets.emplace(size);
    unite(part, &*sets);
  });
  for (size_t i = 1; i < own.size(); ++i) {
    if (!own[i].has_value()) continue;
    for (uint32_t x = 0; x < size; ++x) own[0]->Union(x, own[i]->Find(x));
    own[i].reset();
  }
  return std::move(*own[0]);
}

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_UNITED_PARTS_H_
