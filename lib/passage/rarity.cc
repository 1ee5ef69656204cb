#include "passage/rarity.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace wirecopy {

// The distinct tokens of a corpus are far fewer than its tokens.
Rarity::Rarity(size_t tokens) {
  constexpr size_t kLeastSlots = size_t{1} << 10;
  constexpr size_t kMostSlots = size_t{1} << 22;
  const size_t slots =
      std::bit_ceil(std::clamp(tokens, kLeastSlots, kMostSlots));
  shift_ = 32 - static_cast<unsigned>(std::bit_width(slots) - 1);
  slots_.resize(slots);
}

size_t Rarity::SlotOf(TokenCode code) const { return code >> shift_; }

void Rarity::Add(std::span<const TokenCode> document) {
  ++documents_;
  for (const TokenCode code : document) {
    Slot& slot = slots_[SlotOf(code)];
    if (slot.last == documents_) continue;
    slot.last = documents_;
    ++slot.documents;
  }
}

double Rarity::Of(std::span<const TokenCode> a,
                  std::span<const TokenRun> runs) const {
  double nats = 0;
  for (const TokenRun& run : runs) {
    for (uint32_t i = run.a; i < run.a_end(); ++i) {
      const uint32_t with = std::max(slots_[SlotOf(a[i])].documents, 1U);
      nats += std::log(static_cast<double>(documents_) / with);
    }
  }
  return nats;
}

}  // namespace wirecopy
