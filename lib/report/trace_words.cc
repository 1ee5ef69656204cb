#include "report/trace_words.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/characters.h"

namespace wirecopy {
namespace {

std::string Format(const char* format, absl::Time time) {
  return absl::FormatTime(format, time, absl::UTCTimeZone());
}

double WidthOf(char32_t c) {
  const int columns = Columns(c);
  if (columns != 1) return columns == 0 ? 0 : 1.05;
  constexpr std::u32string_view kNarrow = U"fijlrtI .,:;'!|()[]";
  constexpr std::u32string_view kWide = U"mwMW@%&\u2014";
  if (kNarrow.find(c) != std::u32string_view::npos) return 0.36;
  if (kWide.find(c) != std::u32string_view::npos) return 0.98;
  const bool is_capital = c >= 'A' && c <= 'Z';
  return is_capital || c > 0x24F ? 0.72 : 0.585;
}

}  // namespace

absl::Time DayOf(absl::Time time) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::FromCivil(absl::ToCivilDay(time, utc), utc);
}

std::string DateText(absl::Time time) { return Format("%E4Y-%m-%d", time); }

std::string HourText(absl::Time time) { return Format("%H:%M", time); }

std::string MomentText(absl::Time time) {
  return Format("%E4Y-%m-%d %H:%M UTC", time);
}

std::string DelayText(absl::Duration delay) {
  const double minutes = std::abs(absl::ToDoubleMinutes(delay));
  const char* const sign = delay < absl::ZeroDuration() ? "\u2212" : "";
  if (minutes < 90) return absl::StrFormat("%s%.0f min", sign, minutes);
  const double hours = minutes / 60;
  if (hours < 10) return absl::StrFormat("%s%.2g h", sign, hours);
  if (hours < 48) return absl::StrFormat("%s%.0f h", sign, hours);
  const double days = hours / 24;
  constexpr double kYear = 365.25;
  if (days < 2 * kYear) return absl::StrFormat("%s%.0f days", sign, days);
  return absl::StrFormat("%s%.0f years", sign, days / kYear);
}

std::string PublishedText(const TraceDocumentRecord& document) {
  if (!document.published.has_value()) return "";
  if (!document.published_is_uncertain) return MomentText(*document.published);
  const absl::Time time = *document.published;
  if (time == DayOf(time)) return absl::StrCat("about ", DateText(time));
  return absl::StrCat(DateText(time), " ", HourText(time), ", zone unknown");
}

std::string ConfidenceText(double confidence) {
  double shown = std::round(confidence * 100) / 100;
  if (shown >= 1 && confidence < 1) shown = 0.99;
  return absl::StrFormat("%.2f", shown);
}

bool SaysNothingOfDirection(std::string_view relation) {
  return relation == "common_source" || relation == "quotation";
}

double WidthOf(std::string_view utf8) {
  double ems = 0;
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    ems += WidthOf(c.code_point);
  }
  return ems;
}

std::string TraceLabel(std::string_view utf8, double ems) {
  constexpr double kEllipsis = 0.9;
  // Of characters without any width there are no more than of others.
  const auto most_bytes = static_cast<size_t>(16 * ems);
  std::string label;
  double used = 0;
  bool right_to_left = false;
  size_t short_end = 0;  // of what leaves room for the ellipsis
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    const bool is_space = IsSpace(c.code_point);
    const char32_t shown = is_space ? ' ' : Shown(c.code_point);
    if (shown == 0 || (is_space && label.empty())) continue;
    used += WidthOf(shown);
    if (used > ems || label.size() > most_bytes) {
      label.resize(short_end);
      return label + (right_to_left ? "…\u200F" : "…");
    }
    AppendCharacter(shown, &label);
    right_to_left = right_to_left || IsRightToLeft(shown);
    if (used + kEllipsis <= ems) short_end = label.size();
  }
  return label;
}

}  // namespace wirecopy
