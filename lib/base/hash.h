// XXH3 for everything that is no hot loop.

#ifndef WIRECOPY_BASE_HASH_H_
#define WIRECOPY_BASE_HASH_H_

#include <cstddef>
#include <cstdint>
#include <utility>

namespace wirecopy {

// XXH3_64bits_withSeed.
uint64_t Hash64(const void* data, size_t size, uint64_t seed);

struct Hash128Value {
  uint64_t low = 0;
  uint64_t high = 0;

  friend bool operator==(const Hash128Value&, const Hash128Value&) = default;

  // For Abseil's hash tables.
  template <typename State>
  friend State AbslHashValue(State state, const Hash128Value& value) {
    return State::combine(std::move(state), value.low, value.high);
  }
};

// XXH3_128bits_withSeed.
Hash128Value Hash128(const void* data, size_t size, uint64_t seed);

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_HASH_H_
