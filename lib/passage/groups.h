// Groups: passages that say the same thing, wherever they stand.

#ifndef WIRECOPY_PASSAGE_GROUPS_H_
#define WIRECOPY_PASSAGE_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/distinct_sides.h"
#include "passage/passage_places.h"

namespace wirecopy {

struct PassageGroups {
  std::vector<uint32_t> group_of;  // by passage, from 0
  // By group: where it stands, each place by the longest of the sides that are
  // about the same there, and in the order of documents and places. Passage p
  // has the sides 2 p (a) and 2 p + 1 (b).
  std::vector<std::vector<uint32_t>> members;
};

// Two spans of a document are about the same where they share two thirds of
// the tokens that either has; both sides of a passage are the same. What
// follows from that is one group. Groups are numbered in the order of their
// first passage. `sides` are the passages'. Linear but for distinct sides,
// which are sorted.
PassageGroups GroupPassages(std::span<const PassagePlaces> passages,
                            const DistinctSides& sides, int threads);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_GROUPS_H_
