// What tests of the text layer's kernels have in common: those of one
// instruction set, and random bytes for them.

#ifndef WIRECOPY_TESTS_SUPPORT_TEXT_KERNELS_FIXTURE_H_
#define WIRECOPY_TESTS_SUPPORT_TEXT_KERNELS_FIXTURE_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/simd.h"
#include "text/text_kernels.h"

namespace wirecopy::oracle {

class TextKernelsFixture : public ::testing::TestWithParam<SimdLevel> {
 protected:
  const TextKernels& kernels() const { return TextKernelsFor(GetParam()); }

  uint64_t Below(uint64_t limit) { return random_() % limit; }

  // Bytes from one of four mixes: all of ASCII, text with hyphens and the
  // like, mostly letters, anything.
  std::string RandomBytes(size_t size) {
    const uint64_t mix = Below(4);
    std::string bytes;
    while (bytes.size() < size) {
      const char* const special = "-\t\n\v\f\r '@[`{/:09azAZ\x08\x0E\x7F";
      if (mix == 0) {
        bytes.push_back(static_cast<char>(Below(128)));
      } else if (mix == 1) {
        bytes.push_back(special[Below(22)]);
      } else if (mix == 2 && Below(100) != 0) {
        bytes.push_back(static_cast<char>('A' + Below(26)));
      } else {
        bytes.push_back(static_cast<char>(Below(256)));
      }
    }
    return bytes;
  }

  std::vector<uint64_t> RandomWords(size_t size) {
    std::vector<uint64_t> words(size);
    for (uint64_t& word : words) word = random_();
    return words;
  }

  std::mt19937_64 random_{41};
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_TEXT_KERNELS_FIXTURE_H_
