// A text that was cut in the archive after others had copied it is not what
// describes its copies best. Where it exists it still has their readings.

#ifndef WIRECOPY_PROVENANCE_SOURCE_CHALLENGE_H_
#define WIRECOPY_PROVENANCE_SOURCE_CHALLENGE_H_

#include "provenance/candidate_parents.h"

namespace wirecopy {

// Of each child, lets the likeliest candidates challenge the first on the
// sites where the child and both exist, and raises the score of who wins
// above it. O(candidates looked at * text).
void ChallengeIncumbents(TextSpans texts, CandidateTable* table);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_SOURCE_CHALLENGE_H_
