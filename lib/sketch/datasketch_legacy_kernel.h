// The hot loop of datasketch 1.6's formula for documents of more than a few
// shingles: the same slots as Update<Legacy>, in a fifth of the time (AVX-512
// and AVX2) or two fifths (portable).
//
// A value is the low half of x mod p, where x = a * hash + b modulo 2^64 and
// p = 2^61 - 1. That is the low half of x, which is cheap (of a, hash and b it
// takes the low halves alone), plus x's top 3 bits and a carry: 0 to 8 more.
// So bounds of all values are computed first, in 32 bits; and then the values
// themselves of those few hashes whose bound comes within 8 of the least.
//
// It keeps the rules of base/kernel_set.h, as datasketch_kernel.h does.

#ifndef WIRECOPY_SKETCH_DATASKETCH_LEGACY_KERNEL_H_
#define WIRECOPY_SKETCH_DATASKETCH_LEGACY_KERNEL_H_

#include <cstddef>
#include <cstdint>

#include "sketch/datasketch_kernel.h"

namespace wirecopy::datasketch_kernel::WIRECOPY_KERNEL_SET {

// By how much a value may be above the low half of x, modulo 2^32.
inline constexpr uint32_t kLegacySlack = 8;

// Hashes are bounded a run at a time, and values are computed of whole runs.
inline constexpr size_t kLegacyRun = 32;

// What a block of functions makes of some runs of hashes: by function, the
// least bound, its run, and the least bound of all other runs. Bounds have
// their top bits flipped, as slots of Affine32 do.
struct LegacyBounds {
  int32_t least[Affine32::kLanes];
  uint32_t run[Affine32::kLanes];
  int32_t next[Affine32::kLanes];
};

// Bounds are at most kLegacySlack above values, modulo 2^32.
inline LegacyBounds BoundRuns(const uint64_t* multipliers,
                              const uint64_t* increments, size_t lanes,
                              const uint32_t* low_halves, size_t count) {
  Block<Affine32> block = {};
  for (size_t j = 0; j < lanes; ++j) {
    block.a[j] = static_cast<uint32_t>(multipliers[j]);
    block.b[j] =
        static_cast<uint32_t>(increments[j]) + kLegacySlack + Affine32::kBias;
  }
  LegacyBounds bounds = {};
  for (size_t j = 0; j < Affine32::kLanes; ++j) {
    bounds.least[j] = INT32_MAX;
    bounds.run[j] = 0;
    bounds.next[j] = INT32_MAX;
  }
  for (size_t begin = 0; begin < count; begin += kLegacyRun) {
    const size_t left = count - begin;
    for (int32_t& slot : block.slots) slot = INT32_MAX;
    block = Lower<Affine32>(block, low_halves + begin,
                            left < kLegacyRun ? left : kLegacyRun);
    const auto run = static_cast<uint32_t>(begin / kLegacyRun);
    for (size_t j = 0; j < Affine32::kLanes; ++j) {
      const int32_t bound = block.slots[j];
      const int32_t least = bounds.least[j];
      const int32_t other = bound < least ? least : bound;
      bounds.next[j] = other < bounds.next[j] ? other : bounds.next[j];
      bounds.run[j] = bound < least ? run : bounds.run[j];
      bounds.least[j] = bound < least ? bound : least;
    }
  }
  return bounds;
}

inline uint32_t LeastValue(uint64_t a, uint64_t b, const uint64_t* hashes,
                           size_t count) {
  uint32_t least = ~uint32_t{0};
  for (size_t i = 0; i < count; ++i) {
    const uint32_t value = Legacy::Permute(a, b, hashes[i]);
    least = value < least ? value : least;
  }
  return least;
}

// Adds hashes, of which low_halves are the low halves, to the slots of a block.
inline void LowerLegacyBlock(const uint64_t* multipliers,
                             const uint64_t* increments, const uint64_t* hashes,
                             const uint32_t* low_halves, size_t count,
                             uint64_t* signature, size_t lanes) {
  const LegacyBounds bounds =
      BoundRuns(multipliers, increments, lanes, low_halves, count);
  for (size_t j = 0; j < lanes; ++j) {
    const uint32_t least =
        static_cast<uint32_t>(bounds.least[j]) ^ Affine32::kBias;
    const uint32_t next =
        static_cast<uint32_t>(bounds.next[j]) ^ Affine32::kBias;
    size_t begin = 0;
    size_t size = count;
    // Below the slack, bounds may belong to the largest values.
    if (least >= kLegacySlack) {
      if (signature[j] <= least - kLegacySlack) continue;
      if (next - least >= kLegacySlack) {
        begin = bounds.run[j] * kLegacyRun;
        size = count - begin < kLegacyRun ? count - begin : kLegacyRun;
      }
    }
    const uint32_t value =
        LeastValue(multipliers[j], increments[j], hashes + begin, size);
    signature[j] = value < signature[j] ? value : signature[j];
  }
}

// Does what Update<Legacy>() of datasketch_kernel.h does, which it leaves a few
// hashes to.
inline void UpdateLegacy(const uint64_t* multipliers,
                         const uint64_t* increments, const uint64_t* hashes,
                         size_t hash_count, uint64_t* signature,
                         size_t num_perm) {
  constexpr size_t kLeast = 40;
  constexpr size_t kChunk = 1024;
  uint32_t low_halves[kChunk];
  size_t begin = 0;
  while (hash_count - begin >= kLeast) {
    const size_t left = hash_count - begin;
    const size_t count = left < kChunk ? left : kChunk;
    for (size_t i = 0; i < count; ++i) {
      low_halves[i] = static_cast<uint32_t>(hashes[begin + i]);
    }
    for (size_t p = 0; p < num_perm; p += Affine32::kLanes) {
      const size_t rest = num_perm - p;
      LowerLegacyBlock(multipliers + p, increments + p, hashes + begin,
                       low_halves, count, signature + p,
                       rest < Affine32::kLanes ? rest : Affine32::kLanes);
    }
    begin += count;
  }
  Update<Legacy>(multipliers, increments, hashes + begin, hash_count - begin,
                 signature, num_perm);
}

}  // namespace wirecopy::datasketch_kernel::WIRECOPY_KERNEL_SET

#endif  // WIRECOPY_SKETCH_DATASKETCH_LEGACY_KERNEL_H_
