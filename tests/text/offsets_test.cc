#include "wirecopy/offsets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {
namespace {

// Units before every byte offset, a byte at a time.
std::vector<size_t> UnitsBefore(std::string_view utf8, OffsetUnit unit) {
  std::vector<size_t> units = {0};
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    size_t more = 1;
    if (unit != OffsetUnit::kByte) {
      more = byte >= 0x80 && byte < 0xC0 ? 0 : 1;
      if (unit == OffsetUnit::kUtf16 && byte >= 0xF0) more = 2;
    }
    units.push_back(units.back() + more);
  }
  return units;
}

void ExpectLikeOracle(std::string_view text, OffsetConverter* converter) {
  converter->Reset(text);
  for (const OffsetUnit unit :
       {OffsetUnit::kCodePoint, OffsetUnit::kByte, OffsetUnit::kUtf16}) {
    const std::vector<size_t> units = UnitsBefore(text, unit);
    for (size_t i = 0; i <= text.size(); ++i) {
      ASSERT_EQ(converter->Convert(i, unit), units[i])
          << "offset " << i << " of " << text.size() << ", unit "
          << static_cast<int>(unit);
    }
  }
}

std::string RandomText(size_t characters, int kinds, std::mt19937* random) {
  // A letter, one with a combining mark, Han, and an astral character.
  const std::string_view pieces[] = {"a", "\u00e9", "e\u0301", "\u6c34",
                                     "\U0001F40B"};
  std::string text;
  for (size_t i = 0; i < characters; ++i) {
    text += pieces[(*random)() % static_cast<unsigned>(kinds)];
  }
  return text;
}

TEST(OffsetConverterTest, CountsEachUnit) {
  // a, e with a combining accent, Han, a whale, z.
  const std::string_view text = "ae\u0301\u6c34\U0001F40Bz";
  const OffsetConverter converter(text);
  ASSERT_EQ(text.size(), 12U);
  EXPECT_EQ(converter.Convert(12, OffsetUnit::kByte), 12U);
  EXPECT_EQ(converter.Convert(12, OffsetUnit::kCodePoint), 6U);
  EXPECT_EQ(converter.Convert(12, OffsetUnit::kUtf16), 7U);
  EXPECT_EQ(converter.Convert(7, OffsetUnit::kCodePoint), 4U);
  EXPECT_EQ(converter.Convert(7, OffsetUnit::kUtf16), 4U);
  EXPECT_EQ(converter.Convert(11, OffsetUnit::kUtf16), 6U);
}

TEST(OffsetConverterTest, EmptyText) {
  OffsetConverter converter;
  EXPECT_EQ(converter.Convert(0, OffsetUnit::kCodePoint), 0U);
  converter.Reset("\u6c34");
  converter.Reset("");
  EXPECT_EQ(converter.Convert(0, OffsetUnit::kUtf16), 0U);
}

TEST(OffsetConverterTest, AgreesWithTheOracleAtEveryOffset) {
  std::mt19937 random(4);
  OffsetConverter converter;
  for (const size_t size : {1, 7, 340, 1023, 1024, 1025, 3072, 5000}) {
    for (int kinds = 1; kinds <= 5; ++kinds) {
      ExpectLikeOracle(RandomText(size, kinds, &random), &converter);
    }
  }
}

TEST(OffsetConverterTest, CharactersThatLieOnACheckpoint) {
  OffsetConverter converter;
  for (size_t before = 1018; before <= 1026; ++before) {
    const std::string text =
        std::string(before, 'x') + "\U0001F40B\u6c34" + std::string(1500, 'y');
    ExpectLikeOracle(text, &converter);
  }
}

TEST(OffsetConverterTest, OneConverterForTextsOfAllKinds) {
  OffsetConverter converter;
  ExpectLikeOracle(std::string(4000, 'x'), &converter);
  ExpectLikeOracle(std::string(3000, 'x') + "\U0001F40B", &converter);
  ExpectLikeOracle("plain", &converter);
  ExpectLikeOracle("\U0001F40B", &converter);
}

}  // namespace
}  // namespace wirecopy
