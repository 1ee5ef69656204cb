#include "io/json_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "tests/support/simd_levels.h"

namespace wirecopy {
namespace {

// A character at a time. Returns what was read of `from`.
size_t SlowCopy(std::string_view from, std::string* to) {
  constexpr std::string_view kNames = "\"\\/ntrbf";
  constexpr std::string_view kMeanings = "\"\\/\n\t\r\b\f";
  to->clear();
  size_t i = 0;
  while (i < from.size()) {
    const char c = from[i];
    if (c == '"' || static_cast<unsigned char>(c) < ' ') break;
    if (c != '\\') {
      to->push_back(c);
      ++i;
      continue;
    }
    if (i + 1 == from.size()) break;
    const size_t found = kNames.find(from[i + 1]);
    if (found == std::string_view::npos) break;
    to->push_back(kMeanings[found]);
    i += 2;
  }
  return i;
}

class JsonKernelsTest : public ::testing::TestWithParam<SimdLevel> {
 protected:
  size_t Below(size_t limit) { return random_() % limit; }

  // Pieces of what literals hold; what ends them, once in `rarity` pieces.
  std::string Literal(size_t size, size_t rarity) {
    static constexpr const char* kPieces[] = {
        "word", "\\n", "\\\\",         "\\\"",     "x",     "\\t\\r\\b\\f\\/",
        "  ",   "7",   "\u00E9\u4E2D", "\\\\\\\\", "n\x7F", "several words"};
    static constexpr const char* kEnds[] = {"\"",   "\\u00e9", "\n", "\\x",
                                            "\x1F", "\\\n",    "\\"};
    std::string literal;
    while (literal.size() < size) {
      literal += Below(rarity) == 0 ? kEnds[Below(std::size(kEnds))]
                                    : kPieces[Below(std::size(kPieces))];
    }
    return literal;
  }

  void ExpectCopied(const std::string& literal, size_t size) {
    std::string expected;
    const size_t read =
        SlowCopy(std::string_view(literal).substr(0, size), &expected);
    const std::string padded = literal + std::string(kJsonPadding, '\\');
    std::string to(size + kJsonPadding, '#');
    const JsonKernels::Progress copied =
        JsonKernelsFor(GetParam()).copy_string(padded.data(), size, to.data());
    ASSERT_EQ(copied.read, read) << literal << " " << size;
    ASSERT_EQ(to.substr(0, copied.written), expected) << literal << " " << size;
    const bool has_wide = std::any_of(
        literal.begin(), literal.begin() + static_cast<std::ptrdiff_t>(read),
        [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
    ASSERT_EQ(copied.has_wide, has_wide) << literal << " " << size;
  }

 private:
  std::mt19937_64 random_{5};
};

TEST_P(JsonKernelsTest, CopiesAsASlowOne) {
  for (int i = 0; i < 30000; ++i) {
    const std::string literal = Literal(Below(300), 1 + Below(200));
    ExpectCopied(literal, Below(literal.size() + 1));
    ExpectCopied(literal, literal.size());
  }
}

// Wherever a block of any size ends.
TEST_P(JsonKernelsTest, EscapesAtEveryPlace) {
  for (size_t before = 0; before < 140; ++before) {
    for (size_t backslashes = 0; backslashes < 70; ++backslashes) {
      const std::string literal = std::string(before, 'a') +
                                  std::string(backslashes, '\\') + "n\"and on";
      for (const size_t cut : {size_t{0}, size_t{7}, size_t{8}, size_t{9}}) {
        ExpectCopied(literal, literal.size() - cut);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, JsonKernelsTest,
                         ::testing::ValuesIn(oracle::SimdLevelsHere()),
                         [](const ::testing::TestParamInfo<SimdLevel>& level) {
                           return std::string(SimdLevelName(level.param));
                         });

}  // namespace
}  // namespace wirecopy
