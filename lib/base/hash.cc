#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace wirecopy {

uint64_t Hash64(const void* data, size_t size, uint64_t seed) {
  return XXH3_64bits_withSeed(data, size, seed);
}

Hash128Value Hash128(const void* data, size_t size, uint64_t seed) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(data, size, seed);
  return {hash.low64, hash.high64};
}

Hash128Value HashMultiset(std::span<const uint64_t> hashes) {
  Hash128Value hash;
  for (const uint64_t h : hashes) {
    hash.low += h;
    hash.high ^= h;
  }
  return hash;
}

}  // namespace wirecopy
