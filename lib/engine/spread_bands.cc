#include "engine/spread_bands.h"

#include "base/status_macros.h"
#include "engine/match_job.h"
#include "lsh/slot_filter.h"

namespace wirecopy {

absl::StatusOr<SpreadBands> SpreadBands::Choose(const MatchOptions& options) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  if (options.exact || options.measure == Measure::kContainment) {
    return absl::InvalidArgumentError(
        "spread de-duplication goes with resemblance and bands: an exact join, "
        "which containment needs, holds what all documents have in common");
  }
  if (options.memory.bytes > 0) {
    return absl::InvalidArgumentError(
        "spread de-duplication knows no bound on memory");
  }
  WIRECOPY_ASSIGN_OR_RETURN(const Banding banding, BandingFor(options));
  const SlotPacking packing(banding);
  return SpreadBands{banding, packing,
                     MostDifferentSlots(packing.slots(), options.threshold,
                                        SlotFilter::LossFor(options.recall))};
}

}  // namespace wirecopy
