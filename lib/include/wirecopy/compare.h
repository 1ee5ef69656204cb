// How two texts relate.

#ifndef WIRECOPY_COMPARE_H_
#define WIRECOPY_COMPARE_H_

#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"
#include "wirecopy/shingle.h"
#include "wirecopy/similarity.h"

namespace wirecopy {

struct Comparison {
  Overlap overlap;  // in distinct shingles
  size_t tokens_a = 0;
  size_t tokens_b = 0;
};

// InvalidArgument where the options are. Linear; thread-safe.
absl::StatusOr<Comparison> Compare(std::string_view a, std::string_view b,
                                   const ShingleOptions& options);

}  // namespace wirecopy

#endif  // WIRECOPY_COMPARE_H_
