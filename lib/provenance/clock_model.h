// Dates as evidence. A clock may be wrong, and then all that it says is worth
// nothing; how likely that is follows from how often the texts contradict
// it: forests and clocks are looked at in turn (expectation maximization).

#ifndef WIRECOPY_PROVENANCE_CLOCK_MODEL_H_
#define WIRECOPY_PROVENANCE_CLOCK_MODEL_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "provenance/candidate_parents.h"
#include "provenance/forest.h"

namespace wirecopy {

// As a FamilyMember has it, in seconds.
struct Clock {
  std::optional<double> seconds;  // the middle of what is stated
  double error = 0;
  double length = 0;
};

// Of what is stated by a clock that is dated.
inline double BeginOf(const Clock& clock) {
  return *clock.seconds - clock.length / 2;
}
inline double EndOf(const Clock& clock) {
  return *clock.seconds + clock.length / 2;
}

// How likely it is that the clocks, where they are right, say that the source
// is the earlier one: 0 or 1, or between where they are not exact; 0.5 where
// what they state overlaps. None where one is not dated.
std::optional<double> IsEarlier(const Clock& source, const Clock& copy);

// Sets `clock` of all candidates, log-likelihood ratios in nats, and returns
// the likeliest forest under them. O(iterations * forest).
Forest WeighClocks(std::span<const Clock> clocks, std::span<const double> roots,
                   CandidateTable* table);

// In small trees texts do not tell enough to overrule a clock: makes parents
// that are later than their copies all but impossible there, unless several
// copies say of one that it is not as late as it is dated. O(candidates).
void TrustClocks(std::span<const Clock> clocks, const Forest& forest,
                 CandidateTable* table);

// The same for what the forest still has: a root that is later than its copy
// becomes that one's copy, and who is earlier than another parent a root.
void TurnSmallTrees(std::span<const Clock> clocks, const CandidateTable& table,
                    Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_CLOCK_MODEL_H_
