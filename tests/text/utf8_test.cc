#include "text/utf8.h"

#include <gtest/gtest.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/utf8_oracle.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

using oracle::Hex;
using oracle::SlowChar;

// Everything the library says of `bytes` against the slow decoder. A bool and
// no expectation a character, since it runs for millions of sequences.
bool AgreesWithOracle(std::string_view bytes) {
  std::string repaired;
  size_t ill_formed = 0;
  size_t at = 0;
  for (const SlowChar& c : oracle::Decode(bytes)) {
    const DecodedChar decoded = DecodeUtf8(bytes, at);
    if (decoded.code_point != c.code_point || decoded.valid != c.valid ||
        decoded.length != c.end - c.begin) {
      return false;
    }
    at += decoded.length;
    ill_formed += c.valid ? 0 : 1;
    oracle::Append(c.code_point, &repaired);
  }
  std::string out = "stale";
  return at == bytes.size() && IsValidUtf8(bytes) == (ill_formed == 0) &&
         RepairUtf8(bytes, &out) == ill_formed && out == repaired &&
         IsValidUtf8(out);
}

// ICU replaces maximal subparts too.
bool AgreesWithIcu(const std::string& bytes) {
  std::string expected;
  icu::UnicodeString::fromUTF8(bytes).toUTF8String(expected);
  std::string out;
  RepairUtf8(bytes, &out);
  return out == expected;
}

// Every sequence of `length` of `alphabet`'s bytes; an empty string or the
// first that `check` refuses.
template <typename Check>
std::string FirstRefused(const std::vector<unsigned char>& alphabet,
                         size_t length, const Check& check) {
  std::vector<size_t> digits(length, 0);
  std::string bytes(length, static_cast<char>(alphabet[0]));
  while (true) {
    if (!check(bytes)) return Hex(bytes);
    size_t i = 0;
    for (; i < length; ++i) {
      digits[i] = (digits[i] + 1) % alphabet.size();
      bytes[i] = static_cast<char>(alphabet[digits[i]]);
      if (digits[i] != 0) break;
    }
    if (i == length) return "";
  }
}

std::vector<unsigned char> AllBytes() {
  std::vector<unsigned char> bytes;
  for (unsigned i = 0; i < 256; ++i) {
    bytes.push_back(static_cast<unsigned char>(i));
  }
  return bytes;
}

std::vector<unsigned char> BorderBytes() {
  return {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0,
          0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF};
}

TEST(Utf8Test, AllSequencesOfUpToThreeBytes) {
  EXPECT_EQ(FirstRefused(AllBytes(), 1, AgreesWithOracle), "");
  EXPECT_EQ(FirstRefused(AllBytes(), 2, AgreesWithOracle), "");
  // A first byte of ASCII is read alone, which two bytes have shown.
  const auto three_bytes = [](const std::string& bytes) {
    return static_cast<unsigned char>(bytes[0]) < 0x7F ||
           AgreesWithOracle(bytes);
  };
  EXPECT_EQ(FirstRefused(AllBytes(), 3, three_bytes), "");
}

TEST(Utf8Test, FourBytesOnTheBorders) {
  EXPECT_EQ(FirstRefused(BorderBytes(), 4, AgreesWithOracle), "");
}

TEST(Utf8Test, RepairsAsIcuDoes) {
  EXPECT_EQ(FirstRefused(AllBytes(), 2, AgreesWithIcu), "");
  EXPECT_EQ(FirstRefused(BorderBytes(), 4, AgreesWithIcu), "");
}

// The ASCII loops of eight bytes must stop at any offset.
TEST(Utf8Test, IllFormedByteAtAnyOffsetOfAscii) {
  for (size_t size = 0; size < 40; ++size) {
    ASSERT_TRUE(AgreesWithOracle(std::string(size, 'a')));
    for (size_t at = 0; at < size; ++at) {
      for (const char* piece : {"\xFF", "\xE2\x80", "\xC3\xA9", "\xF0\x9F"}) {
        std::string bytes(size, 'a');
        bytes.replace(at, 1, piece);
        ASSERT_TRUE(AgreesWithOracle(bytes)) << Hex(bytes);
      }
    }
  }
}

TEST(Utf8Test, EveryCodePointRoundTrips) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (oracle::IsSurrogate(c)) continue;
    std::string expected;
    oracle::Append(c, &expected);
    std::string written = "x";
    AppendUtf8(c, &written);
    ASSERT_EQ(written, "x" + expected);
    const DecodedChar decoded = DecodeUtf8(written, 1);
    ASSERT_EQ(decoded.code_point, c);
    ASSERT_EQ(decoded.length, expected.size());
    ASSERT_TRUE(decoded.valid);
    ASSERT_EQ(PreviousChar(written, written.size()), 1U);
    ASSERT_EQ(CountCodePoints(written), 2U);
  }
}

TEST(Utf8Test, SurrogatesAndTooLargeValuesAreIllFormed) {
  for (const char* bytes :
       {"\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xC0\x80",
        "\xE0\x80\x80", "\xF0\x80\x80\x80", "\xF8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(IsValidUtf8(bytes)) << Hex(bytes);
  }
  EXPECT_TRUE(IsValidUtf8("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST(Utf8Test, ReplacesEachMaximalSubpartOnce) {
  // The example of table 3-8 of the Unicode Standard.
  const std::string bytes = "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41";
  std::string out;
  EXPECT_EQ(RepairUtf8(bytes, &out), 4U);
  EXPECT_EQ(out, "\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(RepairUtf8("", &out), 0U);
  EXPECT_EQ(out, "");
}

TEST(Utf8Test, CountsCodePoints) {
  EXPECT_EQ(CountCodePoints(""), 0U);
  EXPECT_EQ(CountCodePoints("a\u00E9\u20AC\U0001F600"), 4U);
}

}  // namespace
}  // namespace wirecopy
