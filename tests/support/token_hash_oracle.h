// The hash of a token (docs/signature.md) once more: a byte at a time, and the
// product by hand.

#ifndef WIRECOPY_TESTS_SUPPORT_TOKEN_HASH_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_TOKEN_HASH_ORACLE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mix.h"

namespace wirecopy::oracle {

// The exclusive or of the halves of a 128-bit product, from four products of
// 32-bit numbers.
inline uint64_t Fold(uint64_t a, uint64_t b) {
  constexpr uint64_t kHalf = 0xFFFFFFFF;
  const uint64_t low = (a & kHalf) * (b & kHalf);
  const uint64_t cross = (a >> 32) * (b & kHalf) + (low >> 32);
  const uint64_t middle = (a & kHalf) * (b >> 32) + (cross & kHalf);
  const uint64_t high = (a >> 32) * (b >> 32) + (cross >> 32) + (middle >> 32);
  return high ^ (middle << 32 | (low & kHalf));
}

inline uint64_t TokenHash(std::string_view token, uint64_t seed) {
  if (token.size() > 16) {
    return XXH3_64bits_withSeed(token.data(), token.size(), seed);
  }
  uint64_t halves[2] = {};
  for (size_t i = 0; i < token.size(); ++i) {
    const uint64_t byte = static_cast<unsigned char>(token[i]);
    halves[i / 8] |= byte << (8 * (i % 8));
  }
  return Fold(halves[0] ^ MixTwice(seed + kGoldenGamma),
              (halves[1] ^ MixTwice(seed + 2 * kGoldenGamma)) + token.size());
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_TOKEN_HASH_ORACLE_H_
