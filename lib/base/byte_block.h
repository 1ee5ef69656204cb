// A block of bytes, for hot loops over text.
//
// Keeps the rules of base/kernel_set.h, for files that are compiled once per
// instruction set alone.

#ifndef WIRECOPY_BASE_BYTE_BLOCK_H_
#define WIRECOPY_BASE_BYTE_BLOCK_H_

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/kernel_set.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {

// A block of bytes with the few operations that the loops below need; every
// comparison yields one bit a byte.
#if defined(__AVX512BW__)
struct Block {
  static constexpr size_t kSize = 64;
  __m512i v;
  static Block Load(const char* p) { return {_mm512_loadu_si512(p)}; }
  // The first `size` bytes, and zeros; touches no other.
  static Block LoadPart(const char* p, size_t size) {
    const __mmask64 part =
        size >= 64 ? ~uint64_t{0} : (uint64_t{1} << size) - 1;
    return {_mm512_maskz_loadu_epi8(part, p)};
  }
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

// As many bytes as a mask has bits.
#if defined(__AVX512BW__)
using Block64 = Block;
#else
struct Block64 {
  static constexpr size_t kSize = 64;
  static constexpr size_t kParts = kSize / Block::kSize;
  Block parts[kParts];
  static Block64 Load(const char* p) {
    Block64 block = {};
    for (size_t i = 0; i < kParts; ++i) {
      block.parts[i] = Block::Load(p + i * Block::kSize);
    }
    return block;
  }
  void Store(char* p) const {
    for (size_t i = 0; i < kParts; ++i) parts[i].Store(p + i * Block::kSize);
  }
  template <typename Test>
  uint64_t Where(Test test) const {
    uint64_t mask = 0;
    for (size_t i = 0; i < kParts; ++i) {
      mask |= test(parts[i]) << (i * Block::kSize);
    }
    return mask;
  }
  uint64_t NonAscii() const {
    return Where([](const Block& block) { return block.NonAscii(); });
  }
  uint64_t Equal(char c) const {
    return Where([c](const Block& block) { return block.Equal(c); });
  }
  uint64_t InRange(char low, char count) const {
    return Where(
        [low, count](const Block& block) { return block.InRange(low, count); });
  }
  Block64 Folded() const {
    Block64 folded = {};
    for (size_t i = 0; i < kParts; ++i) folded.parts[i] = parts[i].Folded();
    return folded;
  }
};
#endif

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE

#endif  // WIRECOPY_BASE_BYTE_BLOCK_H_
