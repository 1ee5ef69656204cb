#include "passage/token_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/text_oracle.h"
#include "tests/support/text_samples.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;

// What of a text its tokens are.
std::vector<std::string> Places(std::string_view text) {
  TokenText tokens;
  tokens.ReadWithPlaces(text, 0);
  std::vector<std::string> places;
  for (uint32_t i = 0; i < tokens.codes().size(); ++i) {
    const ByteSpan place = tokens.Place({i, i + 1});
    places.emplace_back(text.substr(place.begin, place.end - place.begin));
  }
  return places;
}

TEST(TokenTextTest, PlacesAreOfTheOriginal) {
  EXPECT_THAT(Places("The (o\uFB03ce)\r\nis \uFB01ne."),
              ElementsAre("The", "o\uFB03ce", "is", "\uFB01ne"));
  EXPECT_THAT(Places("e\u0301te\u0301, \u00C9T\u00C9"),
              ElementsAre("e\u0301te\u0301", "\u00C9T\u00C9"));
  EXPECT_THAT(Places("co\u00ADop co-op"), ElementsAre("co\u00ADop", "co-op"));
  EXPECT_THAT(Places("\xFFone\xE2\x80two"), ElementsAre("one", "two"));
  EXPECT_THAT(Places("\u6771\u4EAC x"), ElementsAre("\u6771", "\u4EAC", "x"));
  // One character that is four tokens.
  EXPECT_THAT(Places("\u337F"),
              ElementsAre("\u337F", "\u337F", "\u337F", "\u337F"));
}

TEST(TokenTextTest, APlaceOfSeveralTokens) {
  const std::string text = "A (b), c\u2026 d";
  TokenText tokens;
  tokens.ReadWithPlaces(text, 0);
  EXPECT_EQ(tokens.Place({1, 3}), (ByteSpan{3, 8}));
  EXPECT_EQ(tokens.InNormal({1, 3}), (ByteSpan{3, 8}));
  EXPECT_EQ(tokens.normal(), "a (b), c... d");
}

// All that the library's normal form and tokens say, and codes that are equal
// where tokens are.
TEST(TokenTextTest, AgreesWithTheTextLayer) {
  oracle::TextSource source(1);
  std::map<std::string, TokenCode> codes;
  std::map<TokenCode, std::string> tokens_of;
  TokenText text;
  for (int trial = 0; trial < 3000; ++trial) {
    const std::string sample =
        source.Text(source.Below(30), oracle::TroublePieces());
    text.ReadWithPlaces(sample, 0);
    NormalizedText normal;
    Normalize(sample, &normal);
    ASSERT_EQ(text.normal(), normal.text);
    const std::vector<ByteSpan> spans = oracle::Tokens(normal.text);
    ASSERT_EQ(text.codes().size(), spans.size());
    ASSERT_EQ(text.hashes().size(), spans.size());
    for (uint32_t i = 0; i < spans.size(); ++i) {
      ASSERT_EQ(text.InNormal({i, i + 1}), spans[i]);
      ASSERT_EQ(text.Place({i, i + 1}), normal.map.ToOriginal(spans[i]));
      const std::string token =
          normal.text.substr(spans[i].begin, spans[i].end - spans[i].begin);
      const TokenCode code = text.codes()[i];
      ASSERT_EQ(codes.emplace(token, code).first->second, code);
      ASSERT_EQ(tokens_of.emplace(code, token).first->second, token);
    }
  }
  EXPECT_GT(codes.size(), 3000U);
}

TEST(TokenTextTest, WithoutPlacesTheCodesAreTheSame) {
  oracle::TextSource source(2);
  TokenText with;
  TokenText without;
  for (int trial = 0; trial < 300; ++trial) {
    const std::string sample =
        source.Text(source.Below(30), oracle::FewPieces());
    with.ReadWithPlaces(sample, 7);
    without.Read(sample, 7);
    ASSERT_THAT(without.codes(), ::testing::ElementsAreArray(with.codes()));
    ASSERT_THAT(without.hashes(), ::testing::ElementsAreArray(with.hashes()));
  }
}

TEST(TokenTextTest, TheSeedChangesTheCodes) {
  TokenText one;
  TokenText other;
  one.Read("alpha beta", 1);
  other.Read("alpha beta", 2);
  EXPECT_NE(one.codes()[0], other.codes()[0]);
  EXPECT_NE(one.codes()[0], one.codes()[1]);
}

TEST(TokenTextTest, TellsTokensOfOneCharacter) {
  const auto count_single = [](std::string_view text) {
    TokenText tokens;
    tokens.Read(text, 0);
    size_t count = 0;
    for (const TokenCode code : tokens.codes()) count += IsSingle(code);
    EXPECT_TRUE(count == 0 || count == tokens.codes().size()) << text;
    return count;
  };
  EXPECT_EQ(count_single("\u6771\u4EAC\u90FD"), 3U);    // Han
  EXPECT_EQ(count_single("\u3072\u3089"), 2U);          // Hiragana
  EXPECT_EQ(count_single("\u30AB\u30CA"), 2U);          // Katakana
  EXPECT_EQ(count_single("\u0E01\u0E23\u0E38"), 3U);    // Thai
  EXPECT_EQ(count_single("\u0E81\u0EB2"), 2U);          // Lao
  EXPECT_EQ(count_single("\u1780\u1781"), 2U);          // Khmer
  EXPECT_EQ(count_single("\u1000\u1001"), 2U);          // Burmese
  EXPECT_EQ(count_single("\U00020000\U00020001"), 2U);  // rare Han
  EXPECT_EQ(count_single("a I 7 \u00E9 \u0416 \u05D0"), 0U);
  EXPECT_EQ(count_single("word three abc \uC11C\uC6B8"), 0U);
}

TEST(TokenTextTest, LengthsInThirds) {
  EXPECT_EQ(ThirdsOf(2), 3U);
  EXPECT_EQ(ThirdsOf(3), 2U);
}

}  // namespace
}  // namespace wirecopy
