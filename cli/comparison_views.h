// How two texts relate, as the record that reports show.

#ifndef WIRECOPY_CLI_COMPARISON_VIEWS_H_
#define WIRECOPY_CLI_COMPARISON_VIEWS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "report/comparison.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passage.h"
#include "wirecopy/shingle.h"

namespace wirecopy::cli {

// Two texts of well-formed UTF-8, and what they are called.
struct ComparedTexts {
  std::string name_a;
  std::string_view a;
  std::string name_b;
  std::string_view b;
};

// Passages are hashed with the shingles' seed. InvalidArgument where the
// options are.
absl::StatusOr<ComparisonRecord> CompareWithPassages(
    const ComparedTexts& texts, const ShingleOptions& shingle,
    PassageOptions passage, OffsetUnit unit);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_COMPARISON_VIEWS_H_
