// Publication times as people write them.

#ifndef WIRECOPY_IO_PUBLISHED_H_
#define WIRECOPY_IO_PUBLISHED_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace wirecopy {

struct Published {
  absl::Time time;
  // Without a zone, or a date alone: right within a day.
  bool is_uncertain = false;
};

// RFC 3339, with or without a zone (then UTC), with a space for the T, or a
// date alone; nothing where `text` is none of these.
std::optional<Published> ParsePublished(std::string_view text);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_PUBLISHED_H_
