// Where two texts agree again behind an edit.

#ifndef WIRECOPY_PASSAGE_RESUMPTION_H_
#define WIRECOPY_PASSAGE_RESUMPTION_H_

#include <cstdint>

#include "passage/token_match.h"
#include "passage/token_text.h"

namespace wirecopy {

// How far an end looks for where both sides agree again, and for how many
// tokens they must.
inline constexpr uint32_t kReach = 10;
inline constexpr uint32_t kEndRun = 4;

// The tokens of one text that an end looks at, the nearest first.
struct Outlook {
  static constexpr uint32_t kMost = kReach + kEndRun;

  TokenCode codes[16] = {};
  uint32_t size = 0;  // at most kMost; what is behind does not count
};

// Tokens to pass over on either side.
struct Resumption {
  uint32_t a = 0;
  uint32_t b = 0;
};

// The nearest place, as FindResumption has it, of no gap longer than `most`
// where agrees(gap_a, gap_b).
template <typename Agrees>
bool FindNearest(uint32_t most, Agrees agrees, Resumption* nearest) {
  for (uint32_t far = 0; far <= most; ++far) {
    for (uint32_t near = 0; near <= far; ++near) {
      if (agrees(near, far)) {
        *nearest = {near, far};
        return true;
      }
      if (agrees(far, near)) {
        *nearest = {far, near};
        return true;
      }
    }
  }
  return false;
}

// Which way an end looks.
enum class Look { kBehind, kAhead };

// What FindResumption finds where no gap is longer than kNearGap tokens, as
// after small edits, without an Outlook. Each end looks from its text's `a` or
// `b` on, and at `size_a` or `size_b` tokens.
inline constexpr uint32_t kNearGap = 2;
template <Look kLook>
bool FindNearResumption(const TokenCode* a, uint32_t size_a, const TokenCode* b,
                        uint32_t size_b, Resumption* nearest) {
  const auto agrees = [&](uint32_t gap_a, uint32_t gap_b) {
    if (gap_a + kEndRun > size_a || gap_b + kEndRun > size_b) return false;
    if (kLook == Look::kAhead) return AreEqualAtOnce(a + gap_a, b + gap_b);
    return AreEqualAtOnce(a - gap_a - kEndRun, b - gap_b - kEndRun);
  };
  static_assert(kEndRun == kTokensAtOnce);
  return FindNearest(kNearGap, agrees, nearest);
}

// The nearest place, by the longer gap and then the shorter, behind which
// kEndRun tokens are equal. Symmetric in a and b but for equal gaps exchanged,
// where a's is the shorter. False where there is none, as at most ends: a small
// struct that is returned is written in parts and read whole, which stalls.
bool FindResumption(const Outlook& a, const Outlook& b, Resumption* nearest);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_RESUMPTION_H_
