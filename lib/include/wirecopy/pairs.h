// The similarity report: every pair of documents that are alike.

#ifndef WIRECOPY_PAIRS_H_
#define WIRECOPY_PAIRS_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

struct SimilarPair {
  uint32_t a = 0;  // a < b
  uint32_t b = 0;
  // Of documents with the very same shingles: 1 of 1, in proportion alone.
  Overlap overlap;
};

// Calls visit for every pair that reaches the threshold (for containment: of
// which one document is contained in the other), in rising order of (a, b);
// stops at the first error that it returns. All pairs of a large cluster are
// many: the output grows with their number.
absl::StatusOr<MatchStats> FindPairs(
    const MatchOptions& options, DocumentSource* source,
    const std::function<absl::Status(const SimilarPair&)>& visit);

}  // namespace wirecopy

#endif  // WIRECOPY_PAIRS_H_
