// Publication times as evidence: likely, not certain.

#ifndef WIRECOPY_PROVENANCE_CLOCK_H_
#define WIRECOPY_PROVENANCE_CLOCK_H_

#include "provenance/document_profile.h"

namespace wirecopy {

// The log-odds that a is the source, from their times alone: above 0 where a is
// earlier; 0 where a time is unknown or both are the same.
//
// A clock is wrong less often than right, and the less often the further the
// times are apart: ln(right / wrong) rises with the logarithm of the distance
// up to a bound, for an archive may hold the day of a later change. What is
// uncertain is averaged over the times that it may mean: any hour of the day
// where there is only a date (which reads as midnight), and else any of the
// zones, 14 hours either way, one half of the time and as it stands the other.
// At most some 3,000 of them, where both are uncertain.
double ClockLogOdds(const PublicationTime& a, const PublicationTime& b);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_CLOCK_H_
