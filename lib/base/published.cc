#include "wirecopy/published.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
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

// `form` has a 0 where any digit may stand, and else what stands there.
bool HasForm(std::string_view text, std::string_view form) {
  return std::equal(text.begin(), text.end(), form.begin(), form.end(),
                    [](char c, char in_form) {
                      return in_form == '0' ? absl::ascii_isdigit(
                                                  static_cast<unsigned char>(c))
                                            : c == in_form;
                    });
}

int Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = 10 * number + (c - '0');
  return number;
}

// RFC 3339 as nearly all write it, without parts of a second: the library takes
// several times as long, which a crawl of short texts would notice. Nothing is
// said of other texts, nor of a second 60, which are left to the library.
std::optional<absl::Time> ParseWholeSeconds(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (text.size() <= kForm.size()) return std::nullopt;
  const std::string_view zone = text.substr(kForm.size());
  if (!HasForm(text.substr(0, kForm.size()), kForm)) return std::nullopt;
  int east = 0;  // minutes
  if (zone != "Z") {
    if (!HasForm(zone, "+00:00") && !HasForm(zone, "-00:00")) {
      return std::nullopt;
    }
    const int hours = Number(zone.substr(1, 2));
    const int minutes = Number(zone.substr(4, 2));
    if (hours > 23 || minutes > 59) return std::nullopt;
    east = (zone[0] == '-' ? -1 : 1) * (60 * hours + minutes);
  }
  const auto number = [text](size_t begin, size_t digits) {
    return Number(text.substr(begin, digits));
  };
  const std::chrono::year_month_day day(
      std::chrono::year(number(0, 4)),
      std::chrono::month(static_cast<unsigned>(number(5, 2))),
      std::chrono::day(static_cast<unsigned>(number(8, 2))));
  const int hour = number(11, 2);
  const int minute = number(14, 2);
  const int second = number(17, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  return absl::UnixEpoch() +
         absl::Hours(24) *
             std::chrono::sys_days(day).time_since_epoch().count() +
         absl::Hours(hour) + absl::Minutes(minute - east) +
         absl::Seconds(second);
}

std::optional<Published> ParseDashed(std::string_view text) {
  if (const auto time = ParseWholeSeconds(text)) return Published{*time, false};
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
