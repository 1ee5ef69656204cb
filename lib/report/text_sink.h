// Where a long text goes, piece by piece.

#ifndef WIRECOPY_REPORT_TEXT_SINK_H_
#define WIRECOPY_REPORT_TEXT_SINK_H_

#include <functional>
#include <string_view>

#include "absl/status/status.h"

namespace wirecopy {

// Takes the next piece. Whoever writes stops at the first error and returns it.
using TextSink = std::function<absl::Status(std::string_view)>;

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TEXT_SINK_H_
