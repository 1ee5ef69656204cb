// Passages as the records that reports show.

#ifndef WIRECOPY_CLI_PASSAGE_VIEWS_H_
#define WIRECOPY_CLI_PASSAGE_VIEWS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/passage_view.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passage.h"

namespace wirecopy::cli {

// The passages of two texts of well-formed UTF-8, with places in `unit`.
std::vector<PassageView> FindPassageViews(std::string_view a,
                                          std::string_view b, OffsetUnit unit,
                                          PassageAligner* aligner);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_PASSAGE_VIEWS_H_
