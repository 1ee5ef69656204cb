// Texts that were put together from several sources: a mosaic (Li and Stephens
// 2003), in which a further source must give words that the first cannot.

#ifndef WIRECOPY_PROVENANCE_MOSAIC_H_
#define WIRECOPY_PROVENANCE_MOSAIC_H_

#include <cstdint>
#include <vector>

#include "provenance/candidate_parents.h"
#include "provenance/forest.h"

namespace wirecopy {

struct SecondParent {
  uint32_t parent = 0;
  uint64_t words = 0;   // tokens that no parent before it gives
  bool is_kin = false;  // of the first's tree, or with words of its
};

// The parents of a text that has one, besides that, those with the most words
// first; at most three. What an ancestor has counts as the first parent's: it
// may have had it, too, before it was cut in the archive.
std::vector<SecondParent> FindSecondParents(TextSpans texts,
                                            const CandidateTable& table,
                                            const Forest& forest,
                                            uint32_t child);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_MOSAIC_H_
