// Publication times as evidence: likely, not certain.

#ifndef WIRECOPY_PROVENANCE_CLOCK_H_
#define WIRECOPY_PROVENANCE_CLOCK_H_

#include "provenance/document_profile.h"

namespace wirecopy {

// How long what is stated lasts, from `time` on: a day where there is only a
// date (which reads as an uncertain midnight), a minute where the minute is
// whole, for many times are written without seconds, and else nothing.
//
// The day is one of UTC. A day of whatever zone would last 50 hours, and the
// commonest order of all, an evening's report and the paper of the morning
// after, would be none; that a zone is unknown is left to the odds.
absl::Duration StatedLength(const PublicationTime& time);

// Whether all of what is stated of a is before all of what is stated of b.
// Where that holds neither way, the times say nothing of their order. False
// where one is unknown. A strict partial order.
bool IsStatedBefore(const PublicationTime& a, const PublicationTime& b);

// The log-odds that a is the source, from their times alone: above 0 where a is
// earlier; 0 where a time is unknown or neither is stated before the other.
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
