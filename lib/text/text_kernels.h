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

// What kernels know of a code point: 16 bits each of those that UTF-8 writes in
// two or three bytes, and 16 more. Zero: nothing.
inline constexpr size_t kFactCount = 0x10000 + 1;
inline constexpr int kFactClass = 0x07;  // of the bits, one of these:
inline constexpr int kFactOther = 1;
inline constexpr int kFactLetter = 2;
inline constexpr int kFactDigit = 3;
inline constexpr int kFactMark = 4;
inline constexpr int kFactSingle = 5;
// Text may be cut in front of it, and it is its own normal form,
inline constexpr int kFactInert = 0x80;
// or one ASCII character, neither a letter nor a hyphen: the upper byte.
inline constexpr int kFactAscii = 0x40;
inline constexpr int kFactAsciiShift = 8;

struct WideClassBitmaps {
  uint64_t* letters;
  uint64_t* digits;
  uint64_t* singles;
  uint64_t* barriers;
};

struct ByteClassBitmaps {
  uint64_t* letters;
  uint64_t* digits;
  uint64_t* apostrophes;
  uint64_t* non_ascii;
};

struct TextKernels {
  struct Progress {
    size_t read;
    size_t written;
  };
  // Copies size bytes: ASCII in lower case, white space as U+0020, and those
  // characters in normal form of which `kinds` says that it does, kFactInert or
  // kFactAscii; up to the first that is none of them, or is a hyphen-minus
  // between what may be letters: ASCII ones, any bytes that are no ASCII, or,
  // in front, nothing. May write up to kTextPadding bytes more to `to`.
  Progress (*fold)(const char* from, size_t size, const uint16_t* facts,
                   int kinds, char* to);

  // Classifies ceil(size / 64) words' worth of bytes; bits behind the text are
  // zero. Whether any is no ASCII. Reads up to kTextPadding bytes behind
  // `text`.
  bool (*classify)(const char* text, size_t size,
                   const ByteClassBitmaps& bitmaps);

  // Goes on from the character at `begin` and sets the bits of all bytes of
  // characters of two and three bytes that are letters, digits or singles, and
  // barriers at the beginnings and ends of singles. Returns where it stopped:
  // behind the text, or at a character that is not ASCII and is none of
  // those, nor kFactOther. No barrier is set there, in case it is a mark. The
  // bitmaps have room for the bit behind the text; `non_ascii` is as classify
  // leaves it. Reads up to kTextPadding bytes behind `text`.
  size_t (*classify_wide)(const char* text, size_t size, size_t begin,
                          const uint64_t* non_ascii, const uint16_t* facts,
                          const WideClassBitmaps& bitmaps);

  // The bytes that are no UTF-8 continuation bytes.
  size_t (*count_code_points)(const char* utf8, size_t size);

  // From classes to the borders of tokens: those begin where letters has a bit
  // afterwards, and end where digits has one; returns how many there are. The
  // last word is that behind the text. `singles` and `barriers` may both be
  // null: none.
  size_t (*mark_borders)(const ByteClassBitmaps& bitmaps,
                         const uint64_t* singles, const uint64_t* barriers,
                         size_t words);

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
