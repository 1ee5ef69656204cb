// The tokens against ICU's word break iterator (UAX #29).
//
// Compared is what both mean to agree on: letters, digits and marks of one
// script at a time, with ASCII digits, apostrophes and separators. Left out is
// what wirecopy/text.h decides otherwise or more simply: full stops, commas,
// colons and underscores (which may join in UAX #29), the scripts that ICU
// takes a dictionary for, Hangul (which it treats like those), apostrophes next
// to Hebrew letters, and a mark behind an apostrophe.

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/text_oracle.h"
#include "tests/support/text_samples.h"
#include "tests/support/utf8_oracle.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

struct Script {
  const char* name;
  oracle::Pieces characters;
  bool apostrophes;
};

class WordBreakTest : public ::testing::TestWithParam<Script> {
 protected:
  WordBreakTest() {
    UErrorCode error = U_ZERO_ERROR;
    words_.reset(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
    EXPECT_TRUE(U_SUCCESS(error));
  }

  std::vector<ByteSpan> IcuWords(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    UText* const utext = utext_openUTF8(
        nullptr, text.data(), static_cast<int64_t>(text.size()), &error);
    words_->setText(utext, error);
    EXPECT_TRUE(U_SUCCESS(error));
    std::vector<ByteSpan> spans;
    int32_t begin = words_->first();
    for (int32_t end = words_->next(); end != icu::BreakIterator::DONE;
         end = words_->next()) {
      if (words_->getRuleStatus() >= UBRK_WORD_NUMBER) {
        spans.push_back({static_cast<size_t>(begin), static_cast<size_t>(end)});
      }
      begin = end;
    }
    utext_close(utext);
    return spans;
  }

  // A random text of the script.
  static std::string Text(const Script& script, oracle::TextSource* source) {
    static const oracle::Pieces separators = {" ", "!", "(", "\u2014", "- "};
    std::string text;
    for (uint64_t i = source->Below(40); i > 0; --i) {
      const uint64_t sort = source->Below(10);
      if (sort < 6) {
        text += source->Pick(script.characters);
      } else if (sort == 6) {
        text += static_cast<char>('0' + source->Below(10));
      } else if (sort == 7 && script.apostrophes) {
        // The first character of every list is a letter.
        text += source->Below(2) == 0 ? "'" + script.characters[0] : "'7";
      } else {
        text += source->Pick(separators);
      }
    }
    return text;
  }

  std::unique_ptr<icu::BreakIterator> words_;
};

TEST_P(WordBreakTest, AgreesWithIcu) {
  oracle::TextSource source(31);
  size_t words = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string normal;
    NormalizeText(Text(GetParam(), &source), &normal);
    std::vector<ByteSpan> tokens;
    Tokenize(normal, &tokens);
    ASSERT_EQ(tokens, IcuWords(normal)) << oracle::Hex(normal);
    words += tokens.size();
  }
  EXPECT_GT(words, 4000U);
}

INSTANTIATE_TEST_SUITE_P(
    Scripts, WordBreakTest,
    ::testing::Values(
        Script{"Latin",
               {"a", "Z", "\u00E9", "\u00DF", "\u0142", "\u0301", "\u0331"},
               true},
        Script{"Greek", {"\u03B1", "\u03C9", "\u0391", "\u0301"}, true},
        Script{"Cyrillic", {"\u0430", "\u0416", "\u0457", "\u0301"}, true},
        Script{"Armenian", {"\u0561", "\u0562", "\u0555"}, true},
        Script{"Georgian", {"\u10D0", "\u10D1", "\u10F0"}, true},
        Script{"Arabic",
               {"\u0628", "\u0627", "\u0643", "\u064E", "\u0651", "\u0663",
                "\u06F5", "\u0640"},
               true},
        Script{"Hebrew", {"\u05D0", "\u05D1", "\u05B0", "\u05BC"}, false},
        Script{"Devanagari",
               {"\u0915", "\u0928", "\u093E", "\u094D", "\u0902", "\u0967"},
               true},
        Script{"Tamil", {"\u0B95", "\u0BA8", "\u0BBF", "\u0BCD"}, true},
        Script{"Ethiopic", {"\u1200", "\u1245", "\u135D"}, true}),
    [](const ::testing::TestParamInfo<Script>& script) {
      return std::string(script.param.name);
    });

}  // namespace
}  // namespace wirecopy
