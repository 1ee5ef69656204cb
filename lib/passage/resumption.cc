#include "passage/resumption.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <array>
#include <cstddef>

namespace wirecopy {
namespace {

// Bit j of row i tells whether token i of a is token j of b.
using Rows = std::array<uint32_t, Outlook::kMost>;

#if defined(__SSE2__)
uint32_t Compare(TokenCode code, const Outlook& b) {
  const __m128i codes = _mm_set1_epi32(static_cast<int>(code));
  const auto equal = [&](size_t quarter) {
    return _mm_cmpeq_epi32(
        codes,
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(b.codes) + quarter));
  };
  const __m128i bytes = _mm_packs_epi16(_mm_packs_epi32(equal(0), equal(1)),
                                        _mm_packs_epi32(equal(2), equal(3)));
  return static_cast<uint32_t>(_mm_movemask_epi8(bytes)) & ((1U << b.size) - 1);
}
#else
uint32_t Compare(TokenCode code, const Outlook& b) {
  uint32_t row = 0;
  for (uint32_t j = 0; j < b.size; ++j) {
    row |= (code == b.codes[j] ? 1U : 0U) << j;
  }
  return row;
}
#endif

// Whether two tokens that follow one another agree, where `row` is of one of
// them. Most tokens that agree alone are of the most common words.
bool HasPair(const Outlook& a, const Outlook& b, uint32_t i, uint32_t row) {
  return (row >> 1 & Compare(a.codes[i - 1], b)) != 0 ||
         (i + 1 < a.size && (row << 1 & Compare(a.codes[i + 1], b)) != 0);
}

// Whether a run may be: wherever one begins, it has one of these tokens, with
// that before it or that behind.
bool MayAgree(const Outlook& a, const Outlook& b) {
  for (uint32_t i = kEndRun - 1; i < a.size; i += kEndRun) {
    const uint32_t row = Compare(a.codes[i], b);
    if (row != 0 && HasPair(a, b, i, row)) return true;
  }
  return false;
}

}  // namespace

bool FindResumption(const Outlook& a, const Outlook& b, Resumption* nearest) {
  if (a.size < kEndRun || b.size < kEndRun) return false;
  if (!MayAgree(a, b)) return false;
  Rows rows = {};
  for (uint32_t i = 0; i < a.size; ++i) rows[i] = Compare(a.codes[i], b);
  // Where runs begin.
  std::array<uint32_t, kReach + 1> runs = {};
  uint32_t any = 0;
  for (uint32_t i = 0; i <= kReach; ++i) {
    runs[i] =
        rows[i] & (rows[i + 1] >> 1) & (rows[i + 2] >> 2) & (rows[i + 3] >> 3);
    any |= runs[i];
  }
  if (any == 0) return false;
  const auto agrees = [&runs](uint32_t gap_a, uint32_t gap_b) {
    return (runs[gap_a] >> gap_b & 1) != 0;
  };
  return FindNearest(kReach, agrees, nearest);
}

}  // namespace wirecopy
