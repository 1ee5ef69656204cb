// What the texts of a family say of each parent that a text may have, in nats.

#ifndef WIRECOPY_PROVENANCE_PARENT_SCORES_H_
#define WIRECOPY_PROVENANCE_PARENT_SCORES_H_

#include <span>
#include <vector>

#include "provenance/forest.h"
#include "provenance/traced_family.h"

namespace wirecopy {

// Sets the scores of all candidates from their descriptions, 0 for the best of
// a text. Returns what that one saves of each text; 0 where there is none.
std::vector<double> ScoreTexts(TracedFamily* traced);

// Adds what pairs say besides: half for one direction, half against the other.
void AddEvidence(std::span<const MemberEvidence> evidence,
                 TracedFamily* traced);

// Whoever was copied often is likelier to be what else was copied: favours
// parents by how many copies the forest gives them. Takes back what it gave
// before.
void FavourHubs(const Forest& forest, CandidateTable* table);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_PARENT_SCORES_H_
