#include "wirecopy/published.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/date_words.h"

namespace wirecopy {
namespace {

size_t CountDigits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

// The library takes a year of any length, and one of two digits for one of
// the first century; and an hour right behind the day, with nothing between.
bool StartsWithDate(std::string_view text) {
  constexpr size_t kYearDigits = 4;
  constexpr size_t kMostDayDigits = 2;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (CountDigits(text) != kYearDigits) return false;
  text.remove_prefix(kYearDigits);
  if (text.empty() || text[0] != '-') return false;
  const size_t day = text.find('-', 1);
  return day != std::string_view::npos &&
         CountDigits(text.substr(day + 1)) <= kMostDayDigits;
}

std::optional<Published> ParseDashed(std::string_view text) {
  struct Form {
    const char* format;
    bool has_zone;
  };
  // White space in a form is any of it in the text, or none.
  constexpr Form kForms[] = {
      {"%Y-%m-%d%ET%H:%M:%E*S %Ez", true},
      {"%Y-%m-%d %H:%M:%E*S %Ez", true},
      {"%Y-%m-%d%ET%H:%M %Ez", true},
      {"%Y-%m-%d %H:%M %Ez", true},
      {"%Y-%m-%d%ET%H:%M:%E*S", false},
      {"%Y-%m-%d %H:%M:%E*S", false},
      {"%Y-%m-%d%ET%H:%M", false},
      {"%Y-%m-%d %H:%M", false},
      {"%Y-%m-%d", false},
  };
  // A zero byte would end what the library sees.
  if (!StartsWithDate(text) || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  const std::string input(text);
  for (const Form& form : kForms) {
    absl::Time time;
    std::string error;
    if (absl::ParseTime(form.format, input, &time, &error) &&
        time != absl::InfiniteFuture() && time != absl::InfinitePast()) {
      return Published{time, !form.has_zone};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Published> ParsePublished(std::string_view text) {
  if (const auto published = ParseDashed(text)) return published;
  const std::optional<std::string> dashed = AsDashedDate(text);
  return dashed ? ParseDashed(*dashed) : std::nullopt;
}

}  // namespace wirecopy
