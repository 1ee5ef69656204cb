#include "io/integer_id.h"

#include <algorithm>

namespace wirecopy {

std::optional<std::string_view> IntegerId(std::string_view text) {
  if (text == "-0") return "0";
  std::string_view digits = text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) {
    return std::nullopt;
  }
  const bool is_integer = std::all_of(digits.begin(), digits.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
  if (!is_integer) return std::nullopt;
  return text;
}

}  // namespace wirecopy
