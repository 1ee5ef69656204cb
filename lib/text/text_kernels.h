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

// Besides facts, of what fold is asked for.
inline constexpr int kJoinsWords = 1 << 16;

// What 64 bytes of a text are, as far as they are no ASCII.
struct WideClasses {
  uint64_t letters;
  uint64_t digits;
  uint64_t singles;
  uint64_t starts;  // the first bytes of singles
  uint64_t marks;   // the first bytes of marks
};

// Those of a whole text.
struct WideClassMap {
  WideClasses* words;
  bool has_any;  // whether any bit is set
};

// Of ASCII.
struct ByteClassBitmaps {
  uint64_t* letters;
  uint64_t* digits;
  uint64_t* apostrophes;
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
  // in front, nothing. With kJoinsWords, one between two ASCII letters is left
  // out instead. May write up to kTextPadding bytes more to to[place].
  // Sets the bits, none of which is set, of what it copies there.
  Progress (*fold)(const char* from, size_t size, const uint16_t* facts,
                   int kinds, char* to, size_t place, WideClassMap* classes);

  // Classifies ceil(size / 64) words' worth of bytes; bits behind the text are
  // zero. Reads up to kTextPadding bytes behind `text`.
  void (*classify)(const char* text, size_t size,
                   const ByteClassBitmaps& bitmaps);

  // The bytes that are no UTF-8 continuation bytes.
  size_t (*count_code_points)(const char* utf8, size_t size);

  // From classes to the borders of tokens: those begin where letters has a bit
  // afterwards, and end where digits has one; returns how many there are. The
  // last word is that behind the text. The bits of singles, of which one begins
  // at each of `starts`; both may be null: none.
  size_t (*mark_borders)(const ByteClassBitmaps& bitmaps,
                         const uint64_t* singles, const uint64_t* starts,
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
