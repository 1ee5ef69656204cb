// Text of an input in a message.

#include "io/shown_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "wirecopy/text.h"

namespace wirecopy {
namespace {

TEST(ShownTextTest, IsOneLine) {
  EXPECT_EQ(ShownText(""), "\"\"");
  EXPECT_EQ(ShownText("mill"), "\"mill\"");
  EXPECT_EQ(ShownText("a\nb\x1B[31m"), "\"a\\nb\\x1b[31m\"");
  EXPECT_EQ(ShownText("a\xFF"), "\"a\xEF\xBF\xBD\"");
  EXPECT_EQ(ShownText("M\xC3\xBChle"), "\"M\xC3\xBChle\"");
}

TEST(ShownTextTest, IsShort) {
  EXPECT_EQ(ShownText(std::string(60, 'x')).size(), 62U);
  EXPECT_EQ(ShownText("abcd", 3), "\"abc...\"");
  // No character is cut in two.
  for (const std::string character : {"\xC3\xBC", "\xE2\x82\xAC"}) {
    std::string text;
    for (int i = 0; i < 9; ++i) text += character;
    for (size_t most = 0; most < text.size(); ++most) {
      std::string expected;
      while (expected.size() + character.size() <= most) expected += character;
      EXPECT_EQ(ShownText(text, most), "\"" + expected + "...\"") << most;
    }
  }
  // What is no UTF-8 does not make it any longer.
  EXPECT_LT(ShownText(std::string(100000, '\x80')).size(), 300U);
}

TEST(ShownListTest, EightAndHowManyMore) {
  EXPECT_EQ(ShownList({}), "");
  EXPECT_EQ(ShownList({"a"}), "\"a\"");
  EXPECT_EQ(ShownList({"a", "b\n"}), "\"a\", \"b\\n\"");
  std::vector<std::string> many(8, "c");
  std::string expected = "\"c\"";
  for (int i = 1; i < 8; ++i) expected += ", \"c\"";
  EXPECT_EQ(ShownList(many), expected);
  many.resize(1000);
  EXPECT_EQ(ShownList(many), expected + " and 992 more");
}

}  // namespace
}  // namespace wirecopy
