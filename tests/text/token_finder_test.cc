#include "text/token_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/text_oracle.h"
#include "tests/support/text_samples.h"
#include "tests/support/utf8_oracle.h"
#include "tests/support/words_of.h"
#include "text/classified_text.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

using oracle::Hex;
using oracle::WordsOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One token for each code point.
std::vector<std::string> EachCharacter(std::string_view text) {
  std::vector<std::string> words;
  for (const char32_t c : oracle::CodePoints(text)) {
    words.push_back(oracle::Encode({&c, 1}));
  }
  return words;
}

TEST(TokenizeTest, Words) {
  EXPECT_THAT(WordsOf(""), IsEmpty());
  EXPECT_THAT(WordsOf(" \n .,-\u2014!"), IsEmpty());
  EXPECT_THAT(WordsOf("The end."), ElementsAre("the", "end"));
  EXPECT_THAT(WordsOf("(Stra\u00DFe) 42nd B2B"),
              ElementsAre("strasse", "42nd", "b2b"));
  EXPECT_THAT(
      WordsOf("\u041F\u0440\u0438\u0432\u0435\u0442, \uD55C\uAD6D\uC5B4"),
      ElementsAre("\u043F\u0440\u0438\u0432\u0435\u0442",
                  "\uD55C\uAD6D\uC5B4"));
}

TEST(TokenizeTest, FullStopsCommasAndUnderscoresSplit) {
  EXPECT_THAT(
      WordsOf("e.g. 3.14 1,000 snake_case a:b"),
      ElementsAre("e", "g", "3", "14", "1", "000", "snake", "case", "a", "b"));
}

TEST(TokenizeTest, HyphensJoinLettersOnly) {
  EXPECT_THAT(
      WordsOf("Co-operate co\u2010op 1-2 covid-19 a--b well\u2014known"),
      ElementsAre("cooperate", "coop", "1", "2", "covid", "19", "a", "b",
                  "well", "known"));
}

TEST(TokenizeTest, ApostrophesJoinLikes) {
  EXPECT_THAT(WordsOf("don't don\u2019t DON\u02BCT rock'n'roll"),
              ElementsAre("don't", "don't", "don't", "rock'n'roll"));
  EXPECT_THAT(WordsOf("1'000 1\u2019000\u2019000"),
              ElementsAre("1'000", "1'000'000"));
  EXPECT_THAT(WordsOf("\u00E9'\u00E9 x\u0331\u0323'b"),
              ElementsAre("\u00E9'\u00E9", "x\u0331\u0323'b"));
}

TEST(TokenizeTest, OtherApostrophesSplit) {
  EXPECT_THAT(WordsOf("'tis the dogs' 'quoted' ' a''b"),
              ElementsAre("tis", "the", "dogs", "quoted", "a", "b"));
  EXPECT_THAT(WordsOf("rock'90 7's '7'"),
              ElementsAre("rock", "90", "7", "s", "7"));
  EXPECT_THAT(WordsOf("a'\u6F22'a a'"), ElementsAre("a", "\u6F22", "a", "a"));
}

TEST(TokenizeTest, MarksBelongToWhatTheyFollow) {
  EXPECT_THAT(WordsOf("x\u0331\u0323y"), ElementsAre("x\u0331\u0323y"));
  EXPECT_THAT(WordsOf(" \u0301a .\u0301 7\u0331"), ElementsAre("a", "7\u0331"));
  EXPECT_THAT(
      WordsOf("\u0928\u092E\u0938\u094D\u0924\u0947 \u0967\u0968"),
      ElementsAre("\u0928\u092E\u0938\u094D\u0924\u0947", "\u0967\u0968"));
  EXPECT_THAT(WordsOf("\u0643\u064E\u062A\u064E\u0628"),
              ElementsAre("\u0643\u064E\u062A\u064E\u0628"));
}

TEST(TokenizeTest, OneTokenACharacter) {
  const char* const thai = "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35";
  const char* const lao = "\u0EAA\u0EB0\u0E9A\u0EB2\u0E8D";
  const char* const khmer = "\u1797\u17B6\u179F\u17B6\u1781\u17D2\u1798";
  const char* const burmese = "\u1019\u103C\u1014\u103A\u1019\u102C";
  const char* const han = "\u6F22\u5B57\U00020000\u3007\u3005";
  const char* const kana = "\u3072\u3089\u30AB\u30CA\u30FC\u30AC";
  for (const char* text : {thai, lao, khmer, burmese, han, kana}) {
    EXPECT_EQ(WordsOf(text), EachCharacter(text)) << text;
    // Neither letters nor digits around or between them join.
    const std::string mixed = std::string("ab") + text + "12" + text;
    std::vector<std::string> expected = {"ab"};
    for (const auto& word : EachCharacter(text)) expected.push_back(word);
    expected.emplace_back("12");
    for (const auto& word : EachCharacter(text)) expected.push_back(word);
    EXPECT_EQ(WordsOf(mixed), expected);
  }
  EXPECT_THAT(WordsOf("\u6F22\u3001\u5B57\u3002"),
              ElementsAre("\u6F22", "\u5B57"));
  EXPECT_THAT(WordsOf("2024\u5E74\u0E51\u0E52"),
              ElementsAre("2024", "\u5E74", "\u0E51", "\u0E52"));
}

std::vector<ByteSpan> Spans(const TokenFinder& finder) {
  std::vector<ByteSpan> spans;
  for (size_t i = 0; i < finder.begins().size(); ++i) {
    spans.push_back({finder.begins()[i], finder.ends()[i]});
  }
  return spans;
}

// A finder that has seen other texts against the oracle.
class TokenFinderOracleTest : public ::testing::Test {
 protected:
  bool Agrees(std::string_view text) {
    text_.Assign(text);
    finder_.Find(text_);
    const std::vector<ByteSpan> found = Spans(finder_);
    const std::vector<ByteSpan> expected = oracle::Tokens(text);
    EXPECT_EQ(found, expected) << Hex(text);
    return found == expected;
  }

  static const oracle::Pieces& Pieces() {
    static const oracle::Pieces pieces = {
        "a",      "z7",     "0",      "'",      "''",         " ",
        ",",      "_",      "-",      "\u00E9", "\u0301",     "\u0663",
        "\u6F22", "\u0E01", "\u0E38", "\u3099", "\U0001F600", "\u0600"};
    return pieces;
  }

  ClassifiedText text_;
  TokenFinder finder_;
};

TEST_F(TokenFinderOracleTest, EveryShortText) {
  for (size_t length = 0; length <= 4; ++length) {
    oracle::ForEachText(Pieces(), length, [this](const std::string& text) {
      return Agrees(text);
    });
  }
}

TEST_F(TokenFinderOracleTest, ShortTextsAcrossWordBorders) {
  for (size_t padding = 55; padding <= 70; ++padding) {
    for (const char pad : {'q', ' ', '7'}) {
      const std::string before(padding, pad);
      oracle::ForEachText(Pieces(), 3, [&](const std::string& text) {
        return Agrees(before + text);
      });
      oracle::ForEachText(Pieces(), 2, [&](const std::string& text) {
        return Agrees(absl::StrCat(before, text, "b", before, text));
      });
    }
  }
}

TEST_F(TokenFinderOracleTest, EverySizeAndEnd) {
  for (size_t size = 0; size <= 260; ++size) {
    for (const char* piece : {"a", "a ", "a'", "7'7", "\u00E9", "\u6F22"}) {
      std::string text;
      while (text.size() < size) text += piece;
      ASSERT_TRUE(Agrees(text));
      text.resize(size, ' ');
      while (!IsValidUtf8(text)) text.pop_back();
      ASSERT_TRUE(Agrees(text));
    }
  }
}

TEST_F(TokenFinderOracleTest, RandomTexts) {
  oracle::TextSource source(21);
  for (int i = 0; i < 20000; ++i) {
    const size_t pieces = source.Below(i % 100 == 0 ? 3000 : 60);
    const oracle::Pieces& trouble =
        i % 2 == 0 ? Pieces() : oracle::TroublePieces();
    ASSERT_TRUE(Agrees(oracle::Normalize(source.Text(pieces, trouble))));
  }
}

TEST_F(TokenFinderOracleTest, EveryCodePointInNormalForm) {
  size_t tried = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (oracle::IsSurrogate(c)) continue;
    const std::string alone = oracle::Encode({&c, 1});
    if (oracle::Normalize(alone) != alone) continue;
    ++tried;
    ASSERT_TRUE(Agrees(oracle::Encode(std::u32string{c, U'a', c, c, U'7', c})));
  }
  EXPECT_GT(tried, 100000U);
}

// Bytes that are no normal form give some tokens, in order and in the text.
TEST(TokenizeTest, AnyBytesAreSafe) {
  oracle::TextSource source(22);
  std::vector<ByteSpan> tokens;
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (uint64_t j = source.Below(200); j > 0; --j) {
      text.push_back(static_cast<char>(source.Below(256)));
    }
    Tokenize(text, &tokens);
    size_t end = 0;
    for (const ByteSpan& token : tokens) {
      ASSERT_GE(token.begin, end) << Hex(text);
      ASSERT_GT(token.end, token.begin) << Hex(text);
      end = token.end;
    }
    ASSERT_LE(end, text.size()) << Hex(text);
  }
}

}  // namespace
}  // namespace wirecopy
