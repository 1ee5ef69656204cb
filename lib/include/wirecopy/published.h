// Publication times as people write them.

#ifndef WIRECOPY_PUBLISHED_H_
#define WIRECOPY_PUBLISHED_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace wirecopy {

struct Published {
  absl::Time time;
  // Without a zone, or a date alone (then `time` is its midnight in UTC): right
  // within a day. Whoever orders by dates decides what a day is beside an hour
  // of it: KeepPolicy takes its midnight, Trace any time of it.
  bool is_uncertain = false;
};

// RFC 3339, where a space may stand for the T and before the zone, and seconds
// and the zone (then UTC) may be missing; or a date alone. Also 2026/03/10 and
// 20260310; RFC 2822, as in feeds ("Tue, 10 Mar 2026 12:00:00 GMT"); and the
// month by its English name ("10 March 2026", "March 10, 2026"), with a time
// behind it or none. Years have four digits. Nothing where `text` is none of
// these, or there is no such day: 10.03.2026 and 03/10/2026 say one day to some
// and another to others, and seconds since 1970 look like any number.
std::optional<Published> ParsePublished(std::string_view text);

// For people whose dates are none of these.
inline constexpr std::string_view kDateForms =
    "2025-09-10, 2025-09-10T06:00:00+02:00 or 10 Sep 2025 06:00:00 +0200";

}  // namespace wirecopy

#endif  // WIRECOPY_PUBLISHED_H_
