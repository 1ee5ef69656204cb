// The records that dedup and pairs write, and the summary that people read.

#ifndef WIRECOPY_REPORT_MATCH_RECORDS_H_
#define WIRECOPY_REPORT_MATCH_RECORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/input_figures.h"
#include "report/json_line.h"
#include "wirecopy/document.h"

namespace wirecopy {

struct RemovedRecord {
  const DocumentId* id = nullptr;
  const DocumentId* kept = nullptr;
  double similarity = 0;
};

struct ClusterRecord {
  DocumentId kept;
  std::vector<DocumentId> members;   // two or more, kept among them
  std::vector<double> similarities;  // to kept; 1 for kept itself
  size_t left_out = 0;               // members that are not here
};

struct PairRecord {
  const DocumentId* a = nullptr;
  const DocumentId* b = nullptr;
  double jaccard = 0;
  double containment_a = 0;
  double containment_b = 0;
};

struct RejectRecord {
  std::string_view file;
  uint64_t line = 0;
  std::string_view reason;
};

// How a run was asked to match.
struct MatchParameters {
  double threshold = 0;
  std::string measure;
  bool exact = false;
  double recall = 0;
  std::string shingle_unit;
  int shingle_size = 0;
  uint64_t seed = 0;
  int bands = 0;  // 0 for an exact join
  int rows = 0;
  std::string cluster;  // empty for pairs
  std::string keep;     // likewise
};

struct RunStats : InputFigures {
  MatchParameters parameters;
  uint64_t kept = 0;
  uint64_t removed = 0;
  uint64_t candidates = 0;
  uint64_t verified_pairs = 0;
  uint64_t clusters = 0;
  uint64_t largest_cluster = 0;
  double expected_recall = 1;
};

// Each a line of JSON, line break included.
std::string RemovedLine(const RemovedRecord& record, std::string_view measure);
std::string ClusterLine(const ClusterRecord& record);
std::string PairLine(const PairRecord& record);
std::string RejectLine(const RejectRecord& record);
std::string StatsLine(const RunStats& stats, std::string_view version);
// The fields of StatsLine.
void AddStats(const RunStats& stats, std::string_view version, JsonLine* line);

// What is known of a document that has no line of its own; empty fields are
// left out.
struct TextDocument {
  const DocumentId* id = nullptr;
  std::string_view path;
  std::string_view published;
  std::string_view publisher;
  std::string_view url;
  std::string_view title;
  std::string_view text;
};
std::string TextDocumentLine(const TextDocument& document);

// Some lines for a terminal; `clusters` are the largest ones.
std::string DedupSummary(const RunStats& stats,
                         const std::vector<ClusterRecord>& clusters);
std::string PairsSummary(const RunStats& stats);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_MATCH_RECORDS_H_
