// The records that dedup writes where an index decides, and the summary that
// people read.

#ifndef WIRECOPY_REPORT_INDEXED_DEDUP_RECORDS_H_
#define WIRECOPY_REPORT_INDEXED_DEDUP_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "report/input_figures.h"
#include "wirecopy/document.h"

namespace wirecopy {

// A stretch of a document that was seen before.
struct SeenSpanRecord {
  size_t begin = 0;
  size_t end = 0;
  double identity = 0;
  const DocumentId* other = nullptr;
};

struct IndexedDedupStats : InputFigures {
  bool is_read_only = false;
  uint64_t kept = 0;
  uint64_t removed = 0;
  uint64_t removed_by_passages = 0;  // of these
  uint64_t present = 0;    // documents that were in the index, kept or not
  uint64_t revisions = 0;  // that were there with another text
  // Kept documents with stretches that were seen before, and these.
  uint64_t documents_with_spans = 0;
  uint64_t spans = 0;
  uint64_t documents = 0;  // in the index at the end
};

// Each a line of JSON, line break included. `cuts` are what is equal within
// the spans. `unit` of places is empty for code points.
std::string AnnotationLine(const DocumentId& id,
                           std::span<const SeenSpanRecord> spans,
                           std::span<const SeenSpanRecord> cuts,
                           std::string_view unit);
std::string IndexedDedupStatsLine(const IndexedDedupStats& stats,
                                  std::string_view version);

// Some lines for a terminal, and the same as events (report/log_events.h).
std::string IndexedDedupSummary(const IndexedDedupStats& stats);
std::string IndexedDedupEvents(const IndexedDedupStats& stats,
                               std::string_view version);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_INDEXED_DEDUP_RECORDS_H_
