#include "base/date_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace wirecopy {
namespace {

constexpr size_t kMostBytes = 80;
constexpr size_t kYearDigits = 4;
constexpr size_t kShortName = 3;
constexpr size_t kLongestShortName = 4;  // Sept.

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
// As absl::Weekday counts them.
constexpr std::array<std::string_view, 7> kWeekdays = {
    "monday", "tuesday",  "wednesday", "thursday",
    "friday", "saturday", "sunday"};

struct Zone {
  std::string_view name;
  std::string_view offset;
};
// Those of RFC 2822, and how the world calls the first of them.
constexpr Zone kZones[] = {
    {"gmt", "Z"},      {"ut", "Z"},       {"utc", "Z"},      {"z", "Z"},
    {"est", "-05:00"}, {"edt", "-04:00"}, {"cst", "-06:00"}, {"cdt", "-05:00"},
    {"mst", "-07:00"}, {"mdt", "-06:00"}, {"pst", "-08:00"}, {"pdt", "-07:00"}};

// Takes a text from its beginning, piece by piece, white space passed over.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : left_(text) { SkipSpace(); }

  bool AtEnd() const { return left_.empty(); }
  std::string_view left() const { return left_; }

  bool Take(char c) {
    if (left_.empty() || left_[0] != c) return false;
    Drop(1);
    return true;
  }
  // As many as there are; maybe none.
  std::string_view TakeDigits() { return TakeWhile(absl::ascii_isdigit); }
  std::string TakeName() {
    return absl::AsciiStrToLower(std::string(TakeWhile(absl::ascii_isalpha)));
  }

 private:
  std::string_view TakeWhile(bool (*belongs)(unsigned char)) {
    size_t size = 0;
    while (size < left_.size() &&
           belongs(static_cast<unsigned char>(left_[size]))) {
      ++size;
    }
    const std::string_view taken = left_.substr(0, size);
    Drop(size);
    return taken;
  }
  void Drop(size_t size) {
    left_.remove_prefix(size);
    SkipSpace();
  }
  void SkipSpace() {
    const size_t begin = left_.find_first_not_of(" \t\r\n");
    left_.remove_prefix(std::min(begin, left_.size()));
  }

  std::string_view left_;
};

// The place of a name among those that may be cut to three letters, September
// also to four.
template <size_t kCount>
std::optional<size_t> FindName(
    const std::array<std::string_view, kCount>& names, std::string_view name) {
  if (name == "sept") name = "sep";
  for (size_t i = 0; i < kCount; ++i) {
    if (name == names[i] || name == names[i].substr(0, kShortName)) return i;
  }
  return std::nullopt;
}

std::optional<int> Number(std::string_view digits, size_t least, size_t most) {
  int number = 0;
  if (digits.size() < least || digits.size() > most ||
      !absl::SimpleAtoi(absl::string_view(digits.data(), digits.size()),
                        &number)) {
    return std::nullopt;
  }
  return number;
}

// What stands behind a date: nothing, or a time, and behind it perhaps a zone
// and its name in brackets.
std::optional<std::string> DashedTime(Pieces pieces) {
  pieces.Take(',');
  if (pieces.AtEnd()) return "";
  const std::string_view hour = pieces.TakeDigits();
  if (!Number(hour, 1, 2) || !pieces.Take(':')) return std::nullopt;
  const std::string_view minute = pieces.TakeDigits();
  if (!Number(minute, 2, 2)) return std::nullopt;
  std::string time =
      absl::StrCat(" ", std::string(hour), ":", std::string(minute));
  if (pieces.Take(':')) {
    const std::string_view second = pieces.TakeDigits();
    if (!Number(second, 2, 2)) return std::nullopt;
    absl::StrAppend(&time, ":", std::string(second));
  }
  const bool is_east = pieces.Take('+');
  if (is_east || pieces.Take('-')) {
    const std::string_view offset = pieces.TakeDigits();
    if (offset.size() != 4) return std::nullopt;
    absl::StrAppend(&time, is_east ? "+" : "-", std::string(offset));
  } else if (const std::string name = pieces.TakeName(); !name.empty()) {
    const auto* const zone =
        std::find_if(std::begin(kZones), std::end(kZones),
                     [&](const Zone& known) { return known.name == name; });
    if (zone == std::end(kZones)) return std::nullopt;
    absl::StrAppend(&time, std::string(zone->offset));
  }
  if (pieces.Take('(') && (pieces.TakeName().empty() || !pieces.Take(')'))) {
    return std::nullopt;
  }
  if (!pieces.AtEnd()) return std::nullopt;
  return time;
}

// "10 March", or "March 10".
struct DayOfYear {
  size_t month = 0;  // from 0
  int day = 0;
};

std::optional<DayOfYear> TakeDay(const std::string& first_name,
                                 Pieces* pieces) {
  std::string name = first_name;
  std::optional<int> day;
  if (name.empty()) day = Number(pieces->TakeDigits(), 1, 2);
  if (name.empty()) name = pieces->TakeName();
  const std::optional<size_t> month = FindName(kMonths, name);
  if (!month) return std::nullopt;
  if (name.size() <= kLongestShortName) pieces->Take('.');
  if (!first_name.empty()) day = Number(pieces->TakeDigits(), 1, 2);
  pieces->Take(',');
  if (!day) return std::nullopt;
  return DayOfYear{*month, *day};
}

std::optional<std::string> FromNamedMonth(std::string_view text) {
  Pieces pieces(text);
  std::string name = pieces.TakeName();
  const std::optional<size_t> weekday = FindName(kWeekdays, name);
  if (weekday) {
    pieces.Take(',');
    name = pieces.TakeName();
  }
  const std::optional<DayOfYear> day = TakeDay(name, &pieces);
  const std::optional<int> year =
      Number(pieces.TakeDigits(), kYearDigits, kYearDigits);
  if (!day || !year) return std::nullopt;
  const std::optional<std::string> time = DashedTime(pieces);
  if (!time) return std::nullopt;
  const int month = static_cast<int>(day->month) + 1;
  const absl::CivilDay date(*year, month, day->day);
  if (weekday && static_cast<size_t>(absl::GetWeekday(date)) != *weekday) {
    return std::nullopt;
  }
  return absl::StrFormat("%04d-%02d-%02d%s", *year, month, day->day, *time);
}

// "2026/03/10" and what follows it.
std::optional<std::string> FromSlashes(std::string_view text) {
  std::string dashed(text);
  for (size_t i = 0; i < 2; ++i) {
    const size_t slash = dashed.find('/');
    if (slash == std::string::npos) return std::nullopt;
    dashed[slash] = '-';
  }
  return dashed;
}

// "20260310", and behind a T "1200" or "120000" and the zone.
std::optional<std::string> FromDigits(std::string_view text) {
  Pieces pieces(text);
  const std::string day(pieces.TakeDigits());
  if (day.size() != 8) return std::nullopt;
  std::string dashed =
      absl::StrCat(day.substr(0, 4), "-", day.substr(4, 2), "-", day.substr(6));
  if (pieces.AtEnd()) return dashed;
  if (!pieces.Take('T') && !pieces.Take('t')) return std::nullopt;
  const std::string time(pieces.TakeDigits());
  if (time.size() != 4 && time.size() != 6) return std::nullopt;
  absl::StrAppend(&dashed, "T", time.substr(0, 2), ":", time.substr(2, 2));
  if (time.size() == 6) absl::StrAppend(&dashed, ":", time.substr(4));
  return absl::StrCat(dashed, std::string(pieces.left()));
}

}  // namespace

std::optional<std::string> AsDashedDate(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || text.size() > kMostBytes) {
    return std::nullopt;
  }
  text.remove_prefix(begin);
  size_t digits = text.find_first_not_of("0123456789");
  digits = std::min(digits, text.size());
  if (digits == kYearDigits && digits < text.size() && text[digits] == '/') {
    return FromSlashes(text);
  }
  return digits > kYearDigits ? FromDigits(text) : FromNamedMonth(text);
}

}  // namespace wirecopy
