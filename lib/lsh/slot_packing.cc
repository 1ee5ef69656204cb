#include "lsh/slot_packing.h"

#include <algorithm>

namespace wirecopy {
namespace {

unsigned KeyBits(const Banding& banding) {
  const unsigned of_slots =
      static_cast<unsigned>(banding.rows) * SlotPacking::kSlotBits;
  constexpr unsigned kLeast = SlotPacking::kLeastKeyBits;
  constexpr unsigned kAll = SlotPacking::kBandBits;
  return of_slots + kLeast >= kAll ? kLeast : kAll - of_slots;
}

}  // namespace

void FieldLayout::Pack(std::span<const uint64_t> values,
                       uint64_t* packed) const {
  size_t next = 0;
  for (size_t w = 0; w < words; ++w) {
    const size_t end = std::min(next + per_word, values.size());
    uint64_t word = 0;
    for (unsigned shift = 0; next < end; ++next, shift += bits) {
      word |= (values[next] & mask) << shift;
    }
    packed[w] = word;
  }
}

SlotPacking::SlotPacking(const Banding& banding)
    : banding_(banding),
      slots_(kSlotBits, static_cast<size_t>(banding.slots())),
      keys_(KeyBits(banding), static_cast<size_t>(banding.bands)) {}

void SlotPacking::Pack(std::span<const uint64_t> slots,
                       uint64_t* packed) const {
  slots_.Pack(slots, packed);
  uint64_t keys[SignatureParameters::kMaxSlots];
  const auto bands = static_cast<size_t>(banding_.bands);
  BandKeys(slots, banding_, {keys, bands});
  keys_.Pack({keys, bands}, packed + slots_.words);
}

BandKeyReader::BandKeyReader(const SlotPacking& packing, size_t band)
    : key_(packing.keys_.At(band)), key_mask_(packing.keys_.mask) {
  key_.word += packing.slots_.words;
  unsigned used = packing.keys_.bits;
  const auto rows = static_cast<size_t>(packing.banding_.rows);
  for (size_t slot = band * rows; slot < (band + 1) * rows; ++slot) {
    used += SlotPacking::kSlotBits;
    const bool mixes = used > 64;
    if (mixes) used = SlotPacking::kSlotBits;
    steps_.push_back({packing.slots_.At(slot), mixes});
  }
}

}  // namespace wirecopy
