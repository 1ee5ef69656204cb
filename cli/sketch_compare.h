// Compares files of signatures.

#ifndef WIRECOPY_CLI_SKETCH_COMPARE_H_
#define WIRECOPY_CLI_SKETCH_COMPARE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace wirecopy::cli {

struct SketchCompareArguments {
  std::vector<std::string> paths;  // one or two
  std::string output;
  double threshold = 0;
  int threads = 1;
  bool quiet = false;
};

// Writes the pairs of one file, or of one and the other.
absl::Status RunSketchCompare(const SketchCompareArguments& arguments);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SKETCH_COMPARE_H_
