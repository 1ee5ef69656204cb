// Characters of two and three bytes, for the text layer's kernels.
//
// Keeps the rules of base/kernel_set.h, for files that are compiled once per
// instruction set alone.

#ifndef WIRECOPY_TEXT_WIDE_CHARS_KERNEL_H_
#define WIRECOPY_TEXT_WIDE_CHARS_KERNEL_H_

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/byte_block.h"
#include "base/kernel_set.h"
#include "text/text_kernels.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {

// The size of a well-formed character of two or three bytes, and its number; 0
// for anything else.
struct WideChar {
  size_t size;
  uint32_t code_point;

  static WideChar At(const char* text, size_t left) {
    const auto byte = [text](size_t i) -> uint32_t {
      return static_cast<unsigned char>(text[i]);
    };
    const auto is_trail = [byte](size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const uint32_t first = byte(0);
    if (left < 2 || first < 0xC2 || first >= 0xF0 || !is_trail(1))
      return {0, 0};
    if (first < 0xE0) return {2, (first & 0x1F) << 6 | (byte(1) & 0x3F)};
    if (left < 3 || !is_trail(2)) return {0, 0};
    const uint32_t code_point =
        (first & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (code_point < 0x800) return {0, 0};
    return {3, code_point};
  }
};

// Others may be writing them.
inline int FactsOf(const WideChar& c, const uint16_t* facts) {
  return c.size == 0 ? 0
                     : __atomic_load_n(facts + c.code_point, __ATOMIC_RELAXED);
}

constexpr uint64_t BitsBelow(size_t n) {
  return n >= 64 ? ~uint64_t{0} : (uint64_t{1} << n) - 1;
}

// The bits of those bytes that are kept, side by side.
inline uint64_t Extract(uint64_t bits, uint64_t kept) {
#if defined(__BMI2__)
  return _pext_u64(bits, kept);
#else
  if (kept == 0) return 0;
  const auto size = static_cast<size_t>(64 - __builtin_clzll(kept));
  bits &= kept;
  for (uint64_t gaps = ~kept & BitsBelow(size); gaps != 0;) {
    const auto last = static_cast<size_t>(63 - __builtin_clzll(gaps));
    const uint64_t before = BitsBelow(last);
    bits = (bits & before) | (bits >> 1 & ~before);
    gaps &= before;
  }
  return bits;
#endif
}

// The characters of a block that begins where one does. Bits are bytes of the
// block, those of a character its first one.
struct WideChars {
  Block64 block;
  size_t end;       // of the last character that lies in the block, or 64
  uint64_t leads;   // well-formed characters of two or three bytes
  uint64_t threes;  // of these, those of three
  uint64_t stops;   // whatever else is not ASCII

  // `left` bytes of text begin with the block.
  static WideChars In(const Block64& block, size_t left) {
    WideChars chars = {block, left < 64 ? left : 64, 0, 0, 0};
    uint64_t twos = block.InRange('\xC2', 0x1E);
    chars.threes = block.InRange('\xE0', 0x10);
    if (left > 64) {
      if ((chars.threes >> 62 & 1) != 0) {
        chars.end = 62;
      } else if (((twos | chars.threes) >> 63) != 0) {
        chars.end = 63;
      }
    }
    const uint64_t inside = BitsBelow(chars.end);
    const uint64_t trails = block.InRange('\x80', 0x40) & inside;
    twos &= trails >> 1;
    chars.threes &= trails >> 1 & trails >> 2;
    chars.leads = twos | chars.threes;
    const uint64_t taken = chars.leads | chars.leads << 1 | chars.threes << 2;
    chars.stops = block.NonAscii() & inside & ~taken;
    return chars;
  }

  // All bytes of some of the characters.
  uint64_t Bytes(uint64_t of) const {
    return of | of << 1 | (of & threes) << 2;
  }
};

#if defined(__AVX512VBMI2__)
// Facts about a block's wide characters, of which there are 32 at most, sixteen
// at a time.
class WideFacts {
 public:
  WideFacts(const WideChars& chars, const char* text, const uint16_t* facts)
      : leads_(chars.leads),
        low_(_mm512_setzero_si512()),
        high_(_mm512_setzero_si512()) {
    const auto count = static_cast<size_t>(__builtin_popcountll(leads_));
    if (count > 1) {
      LookUp(chars.block.v, count, facts);
    } else if (count == 1) {
      // A single one is sooner looked up by itself.
      const auto at = static_cast<size_t>(__builtin_ctzll(leads_));
      low_ = _mm512_set1_epi32(
          FactsOf(WideChar::At(text + at, chars.end - at), facts));
    }
  }

  // The characters of which these bits are set.
  uint64_t With(int bits) const {
    return Where([bits](__m512i facts) {
      return _mm512_test_epi32_mask(facts, _mm512_set1_epi32(bits));
    });
  }

  // The characters of a class.
  uint64_t OfClass(int char_class) const {
    return Where([char_class](__m512i facts) {
      return _mm512_cmpeq_epi32_mask(
          _mm512_and_si512(facts, _mm512_set1_epi32(kFactClass)),
          _mm512_set1_epi32(char_class));
    });
  }

  // The upper bytes, each in its character's place.
  __m512i AsciiBytes() const {
    const auto bytes = [](__m512i facts) {
      return _mm512_cvtepi32_epi8(_mm512_srli_epi32(facts, kFactAsciiShift));
    };
    return _mm512_maskz_expand_epi8(
        leads_,
        _mm512_castsi256_si512(_mm256_set_m128i(bytes(high_), bytes(low_))));
  }

 private:
  void LookUp(__m512i v, size_t count, const uint16_t* facts) {
    const __m512i first = _mm512_maskz_compress_epi8(leads_, v);
    const __m512i second = _mm512_maskz_compress_epi8(leads_ << 1, v);
    // Behind a character of two bytes anything.
    const __m512i third = _mm512_maskz_compress_epi8(leads_ << 2, v);
    low_ = Of(Low(first), Low(second), Low(third),
              static_cast<__mmask16>(BitsBelow(count)), facts);
    if (count > 16) {
      high_ = Of(Next(first), Next(second), Next(third),
                 static_cast<__mmask16>(BitsBelow(count - 16)), facts);
    }
  }

  static __m512i Low(__m512i bytes) {
    return _mm512_cvtepu8_epi32(_mm512_castsi512_si128(bytes));
  }
  static __m512i Next(__m512i bytes) {
    return _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(bytes, 1));
  }

  static __m512i Of(__m512i first, __m512i second, __m512i third,
                    __mmask16 live, const uint16_t* facts) {
    const auto bits = [](__m512i v, int mask) {
      return _mm512_and_si512(v, _mm512_set1_epi32(mask));
    };
    const __mmask16 is_three =
        _mm512_cmpge_epi32_mask(first, _mm512_set1_epi32(0xE0));
    const __m512i two = _mm512_or_si512(_mm512_slli_epi32(bits(first, 0x1F), 6),
                                        bits(second, 0x3F));
    const __m512i top_of_three = _mm512_or_si512(
        _mm512_slli_epi32(bits(first, 0xF), 6), bits(second, 0x3F));
    const __m512i three =
        _mm512_or_si512(_mm512_slli_epi32(top_of_three, 6), bits(third, 0x3F));
    // Three bytes for what two would do are ill-formed: of such nothing is
    // known.
    const __mmask16 is_long =
        _mm512_mask_cmplt_epi32_mask(is_three, three, _mm512_set1_epi32(0x800));
    const __m512i code_points = _mm512_mask_mov_epi32(two, is_three, three);
    const __m512i found = _mm512_mask_i32gather_epi32(
        _mm512_setzero_si512(), static_cast<__mmask16>(live & ~is_long),
        code_points, facts, sizeof *facts);
    return bits(found, 0xFFFF);
  }

  // Lanes behind the last character may pass any test.
  template <typename Test>
  uint64_t Where(Test test) const {
    const uint64_t low = test(low_);
    const uint64_t high = test(high_);
    return _pdep_u64(low | high << 16, leads_);
  }

  uint64_t leads_;
  __m512i low_;
  __m512i high_;
};
#else
// Facts about a block's wide characters, one by one, but without a branch for
// each: what a character is could not be foretold.
class WideFacts {
 public:
  // Two bytes behind each character are readable. Of what is known, the bytes
  // of ASCII characters are set where there are some, and read nowhere else.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
  [[gnu::always_inline]] WideFacts(const WideChars& chars, const char* text,
                                   const uint16_t* facts)
      : leads_(chars.leads & ~Overlong(chars.block)) {
    for (uint64_t rest = leads_; rest != 0; rest &= rest - 1) {
      const auto at = static_cast<unsigned>(__builtin_ctzll(rest));
      const bool is_three = (chars.threes >> at & 1) != 0;
      const uint64_t known = __atomic_load_n(
          facts + CodePoint(text + at, is_three), __ATOMIC_RELAXED);
      // Whoever asks for some of these pays for no others.
      bytes_[at] = static_cast<char>(known >> kFactAsciiShift);
      class_[0] |= (known & 1) << at;
      class_[1] |= (known >> 1 & 1) << at;
      class_[2] |= (known >> 2 & 1) << at;
      ascii_ |= (known / kFactAscii & 1) << at;
      inert_ |= (known / kFactInert & 1) << at;
    }
  }

  uint64_t Inert() const { return inert_; }
  uint64_t Ascii() const { return ascii_; }
  // What one of the latter becomes.
  char AsciiByte(size_t at) const { return bytes_[at]; }

  // The characters of a class.
  uint64_t OfClass(int char_class) const {
    static_assert(kFactClass == 7);
    uint64_t chars = leads_;
    for (int bit = 0; bit < 3; ++bit) {
      chars &= (char_class >> bit & 1) != 0 ? class_[bit] : ~class_[bit];
    }
    return chars;
  }

 private:
  // Three bytes for what two would do are ill-formed: of such nothing is known.
  static uint64_t Overlong(const Block64& block) {
    return block.Equal('\xE0') & block.InRange('\x80', 0x20) >> 1;
  }

  static uint32_t CodePoint(const char* text, bool is_three) {
    const auto byte = [text](size_t i) -> uint32_t {
      return static_cast<unsigned char>(text[i]);
    };
    const uint32_t two = byte(0) << 6 | (byte(1) & 0x3F);
    const uint32_t three = (two << 6 | (byte(2) & 0x3F)) & 0xFFFF;
    return is_three ? three : two & 0x7FF;
  }

  uint64_t leads_;
  uint64_t class_[3] = {};
  uint64_t ascii_ = 0;
  uint64_t inert_ = 0;
  char bytes_[64];
};
#endif

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE

#endif  // WIRECOPY_TEXT_WIDE_CHARS_KERNEL_H_
