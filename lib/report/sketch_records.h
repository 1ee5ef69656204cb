// The records that sketch writes, and the summary that people read.

#ifndef WIRECOPY_REPORT_SKETCH_RECORDS_H_
#define WIRECOPY_REPORT_SKETCH_RECORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "report/input_figures.h"
#include "wirecopy/document.h"

namespace wirecopy {

struct SketchStats : InputFigures {
  int signature_version = 0;
  int slots = 0;
  std::string shingle_unit;
  int shingle_size = 0;
  uint64_t seed = 0;
  uint64_t documents = 0;
};

struct EstimatedPairRecord {
  const DocumentId* a = nullptr;
  const DocumentId* b = nullptr;
  double jaccard = 0;
  double standard_error = 0;
  double containment_a = 0;
  double containment_b = 0;
};

// Of one file of signatures, or of two.
struct SketchComparison {
  uint64_t documents_a = 0;
  std::optional<uint64_t> documents_b;  // of the second file
  uint64_t pairs = 0;
  double threshold = 0;
  int slots = 0;
  double seconds = 0;
};

// Each a line of JSON, line break included.
std::string EstimatedPairLine(const EstimatedPairRecord& record);
std::string SketchStatsLine(const SketchStats& stats, std::string_view version);

// Some lines for a terminal.
std::string SketchSummary(const SketchStats& stats);
std::string SketchComparisonSummary(const SketchComparison& comparison);

// The same as events (report/log_events.h).
std::string SketchEvents(const SketchStats& stats, std::string_view version);
std::string SketchComparisonEvent(const SketchComparison& comparison,
                                  std::string_view version);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_SKETCH_RECORDS_H_
