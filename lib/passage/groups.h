// Groups: passages that say the same thing, wherever they stand.

#ifndef WIRECOPY_PASSAGE_GROUPS_H_
#define WIRECOPY_PASSAGE_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/token_text.h"

namespace wirecopy {

// Tokens of a document.
struct PlacedSpan {
  uint32_t document = 0;
  TokenSpan tokens;
};

// The two sides of a passage.
struct PassagePlaces {
  PlacedSpan a;
  PlacedSpan b;
};

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
// first passage. n log n, however many passages share a place.
PassageGroups GroupPassages(std::span<const PassagePlaces> passages);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_GROUPS_H_
