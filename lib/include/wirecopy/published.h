// Publication times as people write them.

#ifndef WIRECOPY_PUBLISHED_H_
#define WIRECOPY_PUBLISHED_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace wirecopy {

struct Published {
  absl::Time time;
  // Without a zone, or a date alone: right within a day.
  bool is_uncertain = false;
};

// RFC 3339, where a space may stand for the T and before the zone, and seconds
// and the zone (then UTC) may be missing; or a date alone. Nothing where `text`
// is none of these.
std::optional<Published> ParsePublished(std::string_view text);

// For people whose dates are none of these.
inline constexpr std::string_view kDateForms =
    "2025-09-10, 2025-09-10 06:00 or 2025-09-10T06:00:00+02:00";

}  // namespace wirecopy

#endif  // WIRECOPY_PUBLISHED_H_
