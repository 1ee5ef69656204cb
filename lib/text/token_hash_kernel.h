// The hashes of tokens (docs/signature.md).
//
// Keeps the rules of base/kernel_set.h, for files that are compiled once per
// instruction set alone.

#ifndef WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_
#define WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_

#include <cstddef>
#include <cstdint>

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__AVX512DQ__)
#include <immintrin.h>
#endif

#include "base/kernel_set.h"
#include "base/mix.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {

// What eight bytes have of a token that reaches so many bytes beyond the eight
// before them: nothing up to eight, all from sixteen on.
struct ByteMasks {
  uint64_t of[25] = {};
  constexpr ByteMasks() {
    for (unsigned i = 9; i < 25; ++i) {
      of[i] = i < 16 ? (uint64_t{1} << (8 * (i - 8))) - 1 : ~uint64_t{0};
    }
  }
};
inline constexpr ByteMasks kByteMasks;

// One multiplication for up to sixteen bytes, and one way for all of those
// lengths: ways by length, as XXH3 goes, cannot be predicted token by token.
// What is longer is rare.
class TokenHasher {
 public:
  explicit TokenHasher(uint64_t seed)
      : seed_(seed),
        low_key_(MixTwice(seed + kGoldenGamma)),
        high_key_(MixTwice(seed + 2 * kGoldenGamma)) {}

  // Reads sixteen bytes at least.
  uint64_t Hash(const char* token, size_t size) const {
    if (size > 16) [[unlikely]] {
      return XXH3_64bits_withSeed(token, size, seed_);
    }
    const uint64_t low = XXH_readLE64(token) & kByteMasks.of[size + 8];
    const uint64_t high = XXH_readLE64(token + 8) & kByteMasks.of[size];
    return Fold(low ^ low_key_, (high ^ high_key_) + size);
  }

#if defined(__AVX512DQ__)
  // The hashes of eight tokens. Of those longer than sixteen bytes, which
  // *longer has, anything.
  __m512i Hash8(const char* text, const uint32_t* begins, const uint32_t* ends,
                __mmask8* longer) const {
    const __m512i even = Load4(text, begins);
    const __m512i odd = Load4(text, begins + 1);
    const __m512i sizes = _mm512_cvtepu32_epi64(_mm256_sub_epi32(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(ends)),
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(begins))));
    *longer = _mm512_cmpgt_epu64_mask(sizes, _mm512_set1_epi64(16));
    // Bits of the first and of the second eight bytes that are no token's; a
    // shift by 64 or more leaves none.
    const __m512i bits = _mm512_slli_epi64(sizes, 3);
    const __m512i all = _mm512_set1_epi64(-1);
    const __m512i low_mask =
        _mm512_srlv_epi64(all, _mm512_subs_epu16(_mm512_set1_epi64(64), bits));
    const __m512i high_mask =
        _mm512_srlv_epi64(all, _mm512_sub_epi64(_mm512_set1_epi64(128), bits));
    constexpr int kAndXor = 0x78;  // first ^ (second & third)
    const __m512i low = _mm512_ternarylogic_epi64(
        _mm512_set1_epi64(static_cast<int64_t>(low_key_)),
        _mm512_unpacklo_epi64(even, odd), low_mask, kAndXor);
    const __m512i high = _mm512_ternarylogic_epi64(
        _mm512_set1_epi64(static_cast<int64_t>(high_key_)),
        _mm512_unpackhi_epi64(even, odd), high_mask, kAndXor);
    return Fold8(low, _mm512_add_epi64(high, sizes));
  }
#endif

 private:
#if defined(__AVX512DQ__)
  // Sixteen bytes each from every other of eight places on.
  static __m512i Load4(const char* text, const uint32_t* begins) {
    const auto at = [&](size_t i) {
      return _mm512_broadcast_i64x2(_mm_loadu_si128(
          reinterpret_cast<const __m128i*>(text + begins[2 * i])));
    };
    __m512i four = at(0);
    four = _mm512_mask_mov_epi64(four, 0x0C, at(1));
    four = _mm512_mask_mov_epi64(four, 0x30, at(2));
    return _mm512_mask_mov_epi64(four, 0xC0, at(3));
  }

  // Fold of eight pairs, by products of halves.
  static __m512i Fold8(__m512i a, __m512i b) {
    const __m512i a_high = _mm512_srli_epi64(a, 32);
    const __m512i b_high = _mm512_srli_epi64(b, 32);
    const __m512i half = _mm512_set1_epi64(0xFFFFFFFF);
    const __m512i low = _mm512_mul_epu32(a, b);
    const __m512i middle = _mm512_add_epi64(_mm512_mul_epu32(a_high, b),
                                            _mm512_srli_epi64(low, 32));
    const __m512i carried = _mm512_add_epi64(_mm512_mul_epu32(a, b_high),
                                             _mm512_and_si512(middle, half));
    const __m512i high =
        _mm512_add_epi64(_mm512_add_epi64(_mm512_mul_epu32(a_high, b_high),
                                          _mm512_srli_epi64(middle, 32)),
                         _mm512_srli_epi64(carried, 32));
    // The lower halves of `low`, below those of `carried`.
    constexpr __mmask16 kUpperHalves = 0xAAAA;
    const __m512i product =
        _mm512_mask_shuffle_epi32(low, kUpperHalves, carried, _MM_PERM_CCAA);
    return _mm512_xor_si512(product, high);
  }
#endif

  static uint64_t Fold(uint64_t a, uint64_t b) {
    __extension__ using Product = unsigned __int128;
    const Product product = static_cast<Product>(a) * b;
    return static_cast<uint64_t>(product) ^
           static_cast<uint64_t>(product >> 64);
  }

  uint64_t seed_;
  uint64_t low_key_;
  uint64_t high_key_;
};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE

#endif  // WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_
