// The hashes of tokens, XXH3 as the specification of xxHash has it.
//
// Keeps the rules of base/kernel_set.h, for files that are compiled once per
// instruction set alone.

#ifndef WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_
#define WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_

#include <cstddef>
#include <cstdint>

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/kernel_set.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {

// Tokens or shingles that are worked on at a time: several passes over them
// stay in the first cache.
constexpr size_t kTile = 512;

#if defined(__AVX512DQ__)
// XXH3 of 1 to 16 bytes, for eight tokens at once: the three ways that it
// goes by length, one after another, and each lane takes its own. Constants
// and steps are those of the specification of xxHash.
class HashEight {
 public:
  explicit HashEight(uint64_t seed)
      : flip_short_(Flip32(0) + seed),
        flip_middle_(Flip64(8) - WithSwappedHalf(seed)),
        flip_low_(Flip64(24) + seed),
        flip_high_(Flip64(40) - seed) {}

  // Lanes of other lengths hold nothing of use.
  __m512i Hash(const char* text, __m256i begins, __m256i ends) const {
    const __m512i length =
        _mm512_cvtepu32_epi64(_mm256_sub_epi32(ends, begins));
    const __mmask8 is_long = _mm512_cmpgt_epu64_mask(length, Lanes(8));
    const __mmask8 is_short = _mm512_cmplt_epu64_mask(length, Lanes(4));
    const __m512i first = Gather(text, begins, 0xff);
    const __m512i last =
        Gather(text, _mm256_sub_epi32(ends, _mm256_set1_epi32(8)), is_long);
    const __m512i hash = _mm512_mask_mov_epi64(Middle(first, length), is_short,
                                               Short(first, length));
    return _mm512_mask_mov_epi64(hash, is_long, Long(first, last, length));
  }

 private:
  static uint64_t Flip32(size_t at) {
    return XXH_readLE32(XXH3_kSecret + at) ^
           XXH_readLE32(XXH3_kSecret + at + 4);
  }
  static uint64_t Flip64(size_t at) {
    return XXH_readLE64(XXH3_kSecret + at) ^
           XXH_readLE64(XXH3_kSecret + at + 8);
  }
  static uint64_t WithSwappedHalf(uint64_t seed) {
    const uint64_t swapped = __builtin_bswap32(static_cast<uint32_t>(seed));
    return seed ^ (swapped << 32);
  }

  static __m512i Lanes(uint64_t x) {
    return _mm512_set1_epi64(static_cast<long long>(x));
  }
  // Eight bytes at each place: masked out lanes read nothing.
  static __m512i Gather(const char* text, __m256i places, __mmask8 mask) {
    // Places are unsigned, and the index of the instruction is not.
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), mask,
                                       _mm512_cvtepu32_epi64(places), text, 1);
  }
  template <unsigned kBits>
  static __m512i XorShift(__m512i x) {
    return _mm512_xor_si512(x, _mm512_srli_epi64(x, kBits));
  }
  static __m512i Byte(__m512i bytes, __m512i place) {
    return _mm512_and_si512(
        _mm512_srlv_epi64(bytes, _mm512_slli_epi64(place, 3)), Lanes(0xff));
  }

  // 1 to 3 bytes.
  __m512i Short(__m512i bytes, __m512i length) const {
    const __m512i first = _mm512_and_si512(bytes, Lanes(0xff));
    const __m512i middle = Byte(bytes, _mm512_srli_epi64(length, 1));
    const __m512i last = Byte(bytes, _mm512_sub_epi64(length, Lanes(1)));
    __m512i h =
        _mm512_or_si512(_mm512_or_si512(_mm512_slli_epi64(first, 16),
                                        _mm512_slli_epi64(middle, 24)),
                        _mm512_or_si512(last, _mm512_slli_epi64(length, 8)));
    h = XorShift<33>(_mm512_xor_si512(h, Lanes(flip_short_)));
    h = XorShift<29>(_mm512_mullo_epi64(h, Lanes(0xC2B2AE3D27D4EB4F)));
    return XorShift<32>(_mm512_mullo_epi64(h, Lanes(0x165667B19E3779F9)));
  }

  // 4 to 8 bytes: the first four above the last four.
  __m512i Middle(__m512i bytes, __m512i length) const {
    const __m512i kPrime = Lanes(0x9FB21C651E98DF25);
    const __m512i place = _mm512_sub_epi64(length, Lanes(4));
    const __m512i last =
        _mm512_and_si512(_mm512_srlv_epi64(bytes, _mm512_slli_epi64(place, 3)),
                         Lanes(0xffffffff));
    __m512i h = _mm512_or_si512(last, _mm512_slli_epi64(bytes, 32));
    h = _mm512_xor_si512(h, Lanes(flip_middle_));
    h = _mm512_ternarylogic_epi64(h, _mm512_rol_epi64(h, 49),
                                  _mm512_rol_epi64(h, 24), 0x96);
    h = _mm512_mullo_epi64(h, kPrime);
    h = _mm512_xor_si512(h, _mm512_add_epi64(_mm512_srli_epi64(h, 35), length));
    return XorShift<28>(_mm512_mullo_epi64(h, kPrime));
  }

  // 9 to 16 bytes.
  __m512i Long(__m512i first, __m512i last, __m512i length) const {
    const __m512i kSwap = _mm512_set_epi64(
        0x08090a0b0c0d0e0f, 0x0001020304050607, 0x08090a0b0c0d0e0f,
        0x0001020304050607, 0x08090a0b0c0d0e0f, 0x0001020304050607,
        0x08090a0b0c0d0e0f, 0x0001020304050607);
    const __m512i low = _mm512_xor_si512(first, Lanes(flip_low_));
    const __m512i high = _mm512_xor_si512(last, Lanes(flip_high_));
    __m512i h = _mm512_add_epi64(
        _mm512_add_epi64(length, _mm512_shuffle_epi8(low, kSwap)),
        _mm512_add_epi64(high, FoldedProduct(low, high)));
    h = _mm512_mullo_epi64(XorShift<37>(h), Lanes(0x165667919E3779F9));
    return XorShift<32>(h);
  }

  // The two halves of the 128-bit product, xored.
  static __m512i FoldedProduct(__m512i a, __m512i b) {
    const __m512i a_high = _mm512_srli_epi64(a, 32);
    const __m512i b_high = _mm512_srli_epi64(b, 32);
    const __m512i low = _mm512_mul_epu32(a, b);
    const __m512i cross_a = _mm512_mul_epu32(a_high, b);
    const __m512i cross_b = _mm512_mul_epu32(a, b_high);
    const __m512i middle =
        _mm512_add_epi64(_mm512_add_epi64(cross_a, _mm512_srli_epi64(low, 32)),
                         _mm512_and_si512(cross_b, Lanes(0xffffffff)));
    const __m512i upper =
        _mm512_add_epi64(_mm512_add_epi64(_mm512_mul_epu32(a_high, b_high),
                                          _mm512_srli_epi64(cross_b, 32)),
                         _mm512_srli_epi64(middle, 32));
    const __m512i lower =
        _mm512_or_si512(_mm512_slli_epi64(middle, 32),
                        _mm512_and_si512(low, Lanes(0xffffffff)));
    return _mm512_xor_si512(upper, lower);
  }

  uint64_t flip_short_;
  uint64_t flip_middle_;
  uint64_t flip_low_;
  uint64_t flip_high_;
};

inline void HashTokens(const char* text, const uint32_t* begins,
                       const uint32_t* ends, size_t count, uint64_t seed,
                       uint64_t* hashes) {
  constexpr size_t kLanes = 8;
  constexpr int kMostInLane = 16;
  const HashEight eight(seed);
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const __m256i begin =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(begins + i));
    const __m256i end =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(ends + i));
    _mm512_storeu_si512(hashes + i, eight.Hash(text, begin, end));
    // Lengths less one, so that the empty one is among the largest.
    uint32_t others = _mm256_cmpge_epu32_mask(
        _mm256_sub_epi32(_mm256_sub_epi32(end, begin), _mm256_set1_epi32(1)),
        _mm256_set1_epi32(kMostInLane));
    for (; others != 0; others &= others - 1) {
      const size_t j = i + static_cast<size_t>(__builtin_ctz(others));
      hashes[j] =
          XXH3_64bits_withSeed(text + begins[j], ends[j] - begins[j], seed);
    }
  }
  for (; i < count; ++i) {
    hashes[i] =
        XXH3_64bits_withSeed(text + begins[i], ends[i] - begins[i], seed);
  }
}
#else
// XXH3 goes one of four ways by length, which the processor cannot predict
// token by token. So tokens are dealt out by length first: within a pile the
// way is always the same.
inline void HashTokens(const char* text, const uint32_t* begins,
                       const uint32_t* ends, size_t count, uint64_t seed,
                       uint64_t* hashes) {
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

#endif

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE

#endif  // WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_
