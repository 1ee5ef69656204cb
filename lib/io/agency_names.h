// Names of agencies and papers, as people write them down: a line an agency,
// NAME | NAME ..., the one to be shown first.

#ifndef WIRECOPY_IO_AGENCY_NAMES_H_
#define WIRECOPY_IO_AGENCY_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace wirecopy {

using AgencyNames = std::vector<std::vector<std::string>>;

// Empty lines and those that begin with # say nothing; white space around names
// counts for nothing. Any bytes. Linear. InvalidArgument where a name is empty
// or is no plain UTF-8 (has control characters) names the line, after
// `file_name`, which is well-formed UTF-8.
absl::StatusOr<AgencyNames> ParseAgencyNames(std::string_view text,
                                             std::string_view file_name);

// Reads a file of names of up to 64 MiB, compressed or not.
absl::StatusOr<AgencyNames> ReadAgencyNames(const std::string& path);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_AGENCY_NAMES_H_
