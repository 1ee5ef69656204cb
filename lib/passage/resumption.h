// Where two texts agree again behind an edit.

#ifndef WIRECOPY_PASSAGE_RESUMPTION_H_
#define WIRECOPY_PASSAGE_RESUMPTION_H_

#include <cstdint>

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

// The nearest place, by the longer gap and then the shorter, behind which
// kEndRun tokens are equal. Symmetric in a and b but for equal gaps exchanged,
// where a's is the shorter. False where there is none, as at most ends: a small
// struct that is returned is written in parts and read whole, which stalls.
bool FindResumption(const Outlook& a, const Outlook& b, Resumption* nearest);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_RESUMPTION_H_
