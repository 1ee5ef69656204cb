// The 64-bit mixers of the signature format (docs/signature.md). Always
// inlined, since files that are compiled once per instruction set use them
// (base/kernel_set.h).

#ifndef WIRECOPY_BASE_MIX_H_
#define WIRECOPY_BASE_MIX_H_

#include <cstdint>

namespace wirecopy {

inline constexpr uint64_t kMixMultiplier = 0xD6E8FEB86659FD93;
inline constexpr uint64_t kGoldenGamma = 0x9E3779B97F4A7C15;

// One multiplication: enough for a value that is a sum of good hashes.
[[gnu::always_inline]] constexpr uint64_t MixOnce(uint64_t x) {
  x ^= x >> 32;
  x *= kMixMultiplier;
  return x ^ (x >> 29);
}

// Two multiplications: for values that may differ in a few bits only.
[[gnu::always_inline]] constexpr uint64_t MixTwice(uint64_t x) {
  x ^= x >> 32;
  x *= kMixMultiplier;
  x ^= x >> 32;
  x *= kMixMultiplier;
  return x ^ (x >> 32);
}

// The r-th hash of an element whose 64-bit hash is h, independent of it for
// r > 0 (the 0-th is h itself).
[[gnu::always_inline]] constexpr uint64_t RoundHash(uint64_t h, uint64_t r) {
  return r == 0 ? h : MixTwice(h + r * kGoldenGamma);
}

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_MIX_H_
