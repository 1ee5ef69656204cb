// Lists of passages that come pair by pair, cut between pairs.

#ifndef WIRECOPY_PASSAGE_PAIR_RANGES_H_
#define WIRECOPY_PASSAGE_PAIR_RANGES_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "passage/passage_places.h"

namespace wirecopy {

// Whether two passages are of one pair: any that have their documents as a and
// b.
template <typename Passage>
bool AreOfOnePair(const Passage& x, const Passage& y) {
  return x.a == y.a && x.b == y.b;
}
inline bool AreOfOnePair(const PassagePlaces& x, const PassagePlaces& y) {
  return x.a.document == y.a.document && x.b.document == y.b.document;
}

// Where the passages of the pair end that the one at `begin` is of.
template <typename Passages>
size_t EndOfPair(const Passages& passages, size_t begin) {
  size_t end = begin + 1;
  while (end < passages.size() &&
         AreOfOnePair(passages[end], passages[begin])) {
    ++end;
  }
  return end;
}

// Where parts of about `step` passages end, which have whole pairs.
template <typename Passages>
std::vector<size_t> EndsOfPairs(const Passages& passages, size_t step) {
  std::vector<size_t> ends;
  for (size_t begin = 0; begin < passages.size(); begin = ends.back()) {
    const size_t last = std::min(passages.size(), begin + step) - 1;
    ends.push_back(EndOfPair(passages, last));
  }
  return ends;
}

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_PAIR_RANGES_H_
