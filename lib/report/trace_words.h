// How the outputs of a trace put times and numbers into words.

#ifndef WIRECOPY_REPORT_TRACE_WORDS_H_
#define WIRECOPY_REPORT_TRACE_WORDS_H_

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "report/trace_records.h"

namespace wirecopy {

// All times are shown in UTC.
absl::Time DayOf(absl::Time time);        // its midnight
std::string DateText(absl::Time time);    // "2024-05-31"
std::string HourText(absl::Time time);    // "16:05"
std::string MomentText(absl::Time time);  // "2024-05-31 16:05 UTC"
// "40 min", "3.5 h", "36 h", "12 days", "3 years"
std::string DelayText(absl::Duration delay);

// When a document says that it was published; empty where it does not.
std::string PublishedText(const TraceDocumentRecord& document);

// "0.98"; never "1.00" for less than 1.
std::string ConfidenceText(double confidence);

// A relation in which neither of two texts need have copied from the other, so
// that a pair without a source is not undecided for that.
bool SaysNothingOfDirection(std::string_view relation);

// About how wide a text is in a sans serif type, in ems: rather more than less.
double WidthOf(std::string_view utf8);

// What fits into a width, in ems, with an ellipsis where the text is longer;
// control characters and marks of direction are left out, but for one
// that keeps the ellipsis at the end of what is written from right to left;
// line ends are spaces.
std::string TraceLabel(std::string_view utf8, double ems);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_WORDS_H_
