// datasketch's formulas by their plain reading.

#ifndef WIRECOPY_TESTS_SUPPORT_DATASKETCH_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_DATASKETCH_ORACLE_H_

#include <cstdint>

#include "wirecopy/datasketch.h"

namespace wirecopy::oracle {

// One slot's value for one hash.
inline uint64_t SlowDatasketchValue(DatasketchScheme scheme, uint64_t a,
                                    uint64_t b, uint64_t hash) {
  __extension__ using Uint128 = unsigned __int128;
  constexpr Uint128 kTwo64 = Uint128{1} << 64;
  constexpr Uint128 kPrime = (Uint128{1} << 61) - 1;
  if (scheme == DatasketchScheme::kLegacy) {
    const Uint128 sum = (Uint128{a} * hash + b) % kTwo64;
    return static_cast<uint64_t>(sum % kPrime % 4294967296);
  }
  const bool wide = scheme == DatasketchScheme::kAffine64;
  const Uint128 modulus = Uint128{1} << (wide ? 64 : 32);
  const uint64_t first = wide ? 0xFF51AFD7ED558CCD : 0x85EBCA6B;
  const uint64_t second = wide ? 0xC4CEB9FE1A85EC53 : 0xC2B2AE35;
  Uint128 x = hash;
  x ^= x >> (wide ? 33 : 16);
  x = x * first % modulus;
  x ^= x >> (wide ? 33 : 13);
  x = x * second % modulus;
  x ^= x >> (wide ? 33 : 16);
  return static_cast<uint64_t>((a * x + b) % modulus);
}

// The hash for which a * hash + b is x, modulo 2^64. a is odd.
inline uint64_t HashFor(uint64_t x, uint64_t a, uint64_t b) {
  uint64_t inverse = a;  // modulo 2^3, and each step doubles that
  for (int bits = 3; bits < 64; bits *= 2) inverse *= 2 - a * inverse;
  return (x - b) * inverse;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_DATASKETCH_ORACLE_H_
