// How two documents relate, for people and for programs.

#ifndef WIRECOPY_REPORT_COMPARISON_H_
#define WIRECOPY_REPORT_COMPARISON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "report/passage_view.h"

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
  std::vector<PassageView> passages = {};
  std::string offset_unit = kCodePointUnit;  // of their places
  // The words that a pair's longest passage has at least, and has where it
  // begins or ends amid a sentence.
  int least_words = 0;
  int least_fragment = 0;
  // Whether what a document is called is an id that is an integer.
  bool a_is_integer = false;
  bool b_is_integer = false;
};

// A line of JSON.
std::string ComparisonLine(const ComparisonRecord& record);

// A few lines for a terminal, without the passages.
std::string ComparisonText(const ComparisonRecord& record);

// Why there are none.
std::string NoPassagesText(const ComparisonRecord& record);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_COMPARISON_H_
