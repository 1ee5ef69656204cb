// The file of agencies that users add to those that are known.

#ifndef WIRECOPY_CLI_AGENCY_FILE_H_
#define WIRECOPY_CLI_AGENCY_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace wirecopy::cli {

// A line an agency: its names, the one to be shown first, with | between them.
// Empty lines and those that begin with # say nothing. Errors name the file and
// the line.
absl::StatusOr<std::vector<std::vector<std::string>>> ReadAgencies(
    const std::string& path);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_AGENCY_FILE_H_
