#include "io/agency_names.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "io/byte_buffer.h"
#include "io/input_file.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

// What is wrong with a name; null where nothing is.
const char* Fault(const std::string& name) {
  if (name.empty()) {
    return "has an empty name; an agency's line is NAME | NAME ...";
  }
  const bool has_control = std::any_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
  return has_control ? "has a control character in a name" : nullptr;
}

}  // namespace

absl::StatusOr<AgencyNames> ParseAgencyNames(std::string_view text,
                                             std::string_view file_name) {
  AgencyNames agencies;
  size_t number = 0;
  const auto error = [&](const char* fault) {
    return absl::InvalidArgumentError(
        absl::StrCat(std::string(file_name), ":", number, ": ", fault));
  };
  for (const absl::string_view line :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    ++number;
    const absl::string_view stripped = absl::StripAsciiWhitespace(line);
    if (stripped.empty() || stripped[0] == '#') continue;
    if (!IsValidUtf8({stripped.data(), stripped.size()})) {
      return error("is no UTF-8");
    }
    std::vector<std::string> names;
    for (const absl::string_view name : absl::StrSplit(stripped, '|')) {
      names.emplace_back(absl::StripAsciiWhitespace(name));
      const char* const fault = Fault(names.back());
      if (fault != nullptr) return error(fault);
    }
    agencies.push_back(std::move(names));
  }
  return agencies;
}

absl::StatusOr<AgencyNames> ReadAgencyNames(const std::string& path) {
  constexpr size_t kMost = size_t{1} << 26;
  WIRECOPY_ASSIGN_OR_RETURN(InputFile file,
                            OpenInput({path, ""}, InputFormat::kText));
  WIRECOPY_ASSIGN_OR_RETURN(const OpenedInput opened, OpenToRead(&file));
  WIRECOPY_RETURN_IF_ERROR(SkipByteOrderMark(opened.stream.get()).status());
  ByteBuffer buffer;
  WIRECOPY_ASSIGN_OR_RETURN(const size_t size,
                            ReadAll(opened.stream.get(), kMost, &buffer));
  if (size > kMost) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.name.path, ": has more than ", kMost, " bytes"));
  }
  return ParseAgencyNames({buffer.data(), size}, file.name.path);
}

}  // namespace wirecopy
