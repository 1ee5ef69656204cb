#include "report/log_events.h"

#include "absl/strings/str_format.h"

namespace wirecopy {
namespace {

// JSON lets DEL and the controls from U+0080 to U+009F stand as they are; a
// terminal does not.
std::string WithoutControls(const std::string& line) {
  constexpr char kDelete = 0x7F;
  constexpr char kLeadOfControls = static_cast<char>(0xC2);
  std::string clean;
  clean.reserve(line.size());
  for (size_t i = 0; i < line.size(); ++i) {
    unsigned control = 0;
    if (line[i] == kDelete) control = 0x7F;
    if (line[i] == kLeadOfControls && i + 1 < line.size()) {
      const auto next = static_cast<unsigned char>(line[i + 1]);
      if (next < 0xA0) control = next;
    }
    if (control == 0) {
      clean += line[i];
      continue;
    }
    clean += absl::StrFormat("\\u%04X", control);
    if (control > 0x7F) ++i;
  }
  return clean;
}

JsonLine& Begin(std::string_view level, std::string_view event,
                JsonLine* line) {
  return line->Add("level", level).Add("event", event);
}

// `first` says which of them was the first; empty where nobody asks.
void AppendWarning(std::string_view event, uint64_t count,
                   std::string_view first, std::string* lines) {
  if (count == 0) return;
  JsonLine line;
  Begin("warning", event, &line).Add("count", count);
  if (!first.empty()) line.Add("first", first);
  *lines += WithoutControls(line.Finish());
}

}  // namespace

std::string ErrorEvent(std::string_view message) {
  JsonLine line;
  return WithoutControls(
      Begin("error", "error", &line).Add("message", message).Finish());
}

std::string WarningEvent(std::string_view event, std::string_view message) {
  JsonLine line;
  return WithoutControls(
      Begin("warning", event, &line).Add("message", message).Finish());
}

std::string NoteEvent(std::string_view message) {
  JsonLine line;
  return WithoutControls(
      Begin("info", "note", &line).Add("message", message).Finish());
}

std::string ProgressEvent(std::string_view stage, uint64_t done,
                          uint64_t total) {
  JsonLine line;
  return Begin("info", "progress", &line)
      .Add("stage", stage)
      .Add("done", done)
      .Add("total", total)
      .Finish();
}

std::string WarningEvents(const InputFigures& figures) {
  std::string lines;
  AppendWarning("repeated_inputs", figures.repeated_inputs,
                figures.first_repeated, &lines);
  AppendWarning("missing_fields", figures.missing_fields.size(), "", &lines);
  AppendWarning("rejected", figures.rejected, figures.first_rejection, &lines);
  AppendWarning("invalid_utf8", figures.invalid_utf8, "", &lines);
  AppendWarning("unreadable_dates", figures.unreadable_dates,
                figures.first_unreadable_date, &lines);
  AppendWarning("unused_metadata", figures.unused_metadata, "", &lines);
  const bool is_empty = figures.has_metadata && figures.metadata_rows == 0;
  AppendWarning("empty_metadata", is_empty ? 1 : 0, "", &lines);
  return lines;
}

void BeginSummary(JsonLine* line) { Begin("info", "summary", line); }

std::string SummaryEvents(const InputFigures& figures,
                          const std::function<void(JsonLine*)>& add_fields) {
  JsonLine line;
  BeginSummary(&line);
  add_fields(&line);
  return WarningEvents(figures) + line.Finish();
}

std::string RunEvents(const RunStats& stats, std::string_view version) {
  return SummaryEvents(stats,
                       [&](JsonLine* line) { AddStats(stats, version, line); });
}

}  // namespace wirecopy
