// What a run read, for its figures and its summary.

#ifndef WIRECOPY_REPORT_INPUT_FIGURES_H_
#define WIRECOPY_REPORT_INPUT_FIGURES_H_

#include <cstdint>
#include <string>

namespace wirecopy {

struct InputFigures {
  uint64_t read = 0;
  uint64_t rejected = 0;
  uint64_t bytes = 0;
  uint64_t invalid_utf8 = 0;
  uint64_t unreadable_dates = 0;
  uint64_t unused_metadata = 0;
  std::string first_rejection;  // for people: file, line and reason
  double seconds = 0;
};

// The first lines of a summary.
std::string InputSummary(const InputFigures& figures);

// 1234567 as "1,234,567".
std::string Grouped(uint64_t n);

// "1 document", "1,234 documents".
std::string Count(uint64_t n, const char* noun);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_INPUT_FIGURES_H_
