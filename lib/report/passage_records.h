// The records of reused passages.

#ifndef WIRECOPY_REPORT_PASSAGE_RECORDS_H_
#define WIRECOPY_REPORT_PASSAGE_RECORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/input_figures.h"
#include "report/json_line.h"
#include "wirecopy/document.h"

namespace wirecopy {

// Where a passage stands in a document; begin inclusive, end exclusive.
struct PlaceRecord {
  DocumentId id;
  uint64_t begin = 0;
  uint64_t end = 0;
};

struct PassageRecord {
  PlaceRecord a;
  PlaceRecord b;
  uint64_t words = 0;
  uint64_t edits = 0;
  double identity = 0;
  std::string_view kind;  // as group, a short name that needs no escapes
  std::string_view group;
};

// A group's name, from the place where it was first: 16 hexadecimal digits.
std::string PassageGroupName(const PlaceRecord& first);

// The fields of PassageLine.
void AddPassage(const PassageRecord& record, std::string_view unit,
                JsonLine* line);

// A line of JSON. `unit` says what offsets count; empty for code points.
std::string PassageLine(const PassageRecord& record, std::string_view unit);

// A line of tab-separated values, in the order of minimap2's PAF as far as it
// goes (docs/records.md); ids with their tabs, line ends and backslashes
// escaped.
std::string PassageTsv(const PassageRecord& record, uint64_t a_length,
                       uint64_t b_length);

struct PassageGroupRecord {
  std::string_view name;
  std::string_view kind;
  PlaceRecord first;
  std::vector<PlaceRecord> members;
};
std::string PassageGroupLine(const PassageGroupRecord& record,
                             std::string_view unit);

// One side of an annotation: the document's address, where the passage stands
// in its text (in code points), and the text there.
struct AnnotatedSide {
  std::string source;
  uint64_t begin = 0;
  uint64_t end = 0;
  std::string_view exact;
  std::string_view prefix;
  std::string_view suffix;
};

// An annotation (W3C Web Annotation Data Model, 2017) that links a's passage
// with b's: a line of JSON-LD.
std::string AnnotationLine(const PassageRecord& record, const AnnotatedSide& a,
                           const AnnotatedSide& b);

// Figures of a run.
struct PassagesRunStats : InputFigures {
  uint64_t documents = 0;
  uint64_t candidates = 0;
  uint64_t pairs = 0;
  uint64_t passages = 0;
  uint64_t groups = 0;
  uint64_t copies = 0;  // by kind
  uint64_t quotations = 0;
  uint64_t shared = 0;
  uint64_t boilerplate = 0;
  uint64_t self = 0;
  bool all_pairs = false;
  uint64_t most_documents = 0;
  uint64_t capped_fingerprints = 0;
};

// One object, a line.
std::string PassagesStatsLine(const PassagesRunStats& stats,
                              std::string_view version);
// For a terminal.
std::string PassagesSummary(const PassagesRunStats& stats);
// For --log-format json.
std::string PassagesEvents(const PassagesRunStats& stats,
                           std::string_view version);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_PASSAGE_RECORDS_H_
