// The hot loops of the sketch layer, one table of them per instruction set.

#ifndef WIRECOPY_SKETCH_SKETCH_KERNELS_H_
#define WIRECOPY_SKETCH_SKETCH_KERNELS_H_

#include <cstddef>
#include <cstdint>

#include "base/simd.h"

namespace wirecopy {

// A slot's value: the round in which it was filled above the lowest hash of
// that round. 2 * 1,024 rounds need 11 bits; the 53 bits that are left keep
// the lowest of 10^8 hashes apart (wirecopy/signature.h).
inline constexpr int kSlotHashBits = 53;
inline constexpr uint64_t kSlotHashMask = (uint64_t{1} << kSlotHashBits) - 1;
inline constexpr uint64_t kEmptySlot = ~uint64_t{0};
inline constexpr uint32_t kMaxSlots = 1024;

using DatasketchUpdate = void (*)(const uint64_t* multipliers,
                                  const uint64_t* increments,
                                  const uint64_t* hashes, size_t hash_count,
                                  uint64_t* signature, size_t num_perm);

struct SketchKernels {
  // Fast Similarity Sketching: writes slot_count (at most kMaxSlots) values
  // for `count` shingle hashes; kEmptySlot in all where count is 0. True where
  // this showed that more of the hashes differ than there are slots, as it does
  // of nearly all sets that are some times as large.
  bool (*fill_slots)(const uint64_t* hashes, size_t count, uint64_t* slots,
                     uint32_t slot_count);

  // The number of i < count with a[i] == b[i].
  size_t (*count_equal)(const uint64_t* a, const uint64_t* b, size_t count);

  // The numbers that two sorted sets share; where these are fewer than `least`,
  // any number below it.
  size_t (*count_shared)(const uint64_t* a, size_t a_size, const uint64_t* b,
                         size_t b_size, size_t least);

  // Update() of datasketch_kernel.h for each scheme, but for legacy's, which is
  // UpdateLegacy() of datasketch_legacy_kernel.h.
  DatasketchUpdate datasketch_legacy;
  DatasketchUpdate datasketch_affine32;
  DatasketchUpdate datasketch_affine64;
};

const SketchKernels& SketchKernelsFor(SimdLevel level);

inline const SketchKernels& ActiveSketchKernels() {
  static const SketchKernels& kernels = SketchKernelsFor(ActiveSimdLevel());
  return kernels;
}

}  // namespace wirecopy

#endif  // WIRECOPY_SKETCH_SKETCH_KERNELS_H_
