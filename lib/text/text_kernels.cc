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

void HashTokens(const char* text, const uint32_t* begins, const uint32_t* ends,
                size_t count, uint64_t seed, uint64_t* hashes) {
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

#endif

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
const TextKernels kTextKernels = {FoldAscii, Classify,     CountCodePoints,
                                  CountBits, BitPositions, HashTokens,
                                  Combine};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE
