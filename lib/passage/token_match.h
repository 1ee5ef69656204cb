// How far two stretches of tokens are equal, several tokens at a time.

#ifndef WIRECOPY_PASSAGE_TOKEN_MATCH_H_
#define WIRECOPY_PASSAGE_TOKEN_MATCH_H_

#include <cstdint>
#include <cstring>

#include "passage/token_text.h"

namespace wirecopy {

inline constexpr uint32_t kTokensAtOnce = 4;

inline bool AreEqualAtOnce(const TokenCode* a, const TokenCode* b) {
  uint64_t of_a[2];
  uint64_t of_b[2];
  std::memcpy(of_a, a, sizeof(of_a));
  std::memcpy(of_b, b, sizeof(of_b));
  return ((of_a[0] ^ of_b[0]) | (of_a[1] ^ of_b[1])) == 0;
}

// How many tokens from a and from b on are equal, of `most` that both have.
inline uint32_t EqualAhead(const TokenCode* a, const TokenCode* b,
                           uint32_t most) {
  uint32_t count = 0;
  while (most - count >= kTokensAtOnce &&
         AreEqualAtOnce(a + count, b + count)) {
    count += kTokensAtOnce;
  }
  while (count < most && a[count] == b[count]) ++count;
  return count;
}

// The same of those before a and before b.
inline uint32_t EqualBehind(const TokenCode* a, const TokenCode* b,
                            uint32_t most) {
  uint32_t count = 0;
  while (most - count >= kTokensAtOnce &&
         AreEqualAtOnce(a - count - kTokensAtOnce, b - count - kTokensAtOnce)) {
    count += kTokensAtOnce;
  }
  while (count < most && *(a - count - 1) == *(b - count - 1)) ++count;
  return count;
}

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_TOKEN_MATCH_H_
