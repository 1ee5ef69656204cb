#include "base/numpy_random.h"

#include <bit>
#include <cassert>
#include <limits>

namespace wirecopy {

uint64_t NumpyRandom::Next64() {
  const uint64_t upper = Next32();
  return (upper << 32) | Next32();
}

uint32_t NumpyRandom::Uniform32(uint32_t low, uint32_t last) {
  assert(low <= last);
  const uint32_t range = last - low;
  if (range == 0) return low;
  const uint32_t mask =
      std::numeric_limits<uint32_t>::max() >> std::countl_zero(range);
  uint32_t draw = 0;
  do {
    draw = Next32() & mask;
  } while (draw > range);
  return low + draw;
}

uint64_t NumpyRandom::Uniform64(uint64_t low, uint64_t last) {
  assert(low <= last);
  const uint64_t range = last - low;
  if (range <= std::numeric_limits<uint32_t>::max()) {
    return low + Uniform32(0, static_cast<uint32_t>(range));
  }
  const uint64_t mask =
      std::numeric_limits<uint64_t>::max() >> std::countl_zero(range);
  uint64_t draw = 0;
  do {
    draw = Next64() & mask;
  } while (draw > range);
  return low + draw;
}

}  // namespace wirecopy
