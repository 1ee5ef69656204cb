// The passages of two texts, side by side in a terminal.

#ifndef WIRECOPY_REPORT_SIDE_BY_SIDE_H_
#define WIRECOPY_REPORT_SIDE_BY_SIDE_H_

#include <string>
#include <string_view>

#include "report/comparison.h"

namespace wirecopy {

struct SideBySideOptions {
  int width = 80;  // columns of the terminal
  bool color = false;
  bool full = false;  // long stretches that are equal are not shortened
};

// Each passage of the record with a heading, in two columns, or one text under
// the other where the terminal is narrow or a text is written from right to
// left, which columns garble. The texts are those of the record's bytes; what
// cannot be shown safely is replaced.
std::string SideBySide(const ComparisonRecord& record, std::string_view a,
                       std::string_view b, const SideBySideOptions& options);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_SIDE_BY_SIDE_H_
