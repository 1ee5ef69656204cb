// What options refuse, in words that say what they take.

#ifndef WIRECOPY_CLI_OPTION_CHECKS_H_
#define WIRECOPY_CLI_OPTION_CHECKS_H_

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wirecopy::cli {

inline std::string NotOneOf(const std::vector<std::string>& names,
                            const std::string& text) {
  return absl::StrCat(text, " is not one of ", absl::StrJoin(names, ", "));
}

inline CLI::Validator OneOf(const std::vector<std::string>& names) {
  const auto check = [names](std::string& text) -> std::string {
    const bool found =
        std::find(names.begin(), names.end(), text) != names.end();
    return found ? "" : NotOneOf(names, text);
  };
  return CLI::Validator(check, "");
}

// Turns one of the names into its value.
template <typename Value>
CLI::Validator NamedValue(const std::map<std::string, Value>& values) {
  const auto check = [values](std::string& text) -> std::string {
    const auto found = values.find(text);
    if (found != values.end()) {
      text = absl::StrCat(static_cast<int>(found->second));
      return "";
    }
    std::vector<std::string> names;
    names.reserve(values.size());
    for (const auto& [name, value] : values) names.push_back(name);
    return NotOneOf(names, text);
  };
  return CLI::Validator(check, "");
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
  return CLI::Validator(check, "");
}

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_OPTION_CHECKS_H_
