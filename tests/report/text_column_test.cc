#include "report/text_column.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "report/characters.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> RowsOf(TextColumn* column) {
  column->EndWord();
  std::vector<std::string> rows;
  for (const TextColumn::Row& row : column->rows()) rows.push_back(row.text);
  return rows;
}

std::vector<std::string> Wrap(std::string_view text, int width) {
  TextColumn column(width, false);
  column.Add(text, false);
  return RowsOf(&column);
}

TEST(TextColumnTest, WrapsAtSpaces) {
  EXPECT_THAT(Wrap("", 10), IsEmpty());
  EXPECT_THAT(Wrap(" \n ", 10), IsEmpty());
  EXPECT_THAT(Wrap("the  quick\tbrown\nfox", 10),
              ElementsAre("the quick", "brown fox"));
  EXPECT_THAT(Wrap("the quick, brown", 10), ElementsAre("the quick,", "brown"));
}

TEST(TextColumnTest, EmptyLinesBeginARow) {
  EXPECT_THAT(Wrap("one\ntwo\n \nthree\n\n\nfour", 20),
              ElementsAre("one two", "three", "four"));
}

TEST(TextColumnTest, LongWordsAreBroken) {
  EXPECT_THAT(Wrap("ab abcdefghijklm no", 5),
              ElementsAre("ab", "abcde", "fghij", "klm", "no"));
}

TEST(TextColumnTest, WideCharactersTakeTwoColumnsAndBreakAnywhere) {
  EXPECT_THAT(Wrap("\u6c34\u6c34\u6c34\u6c34", 5),
              ElementsAre("\u6c34\u6c34", "\u6c34\u6c34"));
  // But not in front of a full stop nor behind an opening bracket.
  EXPECT_THAT(Wrap("\u6c34\u6c34\u3002\u6c34", 5),
              ElementsAre("\u6c34", "\u6c34\u3002", "\u6c34"));
  EXPECT_THAT(Wrap("\u6c34\u300c\u6c34\u6c34", 5),
              ElementsAre("\u6c34", "\u300c\u6c34", "\u6c34"));
  EXPECT_THAT(Wrap("ab\u6c34cd", 4), ElementsAre("ab\u6c34", "cd"));
}

TEST(TextColumnTest, CombiningMarksStayWithTheirCharacter) {
  EXPECT_THAT(Wrap("e\u0301e\u0301e\u0301", 2),
              ElementsAre("e\u0301e\u0301", "e\u0301"));
}

TEST(TextColumnTest, NothingReachesTheTerminalAsACommand) {
  EXPECT_THAT(Wrap("a\x1b[31mb\u202e\u009b2Jc\x07", 40),
              ElementsAre("a\u241b[31mb\ufffd2Jc\u2407"));
  EXPECT_THAT(Wrap("a\xff\xe2\x80z", 40), ElementsAre("a\ufffd\ufffdz"));
}

TEST(TextColumnTest, DifferencesHaveBracketsOrColour) {
  TextColumn brackets(20, false);
  brackets.Add("one ", false);
  brackets.Add("two three", true);
  brackets.Add(", four", false);
  brackets.Add("", true);
  EXPECT_THAT(RowsOf(&brackets), ElementsAre("one [two three],", "four"));
  EXPECT_EQ(brackets.rows()[0].columns, 16);
  TextColumn color(20, true);
  color.Add("one ", false);
  color.Add("two three", true);
  color.Add(", four", false);
  EXPECT_THAT(RowsOf(&color), ElementsAre("one \x1b[1;35mtwo\x1b[0m "
                                          "\x1b[1;35mthree\x1b[0m, four"));
  EXPECT_EQ(color.rows()[0].columns, 19);
}

TEST(TextColumnTest, RowsThatAreEndedAndPadded) {
  TextColumn column(20, false);
  column.Add("one ", false);
  column.EndWord();
  column.PadTo(3);
  column.EndRow();
  column.Add("two", false);
  EXPECT_THAT(RowsOf(&column), ElementsAre("one", "", "", "two"));
  column.PadTo(2);
  EXPECT_EQ(column.rows().size(), 4U);
  column.Clear();
  column.Add("three", false);
  EXPECT_THAT(RowsOf(&column), ElementsAre("three"));
}

TEST(TextColumnTest, RandomTextsFitAndKeepTheirCharacters) {
  const std::string_view pieces[] = {
      "a",          "word",       " ",      "\n",     "\n\n",
      ",",          "(",          "\u6c34", "\u3002", "\u300c",
      "e\u0301",    "\u0301",     "\x1b",   "\u202e", "\xff",
      "\U0001F40B", "longerword", "\uac00", "-"};
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    const int width = 4 + static_cast<int>(random() % 12);
    TextColumn column(width, false);
    std::string expected;
    for (size_t i = random() % 30; i > 0; --i) {
      const std::string_view piece = pieces[random() % std::size(pieces)];
      column.Add(piece, false);
      for (size_t j = 0; j < piece.size();) {
        const Character c = CharacterAt(piece, j);
        j += c.length;
        const char32_t shown = Shown(c.code_point);
        if (!IsSpace(c.code_point) && shown != 0) {
          AppendCharacter(shown, &expected);
        }
      }
    }
    std::string joined;
    for (std::string row : RowsOf(&column)) {
      ASSERT_TRUE(IsValidUtf8(row));
      int columns = 0;
      for (size_t j = 0; j < row.size();) {
        const Character c = CharacterAt(row, j);
        columns += Columns(c.code_point);
        if (c.code_point != ' ') AppendCharacter(c.code_point, &joined);
        j += c.length;
      }
      ASSERT_LE(columns, width) << row;
    }
    ASSERT_EQ(joined, expected);
  }
}

}  // namespace
}  // namespace wirecopy
