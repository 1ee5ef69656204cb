// What a run tells of itself to programs: JSON Lines with `level`, `event` and
// fields. docs/records.md lists them.

#ifndef WIRECOPY_REPORT_LOG_EVENTS_H_
#define WIRECOPY_REPORT_LOG_EVENTS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "report/input_figures.h"
#include "report/json_line.h"
#include "report/match_records.h"

namespace wirecopy {

// Each is made of lines without control characters. The message may be any
// bytes that JsonLine takes.
std::string ErrorEvent(std::string_view message);
std::string WarningEvent(std::string_view event, std::string_view message);
std::string NoteEvent(std::string_view message);
std::string ProgressEvent(std::string_view stage, uint64_t done,
                          uint64_t total);

// A warning for each count that is not 0: of inputs that were there before,
// records that cannot be used, pieces of text that are no UTF-8, dates that
// nobody can read, rows of metadata without a document.
std::string WarningEvents(const InputFigures& figures);

// The warnings of a run of dedup or pairs, and its summary.
std::string RunEvents(const RunStats& stats, std::string_view version);

// Begins a summary, to which fields are to be added.
void BeginSummary(JsonLine* line);

// The warnings of a run that reads documents, and its summary, to which
// `add_fields` adds.
std::string SummaryEvents(const InputFigures& figures,
                          const std::function<void(JsonLine*)>& add_fields);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_LOG_EVENTS_H_
