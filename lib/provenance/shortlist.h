// Which pairs of a large family are worth describing.

#ifndef WIRECOPY_PROVENANCE_SHORTLIST_H_
#define WIRECOPY_PROVENANCE_SHORTLIST_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "provenance/candidate_parents.h"

namespace wirecopy {

// For each text those that share most of its rare pairs of words (what edits
// brought in) and have few others, and the texts that have most of what is
// common and the fewest edits of their own: without them hubs are lost, which
// share nothing rare with their copies. Some tens of pairs a text. `texts` in
// the order in which ties are to be decided. O(tokens * texts a rare pair is in
// at most).
std::vector<std::pair<uint32_t, uint32_t>> ShortlistPairs(TextSpans texts);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_SHORTLIST_H_
