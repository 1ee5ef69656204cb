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
  size_t k = slots;
  // Adds up P(k or more differ) from the top.
  for (; k > 0; --k) {
    const auto x = static_cast<double>(k);
    const double log_probability =
        std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
        x * std::log(different) + (n - x) * std::log1p(-different);
    tail += std::exp(log_probability);
    if (tail > loss) break;
  }
  return k;
}

}  // namespace

SlotFilter::SlotFilter(size_t slots, double threshold, double loss)
    : slots_(slots),
      loss_(loss),
      most_different_(MostDifferent(
          slots, (1 - threshold) * (1 - std::ldexp(1.0, -int{kBits})), loss)) {}

void SlotFilter::Pack(std::span<const uint64_t> slots, uint64_t* packed) const {
  constexpr uint64_t kMask = (uint64_t{1} << kBits) - 1;
  for (size_t w = 0; w < words(); ++w) packed[w] = 0;
  for (size_t i = 0; i < slots.size(); ++i) {
    packed[i / kSlotsPerWord] |= (slots[i] & kMask)
                                 << (i % kSlotsPerWord * kBits);
  }
}

bool SlotFilter::MayReach(uint32_t a, uint32_t b) const {
  constexpr uint64_t kLowBits = 0x1111111111111111;
  const uint64_t* const of_a = packed_.data() + a * words();
  const uint64_t* const of_b = packed_.data() + b * words();
  size_t different = 0;
  for (size_t w = 0; w < words(); ++w) {
    uint64_t x = of_a[w] ^ of_b[w];
    x |= x >> 1;
    x |= x >> 2;
    // A bit a slot that differs, summed by the multiplication.
    x &= kLowBits;
    x = (x & 0x0101010101010101) + ((x >> 4) & 0x0101010101010101);
    different += (x * 0x0101010101010101) >> 56;
  }
  return different <= most_different_;
}

}  // namespace wirecopy
