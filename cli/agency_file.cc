#include "cli/agency_file.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "io/byte_buffer.h"
#include "io/input_file.h"
#include "wirecopy/text.h"

namespace wirecopy::cli {

absl::StatusOr<std::vector<std::vector<std::string>>> ReadAgencies(
    const std::string& path) {
  constexpr size_t kMost = size_t{1} << 26;
  WIRECOPY_ASSIGN_OR_RETURN(InputFile file,
                            OpenInput({path, ""}, InputFormat::kJsonl));
  WIRECOPY_ASSIGN_OR_RETURN(const OpenedInput opened, OpenToRead(&file));
  ByteBuffer buffer;
  WIRECOPY_ASSIGN_OR_RETURN(const size_t size,
                            ReadAll(opened.stream.get(), kMost, &buffer));
  const std::string text(buffer.data(), size);
  std::vector<std::vector<std::string>> agencies;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    const absl::string_view stripped = absl::StripAsciiWhitespace(line);
    if (stripped.empty() || stripped[0] == '#') continue;
    if (!IsValidUtf8({stripped.data(), stripped.size()})) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", number, ": is no UTF-8"));
    }
    std::vector<std::string> names;
    for (const absl::string_view name : absl::StrSplit(stripped, '|')) {
      names.emplace_back(absl::StripAsciiWhitespace(name));
      if (!names.back().empty()) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          path, ":", number,
          ": has an empty name; an agency's line is NAME | NAME ..."));
    }
    agencies.push_back(std::move(names));
  }
  return agencies;
}

}  // namespace wirecopy::cli
