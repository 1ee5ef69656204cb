// Which pairs of a family's texts are worth describing.

#ifndef WIRECOPY_PROVENANCE_CANDIDATE_PAIRS_H_
#define WIRECOPY_PROVENANCE_CANDIDATE_PAIRS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "provenance/candidate_parents.h"

namespace wirecopy {

// `shared`: pairs that share passages. Of families of many members these are
// not all that do, for a text that was copied often is not compared with all
// its copies, and one whose clock is fast stands between the others: two that
// share with the same third are looked at too, and a shortlist from the texts
// (shortlist.h); that alone where the others are very many.
// The lower number first, in order, none twice.
std::vector<std::pair<uint32_t, uint32_t>> CandidatePairs(
    TextSpans texts, std::vector<std::pair<uint32_t, uint32_t>> shared);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_CANDIDATE_PAIRS_H_
