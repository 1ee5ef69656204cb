#include "passage/rarity.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace wirecopy {

// The distinct tokens of a corpus are far fewer than its tokens.
size_t Rarity::SlotsFor(uint64_t tokens) {
  constexpr uint64_t kLeastSlots = uint64_t{1} << 10;
  constexpr uint64_t kMostSlots = uint64_t{1} << 22;
  return std::bit_ceil(std::clamp(tokens, kLeastSlots, kMostSlots));
}

Rarity::Rarity(std::vector<Slot> slots)
    : shift_(32 - static_cast<unsigned>(std::bit_width(slots.size()) - 1)),
      slots_(std::move(slots)) {}

Rarity::Rarity(uint64_t tokens) : Rarity(std::vector<Slot>(SlotsFor(tokens))) {}

Rarity::Rarity(uint32_t documents, std::span<const uint32_t> documents_with)
    : Rarity(std::vector<Slot>(documents_with.size())) {
  documents_ = documents;
  for (size_t slot = 0; slot < slots_.size(); ++slot) {
    slots_[slot].documents = documents_with[slot];
  }
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
