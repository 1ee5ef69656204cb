// Compiled once per instruction set: see base/kernel_set.h for what that
// forbids.

#include "text/text_kernels.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/byte_block.h"
#include "base/kernel_set.h"
#include "base/mix.h"
#include "text/token_hash_kernel.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {
namespace {

char FoldByte(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 0x20);
  return c >= '\t' && c <= '\r' ? ' ' : c;
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Whether a hyphen at `i` may join two words: what is before the text is not
// known here.
bool MayJoin(const char* from, size_t size, size_t i) {
  return (i == 0 || IsLetter(from[i - 1])) && i + 1 < size &&
         IsLetter(from[i + 1]);
}

size_t FoldAscii(const char* from, size_t size, char* to) {
  size_t i = 0;
  for (; i + Block::kSize <= size; i += Block::kSize) {
    const Block block = Block::Load(from + i);
    block.Folded().Store(to + i);
    uint64_t stop = block.NonAscii();
    if (const uint64_t hyphens = block.Equal('-'); hyphens != 0) {
      const uint64_t letters = block.InRange('a', 26) | block.InRange('A', 26);
      const bool before = i == 0 || IsLetter(from[i - 1]);
      const size_t next = i + Block::kSize;
      const bool after = next < size && IsLetter(from[next]);
      stop |= hyphens & ((letters << 1) | (before ? 1 : 0)) &
              ((letters >> 1) |
               (static_cast<uint64_t>(after) << (Block::kSize - 1)));
    }
    if (stop != 0) return i + static_cast<size_t>(__builtin_ctzll(stop));
  }
  for (; i < size; ++i) {
    const char c = from[i];
    if (static_cast<unsigned char>(c) >= 0x80) break;
    if (c == '-' && MayJoin(from, size, i)) break;
    to[i] = FoldByte(c);
  }
  return i;
}

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
    uint64_t non_ascii = 0;
    for (size_t i = 0; i < 64; i += Block::kSize) {
      const Block block = Block::Load(text + word * 64 + i);
      letters |= block.InRange('a', 26) << i;
      digits |= block.InRange('0', 10) << i;
      apostrophes |= block.Equal('\'') << i;
      non_ascii |= block.NonAscii() << i;
    }
    const size_t left = size - word * 64;
    const uint64_t inside = left >= 64 ? ~uint64_t{0} : ~(~uint64_t{0} << left);
    bitmaps.letters[word] = letters & inside;
    bitmaps.digits[word] = digits & inside;
    bitmaps.apostrophes[word] = apostrophes & inside;
    bitmaps.non_ascii[word] = non_ascii & inside;
  }
}

size_t CountBits(const uint64_t* bitmap, size_t words) {
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    count += static_cast<size_t>(__builtin_popcountll(bitmap[word]));
  }
  return count;
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
  for (size_t i = 0; i < count; ++i) {
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
const TextKernels kTextKernels = {FoldAscii, Classify,     CountCodePoints,
                                  CountBits, BitPositions, HashTokens,
                                  Combine};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE
