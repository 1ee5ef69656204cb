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

}  // namespace

absl::Time DayOf(absl::Time time) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::FromCivil(absl::ToCivilDay(time, utc), utc);
}

std::string DateText(absl::Time time) { return Format("%Y-%m-%d", time); }

std::string HourText(absl::Time time) { return Format("%H:%M", time); }

std::string MomentText(absl::Time time) {
  return Format("%Y-%m-%d %H:%M UTC", time);
}

std::string DelayText(absl::Duration delay) {
  const double minutes = std::abs(absl::ToDoubleMinutes(delay));
  const char* const sign = delay < absl::ZeroDuration() ? "\u2212" : "";
  if (minutes < 90) return absl::StrFormat("%s%.0f min", sign, minutes);
  const double hours = minutes / 60;
  if (hours < 48) return absl::StrFormat("%s%.3g h", sign, hours);
  return absl::StrFormat("%s%.0f days", sign, hours / 24);
}

std::string PublishedText(const TraceDocumentRecord& document) {
  if (!document.published.has_value()) return "";
  if (!document.published_is_uncertain) return MomentText(*document.published);
  return absl::StrCat("about ", DateText(*document.published));
}

std::string ConfidenceText(double confidence) {
  double shown = std::round(confidence * 100) / 100;
  if (shown >= 1 && confidence < 1) shown = 0.99;
  return absl::StrFormat("%.2f", shown);
}

int LabelColumns(std::string_view utf8) {
  int columns = 0;
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    columns += Columns(c.code_point);
  }
  return columns;
}

}  // namespace wirecopy
