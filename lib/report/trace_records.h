// What a trace found, as plain records: all that its outputs and its page are
// made from.

#ifndef WIRECOPY_REPORT_TRACE_RECORDS_H_
#define WIRECOPY_REPORT_TRACE_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "report/passage_view.h"
#include "wirecopy/document.h"
#include "wirecopy/evidence.h"

namespace wirecopy {

struct TraceParentRecord {
  size_t document = 0;  // in TraceRecords::documents
  double confidence = 0;
  uint64_t words = 0;
  double share = 0;  // LineageParent::share
};

// A document's place in its family.
struct TraceLineageRecord {
  size_t family = 0;        // in TraceRecords::families
  std::string_view status;  // "root", "copy", "hidden_source", "undecided"
  std::vector<TraceParentRecord> parents;  // the strongest first
  std::vector<TraceParentRecord> runners_up;
  double absent_confidence = 0;
  std::string source_group;      // empty where there is none
  std::optional<size_t> origin;  // a document
  bool clock_overruled = false;
};

// A document that shares something with another.
struct TraceDocumentRecord {
  DocumentId id;
  std::string title;  // these are empty where nobody knows
  std::string publisher;
  std::string url;
  std::optional<absl::Time> published;
  bool published_is_uncertain = false;  // a date alone, or without a zone
  std::string text;                     // valid UTF-8
  uint64_t words = 0;
  std::optional<TraceLineageRecord> lineage;
};

struct TracePassageRecord {
  size_t a = 0;  // documents
  size_t b = 0;
  PassageView view;
  std::string group;
  std::optional<size_t> source;  // a document
  double confidence = 0.5;
};

struct TraceEdgeRecord {
  size_t a = 0;  // documents
  size_t b = 0;
  std::optional<size_t> source;  // a or b
  double confidence = 0.5;
  // "republication", "excerpt", "update", "common_source", "quotation"
  std::string_view relation;
  uint64_t words = 0;
  double a_coverage = 0;
  double b_coverage = 0;
  std::vector<Evidence> evidence;
  size_t first_passage = 0;  // [first, last) of TraceRecords::passages
  size_t last_passage = 0;
};

struct TraceFamilyRecord {
  std::string name;             // 16 hexadecimal digits
  std::vector<size_t> members;  // documents, in order
  std::vector<std::string> source_groups;
};

struct TracePublisherRecord {
  std::string source;
  std::string copy;
  uint64_t documents = 0;
  uint64_t words = 0;
  std::optional<absl::Duration> median_delay;
};

struct TraceRecords {
  std::string offset_unit = kCodePointUnit;  // or "byte", "utf16"
  bool used_dates = true;
  uint64_t documents_read = 0;  // those that share nothing among them
  std::vector<TraceDocumentRecord> documents;  // in input order
  std::vector<TracePassageRecord> passages;    // by a, b, places
  std::vector<TraceEdgeRecord> edges;          // by a, b
  std::vector<TraceFamilyRecord> families;
  std::vector<TracePublisherRecord> publishers;
};

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_RECORDS_H_
