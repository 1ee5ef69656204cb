// Compiled once per instruction set: see base/kernel_set.h for what that
// forbids.

#include "text/text_kernels.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/byte_block.h"
#include "base/kernel_set.h"
#include "base/mix.h"
#include "text/fold_kernel.h"
#include "text/token_hash_kernel.h"
#include "text/wide_chars_kernel.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {
namespace {

size_t CountCodePoints(const char* utf8, size_t size) {
  // Continuation bytes: 0x80 to 0xBF.
  constexpr char kFirst = '\x80';
  constexpr char kCount = 0x40;
  size_t others = 0;
  size_t i = 0;
  for (; i + Block::kSize <= size; i += Block::kSize) {
    others += static_cast<size_t>(
        __builtin_popcountll(Block::Load(utf8 + i).InRange(kFirst, kCount)));
  }
  for (; i < size; ++i) {
    others += (static_cast<unsigned char>(utf8[i]) & 0xC0) == 0x80 ? 1 : 0;
  }
  return size - others;
}

void Classify(const char* text, size_t size, const ByteClassBitmaps& bitmaps) {
  for (size_t word = 0; word * 64 < size; ++word) {
    uint64_t letters = 0;
    uint64_t digits = 0;
    uint64_t apostrophes = 0;
    for (size_t i = 0; i < 64; i += Block::kSize) {
      const Block block = Block::Load(text + word * 64 + i);
      letters |= block.InRange('a', 26) << i;
      digits |= block.InRange('0', 10) << i;
      apostrophes |= block.Equal('\'') << i;
    }
    const uint64_t inside = BitsBelow(size - word * 64);
    bitmaps.letters[word] = letters & inside;
    bitmaps.digits[word] = digits & inside;
    bitmaps.apostrophes[word] = apostrophes & inside;
  }
}

// The bytes before and behind those of a word's bits.
uint64_t Before(uint64_t word, uint64_t previous) {
  return word << 1 | previous >> 63;
}
uint64_t Behind(uint64_t word, uint64_t next) { return word >> 1 | next << 63; }

// Loops over words that a compiler makes vectors of: each result has an array
// of its own, or that of which it needs the same word alone.
template <bool kIsWide>
size_t MarkBordersOf(const ByteClassBitmaps& bitmaps,
                     const uint64_t* __restrict__ singles,
                     const uint64_t* __restrict__ starts, size_t words) {
  uint64_t* const __restrict__ letters = bitmaps.letters;
  uint64_t* const __restrict__ digits = bitmaps.digits;
  uint64_t* const __restrict__ inside = bitmaps.apostrophes;
  // Apostrophes count where they stand between two letters or two digits.
  const auto mark = [&](size_t w, bool is_first, bool is_last) {
    const auto joined = [&](const uint64_t* of) {
      return Before(of[w], is_first ? 0 : of[w - 1]) &
             Behind(of[w], is_last ? 0 : of[w + 1]);
    };
    const uint64_t joining = inside[w] & (joined(letters) | joined(digits));
    inside[w] = letters[w] | digits[w] | joining | (kIsWide ? singles[w] : 0);
  };
  const size_t last = words - 1;
  mark(0, true, last == 0);
  for (size_t w = 1; w < last; ++w) mark(w, false, false);
  if (last > 0) mark(last, false, true);
  // Nothing goes on from one single to the next, or to what is none.
  const auto barriers = [&](size_t w, bool is_first) {
    return starts[w] |
           (Before(singles[w], is_first ? 0 : singles[w - 1]) & ~singles[w]);
  };
  const auto cut = [&](size_t w, bool is_first) {
    const uint64_t before = Before(inside[w], is_first ? 0 : inside[w - 1]);
    const uint64_t barrier = kIsWide ? barriers(w, is_first) : 0;
    letters[w] = inside[w] & (~before | barrier);
    digits[w] = before & (~inside[w] | barrier);
  };
  cut(0, true);
  for (size_t w = 1; w < words; ++w) cut(w, false);
  size_t count = 0;
  for (size_t w = 0; w < words; ++w) {
    count += static_cast<size_t>(__builtin_popcountll(letters[w]));
  }
  return count;
}

size_t MarkBorders(const ByteClassBitmaps& bitmaps, const uint64_t* singles,
                   const uint64_t* starts, size_t words) {
  return singles == nullptr
             ? MarkBordersOf<false>(bitmaps, nullptr, nullptr, words)
             : MarkBordersOf<true>(bitmaps, singles, starts, words);
}

#if defined(__AVX512VBMI2__)
// The numbers of a word's set bits, as bytes, pressed together; then written
// sixteen at a time as offsets.
size_t BitPositions(const uint64_t* bitmap, size_t words, uint32_t* to) {
  alignas(64) uint8_t numbers[64];
  for (size_t i = 0; i < 64; ++i) numbers[i] = static_cast<uint8_t>(i);
  const __m512i places = _mm512_load_si512(numbers);
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    const uint64_t bits = bitmap[word];
    const __m512i base = _mm512_set1_epi32(static_cast<int>(word * 64));
    __m512i set = _mm512_maskz_compress_epi8(bits, places);
    const auto in_word = static_cast<size_t>(__builtin_popcountll(bits));
    for (size_t i = 0; i < in_word; i += kPositionPadding) {
      const __m512i at = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(set));
      _mm512_storeu_si512(to + count + i, _mm512_add_epi32(at, base));
      set = _mm512_alignr_epi32(set, set, 4);
    }
    count += in_word;
  }
  return count;
}
#elif defined(__AVX2__)
// The numbers of each byte's set bits, from the lowest on.
struct BitNumbers {
  uint8_t of[256][8] = {};
  constexpr BitNumbers() {
    for (size_t byte = 0; byte < 256; ++byte) {
      size_t count = 0;
      for (uint8_t bit = 0; bit < 8; ++bit) {
        if ((byte >> bit & 1) != 0) of[byte][count++] = bit;
      }
    }
  }
};
constexpr BitNumbers kBitNumbers;

// Byte after byte, looked up, without a branch on how many bits there are.
size_t BitPositions(const uint64_t* bitmap, size_t words, uint32_t* to) {
  size_t count = 0;
  __m256i base = _mm256_setzero_si256();
  for (size_t word = 0; word < words; ++word) {
    uint64_t bits = bitmap[word];
    for (int i = 0; i < 8; ++i) {
      const __m256i numbers = _mm256_cvtepu8_epi32(_mm_loadl_epi64(
          reinterpret_cast<const __m128i*>(kBitNumbers.of[bits & 0xFF])));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + count),
                          _mm256_add_epi32(numbers, base));
      base = _mm256_add_epi32(base, _mm256_set1_epi32(8));
      count += static_cast<size_t>(__builtin_popcountll(bits & 0xFF));
      bits >>= 8;
    }
  }
  return count;
}
#else
// Writes in fours, whatever is left to write: how many bits a word has cannot
// be predicted, and so only every fourth branch depends on it.
size_t BitPositions(const uint64_t* bitmap, size_t words, uint32_t* to) {
  constexpr uint64_t kTop = uint64_t{1} << 63;  // keeps ctz(0) defined
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    uint64_t bits = bitmap[word];
    const auto base = static_cast<uint32_t>(word * 64);
    const auto in_word = static_cast<size_t>(__builtin_popcountll(bits));
    constexpr size_t kStep = 4;
    for (size_t i = 0; i < in_word; i += kStep) {
      for (size_t j = 0; j < kStep; ++j) {
        to[count + i + j] =
            base + static_cast<uint32_t>(__builtin_ctzll(bits | kTop));
        bits &= bits - 1;
      }
    }
    count += in_word;
  }
  return count;
}
#endif

void HashTokens(const char* text, const uint32_t* begins, const uint32_t* ends,
                size_t count, uint64_t seed, uint64_t* hashes) {
  const TokenHasher hasher(seed);
  size_t i = 0;
#if defined(__AVX512DQ__)
  for (; i + 8 <= count; i += 8) {
    __mmask8 longer;
    _mm512_storeu_si512(hashes + i,
                        hasher.Hash8(text, begins + i, ends + i, &longer));
    for (unsigned rest = longer; rest != 0; rest &= rest - 1) {
      const size_t at = i + static_cast<size_t>(__builtin_ctz(rest));
      hashes[at] = hasher.Hash(text + begins[at], ends[at] - begins[at]);
    }
  }
#endif
  for (; i < count; ++i) {
    hashes[i] = hasher.Hash(text + begins[i], ends[i] - begins[i]);
  }
}

uint64_t Rotate(uint64_t x, unsigned bits) {
  return (x << bits) | (x >> (-bits & 63U));
}

// kCount shingles at once: few enough that their sums stay in registers. kSize
// is the size of a shingle where it is known, else 0.
template <size_t kCount, size_t kSize>
[[gnu::always_inline]] inline void CombineAt(const uint64_t* tokens, size_t k,
                                             uint64_t* shingles) {
  uint64_t sums[kCount];
  for (size_t i = 0; i < kCount; ++i) sums[i] = tokens[i];
  for (size_t j = 1; j < (kSize == 0 ? k : kSize); ++j) {
    const auto bits = static_cast<unsigned>((13 * j) & 63U);
    for (size_t i = 0; i < kCount; ++i) sums[i] += Rotate(tokens[i + j], bits);
  }
  for (size_t i = 0; i < kCount; ++i) shingles[i] = MixOnce(sums[i]);
}

template <size_t kSize>
void CombineBy(const uint64_t* tokens, size_t total, size_t k,
               uint64_t* shingles) {
  constexpr size_t kAtOnce = 16;
  size_t i = 0;
  for (; i + kAtOnce <= total; i += kAtOnce) {
    CombineAt<kAtOnce, kSize>(tokens + i, k, shingles + i);
  }
  for (; i < total; ++i) CombineAt<1, kSize>(tokens + i, k, shingles + i);
}

void Combine(const uint64_t* tokens, size_t count, size_t k,
             uint64_t* shingles) {
  constexpr size_t kUsual = 5;
  const size_t total = count - k + 1;
  if (k == kUsual) {
    CombineBy<kUsual>(tokens, total, k, shingles);
  } else {
    CombineBy<0>(tokens, total, k, shingles);
  }
}

}  // namespace

extern const TextKernels kTextKernels;
const TextKernels kTextKernels = {Fold,        Classify,     CountCodePoints,
                                  MarkBorders, BitPositions, HashTokens,
                                  Combine};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE
