// What a run read, for its figures and its summary.

#ifndef WIRECOPY_REPORT_INPUT_FIGURES_H_
#define WIRECOPY_REPORT_INPUT_FIGURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "report/json_line.h"

namespace wirecopy {

struct InputFigures {
  uint64_t read = 0;
  uint64_t rejected = 0;
  uint64_t bytes = 0;
  uint64_t invalid_utf8 = 0;
  uint64_t unreadable_dates = 0;  // of documents and in the table
  uint64_t unused_metadata = 0;   // rows that no document goes with
  bool has_metadata = false;      // whether there is a table
  uint64_t metadata_rows = 0;
  uint64_t metadata_documents = 0;  // that a row goes with
  uint64_t repeated_inputs = 0;     // files that were there before
  // For people: file, line and reason; a date, and what would be one; which
  // file is which; ids that go with none; columns that were not read.
  std::string first_rejection;
  std::string first_unreadable_date;
  std::string first_repeated;
  std::string metadata_examples;
  std::string unread_columns;
  std::vector<std::string> missing_fields;  // named by options, nowhere there
  double seconds = 0;
};

// The first lines of a summary.
std::string InputSummary(const InputFigures& figures);

// Those of them that warn.
std::string InputWarnings(const InputFigures& figures);

// Adds the counts of these warnings as fields.
void AddWarningCounts(const InputFigures& figures, JsonLine* line);

// 1234567 as "1,234,567".
std::string Grouped(uint64_t n);

// "1 document", "1,234 documents".
std::string Count(uint64_t n, const char* noun);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_INPUT_FIGURES_H_
