// How two documents relate, for people and for programs.

#ifndef WIRECOPY_REPORT_COMPARISON_H_
#define WIRECOPY_REPORT_COMPARISON_H_

#include <cstdint>
#include <string>

namespace wirecopy {

struct ComparisonRecord {
  std::string a;  // what the documents are called
  std::string b;
  double jaccard = 0;
  double containment_a = 0;
  double containment_b = 0;
  uint64_t tokens_a = 0;
  uint64_t tokens_b = 0;
  uint64_t shingles_a = 0;  // distinct
  uint64_t shingles_b = 0;
  uint64_t shared_shingles = 0;
  std::string shingle_unit;  // "word" or "char"
  int shingle_size = 0;
};

// A line of JSON.
std::string ComparisonLine(const ComparisonRecord& record);

// A few lines for a terminal.
std::string ComparisonText(const ComparisonRecord& record);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_COMPARISON_H_
