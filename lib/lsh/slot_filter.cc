#include "lsh/slot_filter.h"

#include <cmath>

namespace wirecopy {
namespace {

// The most of `slots` slots that differ, but for a share `loss` of pairs whose
// slots differ with probability `different` each. Slots are drawn without
// replacement, which only makes far tails thinner than the binomial's.
size_t MostDifferent(size_t slots, double different, double loss) {
  if (different <= 0) return 0;
  const auto n = static_cast<double>(slots);
  double tail = 0;
  double log_ways =
      0;  // of choosing k of the slots; (lgamma is for one thread)
  size_t k = slots;
  // Adds up P(k or more differ) from the top.
  for (; k > 0; --k) {
    const auto x = static_cast<double>(k);
    tail += std::exp(log_ways + x * std::log(different) +
                     (n - x) * std::log1p(-different));
    if (tail > loss) break;
    log_ways += std::log(x) - std::log(n - x + 1);
  }
  return k;
}

// A slot that two documents do not share still agrees in all of its bits by
// chance.
double ShareOfDifferent(double threshold) {
  return (1 - threshold) * (1 - std::ldexp(1.0, -int{SlotPacking::kSlotBits}));
}

}  // namespace

size_t MostDifferentSlots(size_t slots, double threshold, double loss) {
  return MostDifferent(slots, ShareOfDifferent(threshold), loss);
}

SlotFilter::SlotFilter(const PackedSignatures& signatures, double threshold,
                       double loss)
    : signatures_(signatures),
      loss_(loss),
      most_different_(
          MostDifferentSlots(signatures.packing().slots(), threshold, loss)) {}

}  // namespace wirecopy
