// What the pieces of spread de-duplication (wirecopy/spread.h) have in common:
// the bands, and which slots may differ. As engine/match_job.cc has them.

#ifndef WIRECOPY_ENGINE_SPREAD_BANDS_H_
#define WIRECOPY_ENGINE_SPREAD_BANDS_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "lsh/slot_packing.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

struct SpreadBands {
  Banding banding;
  SlotPacking packing;
  size_t most_different;  // slots

  static absl::StatusOr<SpreadBands> Choose(const MatchOptions& options);
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_SPREAD_BANDS_H_
