#include "text/text_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mix.h"
#include "tests/support/simd_levels.h"
#include "tests/support/text_kernels_fixture.h"
#include "tests/support/token_hash_oracle.h"
#include "tests/support/utf8_oracle.h"

namespace wirecopy {
namespace {

using oracle::Hex;

class TextKernelsTest : public oracle::TextKernelsFixture {};

// One class of Classify, a byte at a time; one word that nobody may touch
// behind it.
template <typename Predicate>
std::vector<uint64_t> SlowBitmap(std::string_view text,
                                 const Predicate& predicate) {
  std::vector<uint64_t> bitmap((text.size() + 63) / 64, 0);
  for (size_t i = 0; i < text.size(); ++i) {
    if (predicate(text[i])) bitmap[i / 64] |= uint64_t{1} << (i % 64);
  }
  bitmap.push_back(~uint64_t{0});
  return bitmap;
}

TEST_P(TextKernelsTest, CountCodePoints) {
  for (size_t size = 0; size <= 300; ++size) {
    const std::string text = RandomBytes(size);
    const auto begins =
        static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
          const auto byte = static_cast<unsigned char>(c);
          return byte < 0x80 || byte >= 0xC0;
        }));
    ASSERT_EQ(kernels().count_code_points(text.data(), size), begins)
        << Hex(text);
  }
}

TEST_P(TextKernelsTest, Classify) {
  for (size_t size = 0; size <= 300; ++size) {
    for (size_t offset = 0; offset < 8; ++offset) {
      // The padding is as full of letters as the text.
      const auto buffer =
          std::make_unique<char[]>(offset + size + kTextPadding);
      const std::string all =
          "x" + RandomBytes(offset + size + kTextPadding - 1);
      all.copy(buffer.get(), all.size());
      const std::string_view text(buffer.get() + offset, size);
      const size_t words = (size + 63) / 64;
      std::vector<std::vector<uint64_t>> bitmaps(
          3, std::vector<uint64_t>(words + 1, ~uint64_t{0}));
      kernels().classify(
          text.data(), size,
          {bitmaps[0].data(), bitmaps[1].data(), bitmaps[2].data()});
      ASSERT_EQ(bitmaps[0],
                SlowBitmap(text, [](char c) { return c >= 'a' && c <= 'z'; }));
      ASSERT_EQ(bitmaps[1],
                SlowBitmap(text, [](char c) { return c >= '0' && c <= '9'; }));
      ASSERT_EQ(bitmaps[2], SlowBitmap(text, [](char c) { return c == '\''; }));
    }
  }
}

// A byte at a time, as documented for TokenFinder: a token is a run of letters,
// digits, joining apostrophes and singles that is cut where a single starts,
// and behind a run of singles.
TEST_P(TextKernelsTest, MarkBorders) {
  for (int round = 0; round < 400; ++round) {
    const size_t words = 1 + Below(20);
    std::vector<std::vector<uint64_t>> bitmaps(5);
    for (std::vector<uint64_t>& bitmap : bitmaps) {
      bitmap = RandomWords(words);
      if (Below(3) == 0) {
        for (uint64_t& word : bitmap) word &= random_() & random_();
      }
    }
    const bool is_wide = round % 2 == 0;
    const auto has = [&](size_t bitmap, size_t i) {
      return i < words * 64 && (bitmaps[bitmap][i / 64] >> (i % 64) & 1) != 0;
    };
    std::vector<bool> inside(words * 64);
    for (size_t i = 0; i < inside.size(); ++i) {
      const auto joins = [&](size_t of) {
        return i > 0 && has(of, i - 1) && has(of, i + 1);
      };
      inside[i] = has(0, i) || has(1, i) || (is_wide && has(3, i)) ||
                  (has(2, i) && (joins(0) || joins(1)));
    }
    std::vector<uint64_t> begins(words);
    std::vector<uint64_t> ends(words);
    size_t count = 0;
    for (size_t i = 0; i < inside.size(); ++i) {
      const uint64_t bit = uint64_t{1} << (i % 64);
      const bool before = i > 0 && inside[i - 1];
      const bool is_cut =
          is_wide && (has(4, i) || (i > 0 && has(3, i - 1) && !has(3, i)));
      if (inside[i] && (!before || is_cut)) {
        begins[i / 64] |= bit;
        ++count;
      }
      if (before && (!inside[i] || is_cut)) ends[i / 64] |= bit;
    }
    ASSERT_EQ(kernels().mark_borders(
                  {bitmaps[0].data(), bitmaps[1].data(), bitmaps[2].data()},
                  is_wide ? bitmaps[3].data() : nullptr,
                  is_wide ? bitmaps[4].data() : nullptr, words),
              count);
    ASSERT_EQ(bitmaps[0], begins);
    ASSERT_EQ(bitmaps[1], ends);
  }
}

TEST_P(TextKernelsTest, BitPositions) {
  for (size_t words = 0; words <= 20; ++words) {
    for (int density = 0; density < 6; ++density) {
      std::vector<uint64_t> bitmap = RandomWords(words);
      for (uint64_t& word : bitmap) {
        for (int i = 0; i < density; ++i) word &= random_();
        if (density == 4) word = 0;
        if (density == 5) word = ~uint64_t{0};
      }
      std::vector<uint32_t> expected;
      for (uint32_t i = 0; i < words * 64; ++i) {
        if ((bitmap[i / 64] >> (i % 64) & 1) != 0) expected.push_back(i);
      }
      const size_t room = expected.size() + kPositionPadding;
      std::vector<uint32_t> found(room + 1, 7);
      ASSERT_EQ(kernels().bit_positions(bitmap.data(), words, found.data()),
                expected.size());
      ASSERT_EQ(found.back(), 7U);
      found.resize(expected.size());
      ASSERT_EQ(found, expected);
    }
  }
}

// Lengths in any order, mostly short as words are, in counts around the tiles.
TEST_P(TextKernelsTest, HashTokensIsAsDefined) {
  const std::string padded = RandomBytes(2000 + kTextPadding);
  const std::string_view text(padded.data(), 2000);
  for (const size_t count : {size_t{0}, size_t{1}, size_t{100}, size_t{511},
                             size_t{512}, size_t{513}, size_t{5000}}) {
    std::vector<uint32_t> begins;
    std::vector<uint32_t> ends;
    for (size_t i = 0; i < count; ++i) {
      const uint64_t size = Below(i % 4 == 0 ? 301 : 20);
      begins.push_back(static_cast<uint32_t>(Below(text.size() - size)));
      ends.push_back(begins.back() + static_cast<uint32_t>(size));
    }
    for (const uint64_t seed : {uint64_t{0}, uint64_t{1}, random_()}) {
      std::vector<uint64_t> hashes(count + 1, 7);
      kernels().hash_tokens(text.data(), begins.data(), ends.data(), count,
                            seed, hashes.data());
      for (size_t i = 0; i < count; ++i) {
        ASSERT_EQ(hashes[i],
                  oracle::TokenHash(text.substr(begins[i], ends[i] - begins[i]),
                                    seed));
      }
      ASSERT_EQ(hashes.back(), 7U);
    }
  }
}

// A long token is hashed by XXH3. The published value for no bytes of that: an
// xxhash.h that changed its mind would change both sides of the test above.
TEST(Xxh3Test, KnownValue) {
  EXPECT_EQ(XXH3_64bits_withSeed("", 0, 0), 0x2D06800538D394C2U);
}

uint64_t RotateLeft(uint64_t x, size_t bits) {
  for (size_t i = 0; i < bits; ++i) x = (x << 1) | (x >> 63);
  return x;
}

TEST_P(TextKernelsTest, Combine) {
  for (size_t k = 1; k <= 64; ++k) {
    // The tiles are of 512 shingles.
    for (const size_t extra :
         {size_t{0}, size_t{1}, size_t{7}, size_t{Below(300)}, size_t{511},
          size_t{512}, size_t{1100}}) {
      const std::vector<uint64_t> tokens = RandomWords(k + extra);
      std::vector<uint64_t> shingles(extra + 2, 7);
      kernels().combine(tokens.data(), tokens.size(), k, shingles.data());
      for (size_t i = 0; i <= extra; ++i) {
        uint64_t sum = 0;
        for (size_t j = 0; j < k; ++j) {
          sum += RotateLeft(tokens[i + j], 13 * j % 64);
        }
        ASSERT_EQ(shingles[i], MixOnce(sum)) << k << " " << i;
      }
      ASSERT_EQ(shingles.back(), 7U);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, TextKernelsTest,
                         ::testing::ValuesIn(oracle::SimdLevelsHere()),
                         [](const ::testing::TestParamInfo<SimdLevel>& level) {
                           return std::string(SimdLevelName(level.param));
                         });

TEST(TextKernelsForTest, LevelsHaveTheirOwnKernels) {
  const std::vector<SimdLevel> levels = oracle::SimdLevelsHere();
  for (size_t i = 1; i < levels.size(); ++i) {
    EXPECT_NE(TextKernelsFor(levels[i]).fold,
              TextKernelsFor(levels[i - 1]).fold);
  }
  EXPECT_EQ(&ActiveTextKernels(), &TextKernelsFor(ActiveSimdLevel()));
}

}  // namespace
}  // namespace wirecopy
