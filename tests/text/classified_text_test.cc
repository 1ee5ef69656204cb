#include "text/classified_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/text_samples.h"
#include "tests/support/utf8_oracle.h"
#include "text/normalize.h"
#include "text/token_finder.h"

namespace wirecopy {
namespace {

using oracle::Hex;

using Words = std::vector<std::array<uint64_t, 5>>;

// The classes of all words that the text may have bits in.
Words ClassesOf(const ClassifiedText& text) {
  Words words;
  for (const WideClasses& word :
       text.classes().first((text.size() + 63) / 64 + 1)) {
    words.push_back(
        {word.letters, word.digits, word.singles, word.starts, word.marks});
  }
  return words;
}

// What normalising knows of what it writes is what looking it up says, whatever
// was in the buffers before.
class ClassesOfNormalFormTest : public ::testing::Test {
 protected:
  bool Agrees(std::string_view text) {
    bool agrees = true;
    for (OffsetMap* const map : {static_cast<OffsetMap*>(nullptr), &map_}) {
      NormalizeInto(text, &normal_, map);
      looked_up_.Assign(normal_.view());
      EXPECT_EQ(ClassesOf(normal_), ClassesOf(looked_up_)) << Hex(text);
      agrees = agrees && ClassesOf(normal_) == ClassesOf(looked_up_);
    }
    return agrees;
  }

  ClassifiedText normal_;
  ClassifiedText looked_up_;
  OffsetMap map_;
};

TEST_F(ClassesOfNormalFormTest, EveryCodePoint) {
  constexpr char32_t kAtOnce = 32;
  for (char32_t first = 0; first <= 0x10FFFF; first += kAtOnce) {
    std::string text;
    for (char32_t c = first; c < first + kAtOnce; ++c) {
      if (oracle::IsSurrogate(c)) continue;
      const std::string alone = oracle::Encode({&c, 1});
      for (const char* const behind :
           {"a", "", "7-", "\u0436", " ", "\u6F22", ""}) {
        text += alone;
        text += behind;
      }
    }
    ASSERT_TRUE(Agrees(text));
  }
}

TEST_F(ClassesOfNormalFormTest, ShortTextsBehindAllThatFillsAWord) {
  for (const size_t padding : {0, 54, 59, 62, 64, 127}) {
    const std::string before(padding, 'q');
    oracle::ForEachText(oracle::TroublePieces(), 3, [&](const auto& text) {
      return Agrees(before + text);
    });
  }
}

TEST_F(ClassesOfNormalFormTest, RandomTexts) {
  oracle::TextSource source(31);
  for (int i = 0; i < 20000; ++i) {
    const size_t pieces = source.Below(i % 100 == 0 ? 3000 : 80);
    ASSERT_TRUE(Agrees(source.Text(pieces, oracle::TroublePieces())));
  }
}

// Many characters in a row, so that kernels copy whole blocks of them.
TEST_F(ClassesOfNormalFormTest, RunsOfScripts) {
  const oracle::Pieces scripts = {"\u0436\u0443\u043A",
                                  "\u0416",
                                  "\u6F22\u5B57",
                                  "\u0E01\u0E31\u0E19",
                                  "\u0928\u093F\u0938",
                                  "\u0661\u0662",
                                  "\u00E9t\u00E9",
                                  "\u3042\u304C\u3099",
                                  "\u201Cword\u201D",
                                  "\u2014",
                                  "\U0001F600",
                                  "\u05D0\u05B4",
                                  "\uFF11\uFF21",
                                  " ",
                                  "-"};
  oracle::TextSource source(32);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const std::string& usual = source.Pick(scripts);
    for (uint64_t left = source.Below(90); left > 0; --left) {
      text += source.Below(4) == 0 ? source.Pick(scripts) : usual;
    }
    ASSERT_TRUE(Agrees(text));
  }
}

// Text between spaces has the tokens that it has by itself.
TEST(TokenFinderPartTest, PartsHaveTheTokensOfTheWhole) {
  oracle::TextSource source(33);
  ClassifiedText text;
  TokenFinder whole;
  TokenFinder parts;
  for (int i = 0; i < 3000; ++i) {
    NormalizeInto(source.Text(source.Below(400), oracle::TroublePieces()),
                  &text, nullptr);
    whole.Find(text);
    std::vector<size_t> begins;
    std::vector<size_t> ends;
    ByteSpan part = {0, 0};
    while (part.end < text.size()) {
      part.begin = part.end;
      const size_t space =
          text.view().find(' ', part.begin + source.Below(300));
      part.end = std::min(space, text.size() - 1) + 1;
      parts.FindIn(text, part);
      const size_t base = TokenFinder::Base(part);
      for (const uint32_t begin : parts.begins()) {
        begins.push_back(base + begin);
      }
      for (const uint32_t end : parts.ends()) ends.push_back(base + end);
    }
    ASSERT_TRUE(std::equal(begins.begin(), begins.end(), whole.begins().begin(),
                           whole.begins().end()))
        << Hex(text.view());
    ASSERT_TRUE(std::equal(ends.begin(), ends.end(), whole.ends().begin(),
                           whole.ends().end()))
        << Hex(text.view());
  }
}

}  // namespace
}  // namespace wirecopy
