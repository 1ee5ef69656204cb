// What options refuse, in words that say what they take.

#ifndef WIRECOPY_CLI_OPTION_CHECKS_H_
#define WIRECOPY_CLI_OPTION_CHECKS_H_

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wirecopy::cli {

inline std::string NotOneOf(const std::vector<std::string>& names,
                            const std::string& text) {
  return absl::StrCat(text, " is not one of ", absl::StrJoin(names, ", "));
}

// What a check is called tells completions what an option takes: kFileCheck,
// or kValuesCheck and the values with commas between them.
inline constexpr const char* kFileCheck = "file";
inline constexpr const char* kValuesCheck = "values:";

inline std::string ValuesCheckName(const std::vector<std::string>& names) {
  return kValuesCheck + absl::StrJoin(names, ",");
}

inline CLI::Validator OneOf(const std::vector<std::string>& names) {
  const auto check = [names](std::string& text) -> std::string {
    const bool found =
        std::find(names.begin(), names.end(), text) != names.end();
    return found ? "" : NotOneOf(names, text);
  };
  return CLI::Validator(check, "", ValuesCheckName(names));
}

// Turns one of the names into its value.
template <typename Value>
CLI::Validator NamedValue(const std::map<std::string, Value>& values) {
  std::vector<std::string> names;
  names.reserve(values.size());
  for (const auto& [name, value] : values) names.push_back(name);
  const auto check = [values, names](std::string& text) -> std::string {
    const auto found = values.find(text);
    if (found == values.end()) return NotOneOf(names, text);
    text = absl::StrCat(static_cast<int>(found->second));
    return "";
  };
  return CLI::Validator(check, "", ValuesCheckName(names));
}

// A whole number up to 2^64 - 1, in decimal digits.
inline CLI::Validator UnsignedNumber() {
  const auto check = [](std::string& text) -> std::string {
    uint64_t number = 0;
    if (!absl::SimpleAtoi(text, &number)) {
      return absl::StrCat(text, " is no whole number from 0 to 2^64 - 1");
    }
    text = absl::StrCat(number);
    return "";
  };
  return CLI::Validator(check, "");
}

// A name of a file, or - for a standard stream.
inline CLI::Validator FileName() {
  const auto check = [](std::string& text) -> std::string {
    return text.empty() ? "the name is empty" : "";
  };
  return CLI::Validator(check, "", kFileCheck);
}

// The name of a field or a column.
inline CLI::Validator FieldName() { return FileName(); }

// Bytes, with K, M or G (also KiB, MiB, GiB) behind a number for 1024s of them.
inline CLI::Validator ByteSize() {
  const auto check = [](std::string& text) -> std::string {
    const std::string units = "KMG";
    std::string digits = text;
    if (absl::EndsWithIgnoreCase(digits, "iB")) digits.resize(text.size() - 2);
    const size_t place = digits.empty()
                             ? std::string::npos
                             : units.find(absl::ascii_toupper(
                                   static_cast<unsigned char>(digits.back())));
    uint64_t unit = 1;
    if (place != std::string::npos) {
      unit = uint64_t{1} << (10 * (place + 1));
      digits.pop_back();
    }
    const bool is_bare = unit == 1 && digits.size() != text.size();
    constexpr uint64_t kMost = uint64_t{1} << 40;
    uint64_t number = 0;
    if (is_bare || !absl::SimpleAtoi(digits, &number) || number == 0 ||
        number > kMost / unit) {
      return absl::StrCat(text, " is no size: a number from 1, with K, M or G");
    }
    text = absl::StrCat(number * unit);
    return "";
  };
  return CLI::Validator(check, "");
}

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_OPTION_CHECKS_H_
