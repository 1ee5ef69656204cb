// The hot loops of the text layer, one table of them per instruction set.
//
// Bit n of a bitmap's word w speaks of byte 64 * w + n. All pointers are
// non-null unless the size that goes with them is zero; none overlap.

#ifndef WIRECOPY_TEXT_TEXT_KERNELS_H_
#define WIRECOPY_TEXT_TEXT_KERNELS_H_

#include <cstddef>
#include <cstdint>

#include "base/simd.h"

namespace wirecopy {

// Readable bytes that a kernel may touch behind the text that it is given.
inline constexpr size_t kTextPadding = 64;

// Values that bit_positions may write behind the last one.
inline constexpr size_t kPositionPadding = 16;

struct ByteClassBitmaps {
  uint64_t* letters;
  uint64_t* digits;
  uint64_t* apostrophes;
  uint64_t* non_ascii;
};

struct TextKernels {
  // Copies size bytes of ASCII in lower case, white space as U+0020, up to the
  // first byte that is no ASCII or is a hyphen-minus which an ASCII letter
  // follows and an ASCII letter, or nothing, precedes; returns how many were
  // copied. May write up to kTextPadding bytes more than that to `to`.
  size_t (*fold_ascii)(const char* from, size_t size, char* to);

  // Classifies ceil(size / 64) words' worth of bytes; bits behind the text are
  // zero. Reads up to kTextPadding bytes behind `text`.
  void (*classify)(const char* text, size_t size,
                   const ByteClassBitmaps& bitmaps);

  // The bytes that are no UTF-8 continuation bytes.
  size_t (*count_code_points)(const char* utf8, size_t size);

  size_t (*count_bits)(const uint64_t* bitmap, size_t words);

  // Writes the offset of every set bit, in order; returns their number. May
  // write up to kPositionPadding values more.
  size_t (*bit_positions)(const uint64_t* bitmap, size_t words, uint32_t* to);

  // hashes[i] = the hash of the token text[begins[i], ends[i])
  // (docs/signature.md). Reads up to kTextPadding bytes behind the last one.
  void (*hash_tokens)(const char* text, const uint32_t* begins,
                      const uint32_t* ends, size_t count, uint64_t seed,
                      uint64_t* hashes);

  // shingles[i] = the hash of tokens [i, i + k) for i <= count - k
  // (docs/signature.md); requires 1 <= k <= count, k <= 64.
  void (*combine)(const uint64_t* tokens, size_t count, size_t k,
                  uint64_t* shingles);
};

const TextKernels& TextKernelsFor(SimdLevel level);

inline const TextKernels& ActiveTextKernels() {
  static const TextKernels& kernels = TextKernelsFor(ActiveSimdLevel());
  return kernels;
}

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_TEXT_KERNELS_H_
