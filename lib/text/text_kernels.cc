// Compiled once per instruction set: see base/kernel_set.h for what that
// forbids.

#include "text/text_kernels.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/kernel_set.h"
#include "base/mix.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {
namespace {

// A block of bytes with the few operations that the loops below need; every
// comparison yields one bit a byte.
#if defined(__AVX512BW__)
struct Block {
  static constexpr size_t kSize = 64;
  __m512i v;
  static Block Load(const char* p) { return {_mm512_loadu_si512(p)}; }
  void Store(char* p) const { _mm512_storeu_si512(p, v); }
  uint64_t NonAscii() const { return _mm512_movepi8_mask(v); }
  uint64_t Equal(char c) const {
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
  }
  // Bytes in [low, low + count).
  uint64_t InRange(char low, char count) const {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(low)),
                                  _mm512_set1_epi8(count));
  }
  Block Folded() const {
    const __m512i lower =
        _mm512_mask_add_epi8(v, InRange('A', 26), v, _mm512_set1_epi8(0x20));
    return {
        _mm512_mask_mov_epi8(lower, InRange('\t', 5), _mm512_set1_epi8(' '))};
  }
};
#elif defined(__AVX2__)
struct Block {
  static constexpr size_t kSize = 32;
  __m256i v;
  static Block Load(const char* p) {
    return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))};
  }
  void Store(char* p) const {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), v);
  }
  static uint64_t Mask(__m256i bytes) {
    return static_cast<uint32_t>(_mm256_movemask_epi8(bytes));
  }
  uint64_t NonAscii() const { return Mask(v); }
  uint64_t Equal(char c) const {
    return Mask(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(c)));
  }
  __m256i RangeBytes(char low, char count) const {
    const __m256i offset = _mm256_sub_epi8(v, _mm256_set1_epi8(low));
    const __m256i last = _mm256_set1_epi8(static_cast<char>(count - 1));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(offset, last), offset);
  }
  uint64_t InRange(char low, char count) const {
    return Mask(RangeBytes(low, count));
  }
  Block Folded() const {
    const __m256i upper = RangeBytes('A', 26);
    const __m256i lower =
        _mm256_add_epi8(v, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
    return {
        _mm256_blendv_epi8(lower, _mm256_set1_epi8(' '), RangeBytes('\t', 5))};
  }
};
#elif defined(__SSE2__)
struct Block {
  static constexpr size_t kSize = 16;
  __m128i v;
  static Block Load(const char* p) {
    return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))};
  }
  void Store(char* p) const {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), v);
  }
  static uint64_t Mask(__m128i bytes) {
    return static_cast<uint32_t>(_mm_movemask_epi8(bytes));
  }
  uint64_t NonAscii() const { return Mask(v); }
  uint64_t Equal(char c) const {
    return Mask(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
  }
  __m128i RangeBytes(char low, char count) const {
    const __m128i offset = _mm_sub_epi8(v, _mm_set1_epi8(low));
    const __m128i last = _mm_set1_epi8(static_cast<char>(count - 1));
    return _mm_cmpeq_epi8(_mm_min_epu8(offset, last), offset);
  }
  uint64_t InRange(char low, char count) const {
    return Mask(RangeBytes(low, count));
  }
  Block Folded() const {
    const __m128i upper = RangeBytes('A', 26);
    const __m128i space = RangeBytes('\t', 5);
    const __m128i lower =
        _mm_add_epi8(v, _mm_and_si128(upper, _mm_set1_epi8(0x20)));
    return {_mm_or_si128(_mm_andnot_si128(space, lower),
                         _mm_and_si128(space, _mm_set1_epi8(' ')))};
  }
};
#else
struct Block {
  static constexpr size_t kSize = 16;
  unsigned char v[kSize];
  static Block Load(const char* p) {
    Block block;
    __builtin_memcpy(block.v, p, kSize);
    return block;
  }
  void Store(char* p) const { __builtin_memcpy(p, v, kSize); }
  uint64_t NonAscii() const {
    uint64_t mask = 0;
    for (size_t i = 0; i < kSize; ++i) {
      mask |= static_cast<uint64_t>(v[i] >> 7) << i;
    }
    return mask;
  }
  uint64_t Equal(char c) const { return InRange(c, 1); }
  uint64_t InRange(char low, char count) const {
    uint64_t mask = 0;
    for (size_t i = 0; i < kSize; ++i) {
      const auto offset = static_cast<unsigned char>(v[i] - low);
      const bool inside = offset < static_cast<unsigned char>(count);
      mask |= static_cast<uint64_t>(inside) << i;
    }
    return mask;
  }
  Block Folded() const {
    Block folded = *this;
    for (unsigned char& c : folded.v) {
      if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c + 0x20);
      if (c >= '\t' && c <= '\r') c = ' ';
    }
    return folded;
  }
};
#endif

// Tokens or shingles that are worked on at a time: several passes over them
// stay in the first cache.
constexpr size_t kTile = 512;

char FoldByte(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 0x20);
  return c >= '\t' && c <= '\r' ? ' ' : c;
}

size_t FoldAscii(const char* from, size_t size, char* to) {
  size_t i = 0;
  for (; i + Block::kSize <= size; i += Block::kSize) {
    const Block block = Block::Load(from + i);
    block.Folded().Store(to + i);
    const uint64_t stop = block.NonAscii() | block.Equal('-');
    if (stop != 0) return i + static_cast<size_t>(__builtin_ctzll(stop));
  }
  for (; i < size; ++i) {
    const char c = from[i];
    if (static_cast<unsigned char>(c) >= 0x80 || c == '-') break;
    to[i] = FoldByte(c);
  }
  return i;
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

// Writes in fours, whatever is left to write: how many bits a word has cannot
// be predicted, and so only every fourth branch depends on it.
size_t BitPositions(const uint64_t* bitmap, size_t words, uint32_t* to) {
  constexpr uint64_t kTop = uint64_t{1} << 63;  // keeps ctz(0) defined
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    uint64_t bits = bitmap[word];
    const auto base = static_cast<uint32_t>(word * 64);
    const auto in_word = static_cast<size_t>(__builtin_popcountll(bits));
    for (size_t i = 0; i < in_word; i += kPositionPadding) {
      for (size_t j = 0; j < kPositionPadding; ++j) {
        to[count + i + j] =
            base + static_cast<uint32_t>(__builtin_ctzll(bits | kTop));
        bits &= bits - 1;
      }
    }
    count += in_word;
  }
  return count;
}

// XXH3 goes one of four ways by length, which the processor cannot predict
// token by token. So tokens are dealt out by length first: within a pile the
// way is always the same.
void HashTokens(const char* text, const uint32_t* begins, const uint32_t* ends,
                size_t count, uint64_t seed, uint64_t* hashes) {
  constexpr size_t kPiles = 4;
  constexpr uint8_t kPileOfLength[17] = {0, 0, 0, 0, 1, 1, 1, 1, 1,
                                         2, 2, 2, 2, 2, 2, 2, 2};
  uint16_t piles[kPiles][kTile];
  for (size_t begin = 0; begin < count; begin += kTile) {
    const size_t size = count - begin < kTile ? count - begin : kTile;
    size_t heights[kPiles] = {};
    for (size_t i = 0; i < size; ++i) {
      const uint32_t length = ends[begin + i] - begins[begin + i];
      const size_t pile = length <= 16 ? kPileOfLength[length] : 3;
      piles[pile][heights[pile]++] = static_cast<uint16_t>(i);
    }
    for (size_t pile = 0; pile < kPiles; ++pile) {
      for (size_t j = 0; j < heights[pile]; ++j) {
        // Filled above, as far as the pile's height goes.
        // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult)
        const size_t i = begin + piles[pile][j];
        hashes[i] =
            XXH3_64bits_withSeed(text + begins[i], ends[i] - begins[i], seed);
      }
    }
  }
}

uint64_t Rotate(uint64_t x, unsigned bits) {
  return (x << bits) | (x >> (-bits & 63U));
}

void Combine(const uint64_t* tokens, size_t count, size_t k,
             uint64_t* shingles) {
  const size_t total = count - k + 1;
  for (size_t begin = 0; begin < total; begin += kTile) {
    const size_t size = total - begin < kTile ? total - begin : kTile;
    uint64_t* const out = shingles + begin;
    const uint64_t* const in = tokens + begin;
    for (size_t i = 0; i < size; ++i) out[i] = in[i];
    for (size_t j = 1; j < k; ++j) {
      const auto bits = static_cast<unsigned>((13 * j) & 63U);
      for (size_t i = 0; i < size; ++i) out[i] += Rotate(in[i + j], bits);
    }
    for (size_t i = 0; i < size; ++i) out[i] = MixOnce(out[i]);
  }
}

}  // namespace

extern const TextKernels kTextKernels;
const TextKernels kTextKernels = {FoldAscii,    Classify,   CountBits,
                                  BitPositions, HashTokens, Combine};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE
