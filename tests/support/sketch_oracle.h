// The slots of a set, and what is made of them, as docs/signature.md says it,
// word by word and slowly.

#ifndef WIRECOPY_TESTS_SUPPORT_SKETCH_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_SKETCH_ORACLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy::oracle {

// The steps are spelled out again here, so that a slip in base/mix.h shows.
inline uint64_t SlowRoundHash(uint64_t h, uint64_t round) {
  constexpr uint64_t kMultiplier = 0xD6E8FEB86659FD93;
  if (round == 0) return h;
  uint64_t x = h + round * 0x9E3779B97F4A7C15;
  for (int i = 0; i < 2; ++i) {
    x = (x ^ (x >> 32)) * kMultiplier;
  }
  return x ^ (x >> 32);
}

inline std::vector<uint64_t> SlowSlots(std::span<const uint64_t> hashes,
                                       uint64_t slot_count) {
  constexpr uint64_t kEmpty = ~uint64_t{0};
  std::vector<uint64_t> slots(slot_count, kEmpty);
  if (hashes.empty()) return slots;
  for (uint64_t round = 0; round < 2 * slot_count; ++round) {
    if (std::count(slots.begin(), slots.end(), kEmpty) == 0) break;
    for (const uint64_t h : hashes) {
      const uint64_t x = SlowRoundHash(h, round);
      const uint64_t slot = round < slot_count ? (x >> 32) * slot_count >> 32
                                               : round - slot_count;
      const uint64_t rank = (x ^ (x << 21)) % (uint64_t{1} << 53);
      slots[slot] = std::min(slots[slot], (round << 53) + rank);
    }
  }
  return slots;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_SKETCH_ORACLE_H_
