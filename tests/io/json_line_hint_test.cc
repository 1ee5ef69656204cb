#include "io/json_line_hint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace wirecopy {
namespace {

// ASCII as UTF-16.
std::string Utf16(std::string_view text, bool is_big) {
  std::string wide;
  for (const char c : text) {
    if (is_big) wide += '\0';
    wide += c;
    if (!is_big) wide += '\0';
  }
  return wide;
}

TEST(JsonLineHintTest, Utf16OfEitherKindIsTold) {
  constexpr std::string_view kLines =
      "{\"id\":1,\"text\":\"a\"}\r\n{\"id\":2,\"text\":\"b\"}\n";
  for (const bool is_big : {false, true}) {
    for (const std::string_view mark : {"", is_big ? "\xFE\xFF" : "\xFF\xFE"}) {
      const std::string file = std::string(mark) + Utf16(kLines, is_big);
      for (size_t begin = 0; begin < file.size();) {
        const size_t end = std::min(file.find('\n', begin), file.size());
        const std::string line = file.substr(begin, end - begin);
        EXPECT_EQ(JsonLineHint(line), "UTF-16, not UTF-8: convert it")
            << begin << " " << is_big;
        begin = end + 1;
      }
    }
  }
}

TEST(JsonLineHintTest, ABraceAloneBeginsWhatHasSeveralLines) {
  for (const char* line : {"{", "[", " { ", "[\r"}) {
    EXPECT_TRUE(JsonLineHint(line).starts_with("JSON over several lines"))
        << line;
  }
}

TEST(JsonLineHintTest, OfOthersThereIsNothingToSay) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view line :
       {""sv, " "sv, "nonsense"sv, "{\"id\":1"sv, "{}"sv, "a\0b\0cd\0\0"sv,
        "\0\0"sv, "{\"text\":\"a\0b\"}"sv, "}"sv}) {
    EXPECT_EQ(JsonLineHint(line), "") << line;
  }
}

}  // namespace
}  // namespace wirecopy
