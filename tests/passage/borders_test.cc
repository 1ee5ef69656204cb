#include "passage/borders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {
namespace {

// The words "alpha" to "omega" of a text, and what is around them.
struct Found {
  std::string text;
  PassageSide side;

  std::string Before() const {
    size_t bytes = 0;
    for (const uint32_t mark : side.before.bytes) bytes += mark;
    return text.substr(side.core.begin - bytes, bytes);
  }
  std::string After() const {
    size_t bytes = 0;
    for (const uint32_t mark : side.after.bytes) bytes += mark;
    return text.substr(side.core.end, bytes);
  }
};

// The tokens from "alpha" (a Han character may stand for it) to "omega".
Found Describe(const std::string& text, std::string_view first = "alpha",
               std::string_view last = "omega") {
  SideReader reader(0);
  reader.Read(text);
  const size_t begin = text.find(first);
  const size_t end = text.rfind(last) + last.size();
  TokenSpan tokens{~0U, 0};
  for (uint32_t i = 0; i < reader.tokens().codes().size(); ++i) {
    const ByteSpan place = reader.tokens().Place({i, i + 1});
    if (place.begin < begin || place.end > end) continue;
    tokens.begin = std::min(tokens.begin, i);
    tokens.end = i + 1;
  }
  return {text, reader.Describe(tokens)};
}

std::string Repeated(std::string_view text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST(BordersTest, TheCoreIsTheTokens) {
  const Found found = Describe("So (alpha, beta - omega)!");
  EXPECT_EQ(found.side.core, (ByteSpan{4, 23}));
  EXPECT_EQ(found.side.letters, 19U);
}

TEST(BordersTest, TakesMarksThatTouch) {
  EXPECT_EQ(Describe("x (\"alpha omega\").").Before(), "(\"");
  EXPECT_EQ(Describe("x (\"alpha omega\").").After(), "\").");
  EXPECT_EQ(Describe("x ( alpha omega ).").Before(), "");
  EXPECT_EQ(Describe("x ( alpha omega ).").After(), "");
  EXPECT_EQ(Describe(".alpha omega(").Before(), "");
  EXPECT_EQ(Describe(".alpha omega(").After(), "");
  EXPECT_EQ(Describe("alpha omega").Before(), "");
  EXPECT_EQ(Describe("alpha omega").After(), "");
}

TEST(BordersTest, NoMoreThanThree) {
  EXPECT_EQ(Describe("[[((alpha omega))]]").Before(), "[((");
  EXPECT_EQ(Describe("[[((alpha omega))]]").After(), "))]");
}

TEST(BordersTest, MarksOfOtherScripts) {
  EXPECT_EQ(Describe("他说「東京都」。", "東", "都").Before(), "「");
  EXPECT_EQ(Describe("他说「東京都」。", "東", "都").After(), "」。");
  EXPECT_EQ(Describe("«alpha omega».").Before(), "«");
  EXPECT_EQ(Describe("“alpha omega.” So").After(), ".”");
}

// As one character or as three, which the normal form has both.
TEST(BordersTest, TheEllipsisIsThreeFullStops) {
  const Found one = Describe("alpha omega\u2026 So");
  const Found three = Describe("alpha omega... So");
  EXPECT_EQ(one.After(), "\u2026");
  EXPECT_EQ(three.After(), "...");
  EXPECT_EQ(one.side.after.characters, three.side.after.characters);
  const auto spans = JoinSides(one.side, three.side, false);
  EXPECT_EQ(spans.first, (ByteSpan{0, 14}));
  EXPECT_EQ(spans.second, (ByteSpan{0, 14}));
}

// What a character of the text has made is taken as a whole or not at all.
TEST(BordersTest, ATokenWithItsBrackets) {
  const Found found = Describe("x \u3220\u3221 y", "\u3220", "\u3221");
  EXPECT_EQ(found.side.core, (ByteSpan{2, 8}));
  EXPECT_EQ(found.Before(), "");
  EXPECT_EQ(found.After(), "");
}

// Each takes two bytes, and 130 of them more than one byte counts.
TEST(BordersTest, AnyNumberOfInvisibleCharacters) {
  const std::string hyphens = Repeated("\u00AD", 130);
  EXPECT_EQ(Describe("alpha omega." + hyphens + " x").After(), "." + hyphens);
  EXPECT_EQ(Describe("x (" + hyphens + "alpha omega").Before(), "(" + hyphens);
}

TEST(JoinSidesTest, TakesWhatBothHave) {
  const Found a = Describe("x (\"alpha omega.\")");
  const Found b = Describe("y \"alpha omega.)");
  const auto spans = JoinSides(a.side, b.side, false);
  EXPECT_EQ(spans.first, (ByteSpan{3, 16}));
  EXPECT_EQ(spans.second, (ByteSpan{2, 15}));
}

TEST(JoinSidesTest, QuotationMarksBelongToWhoQuotes) {
  const Found a = Describe("x \"alpha omega.\"");
  const Found b = Describe("y \"alpha omega.\"");
  EXPECT_EQ(JoinSides(a.side, b.side, true).first, (ByteSpan{3, 15}));
  EXPECT_EQ(JoinSides(a.side, b.side, false).first, (ByteSpan{2, 16}));
}

TEST(BordersTest, Surroundings) {
  const auto behind = [](const std::string& text) {
    return Describe(text).side.behind;
  };
  EXPECT_TRUE(behind("alpha omega").line_border);
  EXPECT_TRUE(behind("x\n \t> alpha omega").line_border);
  EXPECT_TRUE(behind("x\r\nalpha omega").line_border);
  EXPECT_TRUE(behind("So. “alpha omega").sentence_border);
  EXPECT_TRUE(behind("So。「alpha omega").sentence_border);
  EXPECT_TRUE(behind("So: alpha omega").colon);
  EXPECT_TRUE(behind("So: alpha omega").sentence_border);
  EXPECT_FALSE(behind("So alpha omega").line_border);
  EXPECT_FALSE(behind("So alpha omega").sentence_border);
  EXPECT_FALSE(behind("So, alpha omega").sentence_border);
  EXPECT_FALSE(behind("So. alpha omega").colon);
}

TEST(BordersTest, SurroundingsAhead) {
  const auto ahead = [](const std::string& text) {
    return Describe(text).side.ahead;
  };
  EXPECT_TRUE(ahead("alpha omega").line_border);
  EXPECT_TRUE(ahead("alpha omega,  \nx").line_border);
  EXPECT_TRUE(ahead("alpha omega\r\nx").line_border);
  EXPECT_TRUE(ahead("alpha omega.” So").sentence_border);
  EXPECT_TRUE(ahead("alpha omega? So").sentence_border);
  EXPECT_FALSE(ahead("alpha omega? So").line_border);
  EXPECT_FALSE(ahead("alpha omega so").line_border);
  EXPECT_FALSE(ahead("alpha omega, so.").sentence_border);
}

// A line drawn with hyphens is not looked through for ever.
TEST(BordersTest, LongRules) {
  const std::string rule = Repeated("-", 1000);
  EXPECT_FALSE(Describe("\n" + rule + "alpha omega").side.behind.line_border);
  EXPECT_FALSE(Describe("alpha omega" + rule + "\n").side.ahead.line_border);
}

TEST(BordersTest, IsWholeWithABorderOnEitherSide) {
  EXPECT_FALSE(Describe("So. Then alpha omega. So").side.IsWhole());
  EXPECT_TRUE(Describe("So. alpha omega. So").side.IsWhole());
  EXPECT_TRUE(Describe("So\nalpha omega\nSo").side.IsWhole());
  EXPECT_FALSE(Describe("So alpha omega.").side.IsWhole());
  EXPECT_FALSE(Describe("alpha omega so").side.IsWhole());
}

TEST(BordersTest, CountsTokensWithinQuotationMarks) {
  EXPECT_EQ(Describe("\"alpha beta\" and omega").side.quoted, 2U);
  EXPECT_EQ(Describe("\"so alpha\" beta \"omega so\"").side.quoted, 2U);
  EXPECT_EQ(Describe("\"so alpha beta omega so\"").side.quoted, 3U);
  EXPECT_EQ(Describe("\"so\" alpha beta omega \"so\"").side.quoted, 0U);
  EXPECT_EQ(Describe("alpha \"...\" beta omega").side.quoted, 0U);
}

TEST(BordersTest, ATokenOfOneCharacterCountsAsFiveLetters) {
  EXPECT_EQ(Describe("x 東京都 y", "東", "都").side.letters, 15U);
}

}  // namespace
}  // namespace wirecopy
