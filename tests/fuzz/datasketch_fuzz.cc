// Any hashes through every instruction set's kernel of datasketch 1.6's
// formula, which bounds values before it computes some of them.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sketch/sketch_kernels.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/datasketch_oracle.h"
#include "tests/support/simd_levels.h"

namespace {

using Numbers = std::vector<uint64_t>;

constexpr uint64_t kPrime = (uint64_t{1} << 61) - 1;

// Reads numbers from the input, zeros behind its end.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  size_t size() const { return size_; }
  uint64_t Take(size_t bytes) {
    uint64_t number = 0;
    const size_t count = std::min(bytes, size_);
    std::memcpy(&number, data_, count);
    data_ += count;
    size_ -= count;
    return number;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

// A hash: any, of 32 bits, one for which some function's sum is given, or one
// that was there before.
uint64_t TakeHash(const Numbers& a, const Numbers& b, const Numbers& hashes,
                  Input* input) {
  const uint64_t kind = input->Take(1);
  const size_t function = kind / 8 % a.size();
  switch (kind % 8) {
    case 0:
      return input->Take(8);
    case 1:
    case 2: {
      const uint64_t multiple = input->Take(1) % 9 * kPrime;
      const uint64_t sum = multiple + input->Take(1) % 32 - 16;
      return wirecopy::oracle::HashFor(sum, a[function], b[function]);
    }
    case 3:
    case 4: {
      const uint64_t top = input->Take(1) << 56;
      const uint64_t low = (input->Take(1) - 128) % (uint64_t{1} << 32);
      return wirecopy::oracle::HashFor(top | low, a[function], b[function]);
    }
    case 5:
      return hashes.empty() ? 0 : hashes[input->Take(1) % hashes.size()];
    default:
      return input->Take(4);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Input input(data, size);
  const size_t functions = 1 + input.Take(1) % 70;
  Numbers a(functions);
  Numbers b(functions);
  uint64_t random = input.Take(8);
  for (size_t p = 0; p < functions; ++p) {
    a[p] =
        (random = random * 6364136223846793005 + 1442695040888963407) >> 3 | 1;
    b[p] = (random = random * 6364136223846793005 + 1442695040888963407) >> 3;
  }
  const uint64_t before = input.Take(1) % 2 == 0 ? 0xFFFFFFFF : input.Take(5);
  Numbers hashes;
  while (input.size() > 0) hashes.push_back(TakeHash(a, b, hashes, &input));

  Numbers expected(functions, before);
  for (size_t p = 0; p < functions; ++p) {
    for (const uint64_t hash : hashes) {
      expected[p] =
          std::min(expected[p],
                   wirecopy::oracle::SlowDatasketchValue(
                       wirecopy::DatasketchScheme::kLegacy, a[p], b[p], hash));
    }
  }
  for (const wirecopy::SimdLevel level : wirecopy::oracle::SimdLevelsHere()) {
    Numbers signature(functions, before);
    wirecopy::SketchKernelsFor(level).datasketch_legacy(
        a.data(), b.data(), hashes.data(), hashes.size(), signature.data(),
        functions);
    FUZZ_CHECK(signature == expected);
  }
  return 0;
}
