// The records that index writes, and the summary that people read.

#ifndef WIRECOPY_REPORT_INDEX_RECORDS_H_
#define WIRECOPY_REPORT_INDEX_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/input_figures.h"
#include "wirecopy/document.h"

namespace wirecopy {

struct SeenPassageRecord {
  const DocumentId* other = nullptr;
  size_t begin = 0;
  size_t end = 0;
  size_t other_begin = 0;
  size_t other_end = 0;
  uint32_t words = 0;
  uint32_t edits = 0;
  double identity = 0;
  std::string_view kind;
};

struct IndexAnswerRecord {
  const DocumentId* id = nullptr;  // null for a document that has none
  std::string_view status;
  const DocumentId* held_as = nullptr;  // null where that is its id
  const DocumentId* of = nullptr;  // null where it is a duplicate of nothing
  double similarity = 0;
  bool was_orphan = false;
  std::optional<double> former_similarity;
  std::string_view unreadable_date;  // empty where there is none
  std::vector<SeenPassageRecord> passages;
};

// What an index is made with, as its options are called.
struct IndexParametersRecord {
  double threshold = 0;
  std::string measure;
  double recall = 0;
  std::string shingle_unit;
  int shingle_size = 0;
  uint64_t seed = 0;
  int bands = 0;  // 0 for containment
  int rows = 0;
  bool passages = false;
  int min_run = 0;
  int min_words = 0;
  int min_letters = 0;
  int fragment_words = 0;
  int lone_words = 0;
  int max_gap = 0;
  bool every_run = false;
};

struct IndexInfoRecord {
  uint32_t format = 0;
  uint64_t documents = 0;
  uint64_t duplicates = 0;
  uint64_t orphans = 0;
  uint64_t text_bytes = 0;
  uint64_t disk_bytes = 0;
  uint64_t unfiled_bands = 0;
  IndexParametersRecord parameters;
};

struct IndexRunStats : InputFigures {
  std::string_view action;  // add or query
  uint64_t answered = 0;    // documents
  uint64_t fresh = 0;       // of these, by status
  uint64_t passages = 0;
  uint64_t duplicates = 0;
  uint64_t revisions = 0;
  uint64_t present = 0;
  uint64_t documents = 0;  // in the index at the end
};

// Each a line of JSON, line break included. `unit` of places is empty for code
// points.
std::string IndexAnswerLine(const IndexAnswerRecord& record,
                            std::string_view unit);
std::string IndexInfoLine(const IndexInfoRecord& record,
                          std::string_view version);
std::string IndexStatsLine(const IndexRunStats& stats,
                           std::string_view version);
std::string IndexRemovalLine(const DocumentId& id, bool was_there);

// Some lines for a terminal, and the same as events (report/log_events.h).
std::string IndexSummary(const IndexRunStats& stats);
std::string IndexEvents(const IndexRunStats& stats, std::string_view version);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_INDEX_RECORDS_H_
