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
// its copies: two that share with the same third are looked at too. Where that
// makes very many, a shortlist from the texts takes their place (shortlist.h).
// The lower number first, in order, none twice.
std::vector<std::pair<uint32_t, uint32_t>> CandidatePairs(
    TextSpans texts, std::vector<std::pair<uint32_t, uint32_t>> shared);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_CANDIDATE_PAIRS_H_
