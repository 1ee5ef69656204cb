#include "report/characters.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {
namespace {

TEST(CharactersTest, ReadsBothWaysAndAnyBytes) {
  // ASCII, two bytes, three, four, a lead byte without its trail, a trail.
  const std::string_view text = "a\u00e9\u6c34\U0001F40B\xE6\xB0z\x80";
  std::vector<char32_t> forward;
  for (size_t i = 0; i < text.size();) {
    const Character c = CharacterAt(text, i);
    ASSERT_GE(c.length, 1U);
    forward.push_back(c.code_point);
    i += c.length;
  }
  EXPECT_EQ(forward, (std::vector<char32_t>{'a', 0xE9, 0x6C34, 0x1F40B, 0xFFFD,
                                            'z', 0xFFFD}));
  EXPECT_EQ(CharacterBefore(text, text.size()).code_point, U'\uFFFD');
  EXPECT_EQ(CharacterBefore(text, 1).code_point, U'a');
  EXPECT_EQ(CharacterBefore(text, 3).code_point, U'\u00e9');
  EXPECT_EQ(CharacterBefore(text, 10).code_point, U'\U0001F40B');
  EXPECT_EQ(CharacterBefore(text, 10).length, 4U);
  EXPECT_EQ(CharacterBefore("\x80\x80\x80\x80\x80", 5).length, 1U);
}

TEST(CharactersTest, Columns) {
  EXPECT_EQ(Columns('a'), 1);
  EXPECT_EQ(Columns(0xE9), 1);
  EXPECT_EQ(Columns(0x6C34), 2);   // Han
  EXPECT_EQ(Columns(0x3042), 2);   // Hiragana
  EXPECT_EQ(Columns(0xAC00), 2);   // Hangul
  EXPECT_EQ(Columns(0xFF21), 2);   // fullwidth A
  EXPECT_EQ(Columns(0xFF71), 1);   // halfwidth Katakana
  EXPECT_EQ(Columns(0x1F40B), 2);  // whale
  EXPECT_EQ(Columns(0x0301), 0);   // combining acute
  EXPECT_EQ(Columns(0x200D), 0);   // joiner
  EXPECT_EQ(Columns(0x0627), 1);   // alef
  EXPECT_EQ(Columns(0x1161), 0);   // vowel that joins
}

TEST(CharactersTest, ControlCharactersAreShownAsPictures) {
  EXPECT_EQ(Shown('a'), U'a');
  EXPECT_EQ(Shown(0), 0x2400U);
  EXPECT_EQ(Shown(0x1B), 0x241BU);
  EXPECT_EQ(Shown(0x7F), 0x2421U);
  EXPECT_EQ(Shown(0x9B), 0xFFFDU);  // CSI of eight bits
  EXPECT_EQ(Shown(0xFFFF), 0xFFFDU);
  EXPECT_EQ(Shown(0x202E), 0U);  // right-to-left override
  EXPECT_EQ(Shown(0x2066), 0U);
  EXPECT_EQ(Shown(0xAD), 0U);
  EXPECT_EQ(Shown(0x200D), 0x200DU);
  EXPECT_EQ(ShownInHtml(0x202E), 0x202EU);
  EXPECT_EQ(ShownInHtml(0x1B), 0x241BU);
}

TEST(CharactersTest, Words) {
  EXPECT_EQ(CountWords(""), 0U);
  EXPECT_EQ(CountWords(" -- . "), 0U);
  EXPECT_EQ(CountWords("The well-known boys\u2019 dog isn't here."), 6U);
  EXPECT_EQ(CountWords("a--b 'c'"), 3U);
  EXPECT_EQ(CountWords("\u6c34\u6c34 ab\u6c34"), 4U);
  EXPECT_EQ(CountWords("caf\u0065\u0301s x"), 2U);
}

TEST(CharactersTest, WordBegin) {
  const std::string_view text = " The dog, gone\u6c34";
  EXPECT_EQ(WordBegin(text, 0), 1U);
  EXPECT_EQ(WordBegin(text, 1), 5U);
  EXPECT_EQ(WordBegin(text, 2), 10U);
  EXPECT_EQ(WordBegin(text, 3), 14U);
  EXPECT_EQ(WordBegin(text, 4), text.size());
  EXPECT_EQ(WordBegin("", 0), 0U);
}

TEST(CharactersTest, DirectionAndPlaceOfPunctuation) {
  EXPECT_TRUE(IsRightToLeft(0x05D0));
  EXPECT_TRUE(IsRightToLeft(0x0627));
  EXPECT_FALSE(IsRightToLeft('a'));
  EXPECT_TRUE(IsLeading(0x300C));
  EXPECT_FALSE(IsLeading(0x300D));
  EXPECT_TRUE(IsTrailing(0x3002));
  EXPECT_TRUE(IsTrailing(0x300D));
  EXPECT_FALSE(IsTrailing('a'));
}

}  // namespace
}  // namespace wirecopy
