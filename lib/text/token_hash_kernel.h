// The hashes of tokens (docs/signature.md).
//
// Keeps the rules of base/kernel_set.h, for files that are compiled once per
// instruction set alone.

#ifndef WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_
#define WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_

#include <cstddef>
#include <cstdint>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/kernel_set.h"
#include "base/mix.h"

namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE {

// What eight bytes have of a token that reaches so many bytes beyond the eight
// before them: nothing up to eight, all from sixteen on.
struct ByteMasks {
  uint64_t of[25] = {};
  constexpr ByteMasks() {
    for (unsigned i = 9; i < 25; ++i) {
      of[i] = i < 16 ? (uint64_t{1} << (8 * (i - 8))) - 1 : ~uint64_t{0};
    }
  }
};
inline constexpr ByteMasks kByteMasks;

// One multiplication for up to sixteen bytes, and one way for all of those
// lengths: ways by length, as XXH3 goes, cannot be predicted token by token.
// What is longer is rare.
class TokenHasher {
 public:
  explicit TokenHasher(uint64_t seed)
      : seed_(seed),
        low_key_(MixTwice(seed + kGoldenGamma)),
        high_key_(MixTwice(seed + 2 * kGoldenGamma)) {}

  // Reads sixteen bytes at least.
  uint64_t Hash(const char* token, size_t size) const {
    if (size > 16) [[unlikely]] {
      return XXH3_64bits_withSeed(token, size, seed_);
    }
    const uint64_t low = XXH_readLE64(token) & kByteMasks.of[size + 8];
    const uint64_t high = XXH_readLE64(token + 8) & kByteMasks.of[size];
    return Fold(low ^ low_key_, (high ^ high_key_) + size);
  }

 private:
  static uint64_t Fold(uint64_t a, uint64_t b) {
    __extension__ using Product = unsigned __int128;
    const Product product = static_cast<Product>(a) * b;
    return static_cast<uint64_t>(product) ^
           static_cast<uint64_t>(product >> 64);
  }

  uint64_t seed_;
  uint64_t low_key_;
  uint64_t high_key_;
};

}  // namespace wirecopy::WIRECOPY_KERNEL_NAMESPACE

#endif  // WIRECOPY_TEXT_TOKEN_HASH_KERNEL_H_
