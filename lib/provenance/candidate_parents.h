// Which members of a family may be the parent of which, with what it costs.

#ifndef WIRECOPY_PROVENANCE_CANDIDATE_PARENTS_H_
#define WIRECOPY_PROVENANCE_CANDIDATE_PARENTS_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "passage/token_text.h"

namespace wirecopy {

struct Candidate {
  uint32_t parent = 0;
  uint32_t copied = 0;  // tokens
  double bits = 0;      // to describe the child from it
  double score = 0;  // what the texts say, in nats, 0 for the best of a child
  double clock = 0;  // what the dates say
  double hub = 0;    // of the score, what its other copies say
  double evidence = 0;  // of the score, what the pair says besides its words

  double total() const { return score + clock; }
};

// By child; a child's candidates by number.
using CandidateTable = std::vector<std::vector<Candidate>>;

// Of one child; null where it is no candidate. O(log candidates).
const Candidate* FindCandidate(const std::vector<Candidate>& candidates,
                               uint32_t parent);

using TextSpans = std::span<const std::span<const TokenCode>>;

// Describes each text from each that it is paired with, both ways. `pairs` are
// of different texts, in any order, possibly twice.
CandidateTable DescribePairs(
    TextSpans texts, const std::vector<std::pair<uint32_t, uint32_t>>& pairs);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_CANDIDATE_PARENTS_H_
