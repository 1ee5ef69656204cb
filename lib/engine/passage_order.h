// The order of pairs' passages.

#ifndef WIRECOPY_ENGINE_PASSAGE_ORDER_H_
#define WIRECOPY_ENGINE_PASSAGE_ORDER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/growing_room.h"
#include "engine/passage_pairs.h"

namespace wirecopy {

// All passages of `found`, whose lists come in any order, by rising a, b, place
// in a and place in b. `documents` are more than any a. Gives back the lists as
// it goes.
GrowingRoom<PairPassage> JoinInOrder(
    uint32_t documents, int threads,
    std::vector<std::vector<PairPassage>>* found);

// The same of one list.
void SortPassages(std::span<PairPassage> passages);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PASSAGE_ORDER_H_
