#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "tests/support/text_oracle.h"
#include "tests/support/text_samples.h"
#include "tests/support/utf8_oracle.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

using oracle::Hex;

std::string Normal(std::string_view text) {
  std::string out = "stale";
  NormalizeText(text, &out);
  return out;
}

// The golden examples: one for each thing that text.h promises.

TEST(NormalizeTest, FoldsCase) {
  EXPECT_EQ(Normal("The QUICK Fox"), "the quick fox");
  EXPECT_EQ(Normal("\u00C9COLE \u0130\u0391\u03A3\u03C2"),
            "\u00E9cole i\u0307\u03B1\u03C3\u03C3");
  EXPECT_EQ(Normal("Stra\u00DFe STRASSE \u1E9E"), "strasse strasse ss");
}

TEST(NormalizeTest, FoldsCompatibilityCharacters) {
  EXPECT_EQ(Normal("\uFF21\uFF42\uFF11 \uFB01n\u00B2 \u2163"), "ab1 fin2 iv");
  EXPECT_EQ(Normal("\uFF76\uFF9E\u2026\u00BD"), "\u30AC...1\u20442");
}

TEST(NormalizeTest, ComposesAcrossAsciiBorders) {
  EXPECT_EQ(Normal("Cafe\u0301 e\u0323\u0301 e\u0301\u0323"),
            "caf\u00E9 \u1EB9\u0301 \u1EB9\u0301");
  EXPECT_EQ(Normal("E\u0301"), "\u00E9");
  EXPECT_EQ(Normal("\u1100\u1161\u11A8"), "\uAC01");
  EXPECT_EQ(Normal("<\u0338"), "\u226E");
}

TEST(NormalizeTest, DropsDefaultIgnorables) {
  EXPECT_EQ(Normal("co\u00ADoper\u200Date\uFE0F\u2060"), "cooperate");
  EXPECT_EQ(Normal("\uFEFFa"), "a");
  EXPECT_EQ(Normal("e\u00AD\u0301"), "\u00E9");
  EXPECT_EQ(Normal("\u00AD"), "");
}

TEST(NormalizeTest, FoldsWhiteSpace) {
  EXPECT_EQ(Normal("a\tb\nc\rd\ve\ff\u0085g\u00A0h\u1680i"),
            "a b c d e f g h i");
  EXPECT_EQ(Normal("a\u2003b\u2028c\u2029d\u202Fe\u205Ff\u3000g\u200Bh"),
            "a b c d e f g h");
  // Two stay two, and what is no white space stays.
  EXPECT_EQ(Normal(" a \r\n\x1C\x7F"), " a   \x1C\x7F");
}

// A mark must not reach over the zero width space to the letter before it.
TEST(NormalizeTest, ZeroWidthSpaceSeparatesMarks) {
  EXPECT_EQ(Normal("a\u200B\u0301"), "a \u0301");
  EXPECT_EQ(Normal("a\u200B\u00ADb"), "a b");
}

TEST(NormalizeTest, FoldsQuotationMarks) {
  EXPECT_EQ(Normal("\u2018a\u2019 \u201Ba it\u2019s \u02BCn \u0149"),
            "'a' 'a it's 'n 'n");
  EXPECT_EQ(Normal("\u00ABa\u00BB \u201Aa \u201Ca\u201D \u201Ea \u201Fa "
                   "\u2039a\u203A \uFF02 \uFF07"),
            "\"a\" \"a \"a\" \"a \"a \"a\" \" '");
}

TEST(NormalizeTest, FoldsDashes) {
  EXPECT_EQ(Normal("a\u2012b\u2013c\u2014d\u2015e\u22125"),
            "a\u2014b\u2014c\u2014d\u2014e\u20145");
  EXPECT_EQ(Normal("\u20105 \u20115 \uFF0D5 \uFE635"), "-5 -5 -5 -5");
}

TEST(NormalizeTest, JoinsLettersAcrossHyphens) {
  EXPECT_EQ(Normal("Co-operate co\u2010op CO\u2011OP co\uFF0Dop"),
            "cooperate coop coop coop");
  EXPECT_EQ(Normal("a-b-c-\u00E9-\u00DF-\uFB01-e\u0301-x"),
            "abc\u00E9ssfi\u00E9x");
  EXPECT_EQ(Normal("x\u0323\u0331-y"), "x\u0323\u0331y");
  EXPECT_EQ(Normal("a\u00AD-\u00ADb-\u00AD\u200Dc"), "abc");
  EXPECT_EQ(Normal("\u0434-\u05D0-\u0905"), "\u0434\u05D0\u0905");
}

TEST(NormalizeTest, KeepsOtherHyphens) {
  const std::string kept = "-a a- b--c 1-2 a-1 1-a a - b a-\nb -";
  EXPECT_EQ(Normal(kept), "-a a- b--c 1-2 a-1 1-a a - b a- b -");
  EXPECT_EQ(Normal("a-\u0301b \u6F22-\u5B57 a-\u6F22"),
            "a-\u0301b \u6F22-\u5B57 a-\u6F22");
  EXPECT_EQ(Normal("a\u200B-b a-\u200Bb 1\u0301-b"), "a -b a- b 1\u0301-b");
  // Without the hyphen these would compose.
  EXPECT_EQ(Normal("\u1100-\u1161"), "\u1100-\u1161");
  EXPECT_EQ(Normal("a-\u2019b a-\u0149"), "a-'b a-'n");
}

TEST(NormalizeTest, RepairsUtf8) {
  EXPECT_EQ(Normal("a\xFF\xE2\x80z"), "a\uFFFD\uFFFDz");
  EXPECT_EQ(Normal("\xE2\x80\x93\x93"), "\u2014\uFFFD");
  EXPECT_EQ(Normal(std::string_view("\0A", 2)), std::string_view("\0a", 2));
  EXPECT_EQ(Normal(""), "");
}

// Both entry points against the oracle, and again what comes out.
::testing::AssertionResult AgreesWithOracle(std::string_view text) {
  const std::string expected = oracle::Normalize(text);
  NormalizedText with_map;
  Normalize(text, &with_map);
  const std::string plain = Normal(text);
  const std::string again = Normal(expected);
  if (plain == expected && with_map.text == expected && again == expected) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure()
         << Hex(text) << "\nexpected " << Hex(expected) << "\nplain    "
         << Hex(plain) << "\nwith map " << Hex(with_map.text) << "\nagain    "
         << Hex(again);
}

void CheckEveryText(const oracle::Pieces& pieces, size_t length) {
  oracle::ForEachText(pieces, length, [](const std::string& text) {
    const auto result = AgreesWithOracle(text);
    EXPECT_TRUE(result);
    return static_cast<bool>(result);
  });
}

TEST(NormalizeOracleTest, EveryShortText) {
  for (size_t length = 0; length <= 4; ++length) {
    CheckEveryText(oracle::TroublePieces(), length);
  }
}

TEST(NormalizeOracleTest, EveryTextOfAFewPieces) {
  CheckEveryText(oracle::FewPieces(), 5);
}

TEST(NormalizeOracleTest, RandomTexts) {
  oracle::TextSource source(1);
  for (int i = 0; i < 20000; ++i) {
    const size_t pieces = source.Below(i % 100 == 0 ? 2000 : 40);
    ASSERT_TRUE(AgreesWithOracle(source.Text(pieces, oracle::TroublePieces())));
  }
}

// Random code points without anything between them: long segments.
TEST(NormalizeOracleTest, RandomCodePoints) {
  oracle::TextSource source(2);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (uint64_t j = source.Below(30); j > 0; --j) {
      oracle::Append(source.CodePoint(), &text);
    }
    ASSERT_TRUE(AgreesWithOracle(text));
  }
}

TEST(NormalizeOracleTest, EveryCodePointAlone) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (oracle::IsSurrogate(c)) continue;
    std::string text;
    oracle::Append(c, &text);
    ASSERT_EQ(Hex(Normal(text)), Hex(oracle::Normalize(text)));
  }
}

// A page of code points a text, since most of them are alike.
TEST(NormalizeOracleTest, EveryCodePointBetweenLetters) {
  for (char32_t page = 0; page <= 0x10FF; ++page) {
    std::u32string text;
    for (char32_t c = page * 256; c < page * 256 + 256; ++c) {
      if (oracle::IsSurrogate(c)) continue;
      text += {U'a', c, U'b', U'-', c, U'-', U'c', U'\n'};
    }
    const std::string utf8 = oracle::Encode(text);
    const std::string normal = oracle::Normalize(utf8);
    ASSERT_EQ(Hex(Normal(utf8)), Hex(normal));
    ASSERT_EQ(Hex(Normal(normal)), Hex(normal));
  }
}

// The ASCII kernel's blocks and what follows them, at every offset.
TEST(NormalizeOracleTest, TroubleAtEveryOffsetOfAscii) {
  for (size_t offset = 0; offset < 140; ++offset) {
    for (const std::string& piece : oracle::TroublePieces()) {
      const std::string before(offset, 'Q');
      const std::string after((offset * 7) % 150, 'Z');
      ASSERT_TRUE(AgreesWithOracle(absl::StrCat(before, piece, after)));
      ASSERT_TRUE(
          AgreesWithOracle(absl::StrCat(before, "-", piece, "-", after)));
    }
  }
}

// Runs of marks far longer than any segment of real text.
TEST(NormalizeOracleTest, LongRunsOfMarks) {
  oracle::TextSource source(3);
  const oracle::Pieces marks = {"\u0301", "\u0323", "\u0345", "\u0344",
                                "\u0E38", "\u3099", "\u00AD", "\u0327",
                                "\u1161", "\uFF9E", "\u200D", "\u0F73"};
  for (const char* base : {"", "e", "-", "\u200B", "\u00E9", "\u1100", "a-"}) {
    for (size_t count = 50; count < 400; ++count) {
      std::string text = base;
      for (size_t i = 0; i < count; ++i) text += source.Pick(marks);
      ASSERT_TRUE(AgreesWithOracle(text + "z"));
    }
  }
}

// Quadratic time would take a minute here and more.
TEST(NormalizeTest, LongRunsOfMarksTakeLinearTime) {
  std::string text = "e";
  for (int i = 0; i < 400000; ++i) text += "\u0301\u0323";
  const std::string normal = Normal(text);
  EXPECT_EQ(normal.substr(0, 5), "\u1EB9\u0323");
  EXPECT_EQ(normal.size(), text.size());
}

}  // namespace
}  // namespace wirecopy
