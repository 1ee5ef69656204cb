#include "provenance/text_profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "passage/token_text.h"
#include "provenance/word_set.h"
#include "tests/support/text_samples.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

std::string SignatureOf(std::string_view text) {
  const TextProfile profile = ReadTextProfile(text);
  return std::string(
      text.substr(profile.signature, profile.end - profile.signature));
}

bool Signs(std::string_view text, std::string_view name) {
  const TextProfile profile = ReadTextProfile(text);
  return std::binary_search(profile.signers.begin(), profile.signers.end(),
                            CodeOfWord(name));
}

TEST(TextProfileTest, WordsAndLines) {
  const TextProfile profile = ReadTextProfile("One two.\n\n  > three \n");
  ASSERT_EQ(profile.words.size(), 3u);
  EXPECT_EQ(profile.words[2].begin, 14u);
  EXPECT_EQ(profile.end, 19u);
  EXPECT_EQ(profile.WordsIn(4, 14), 1u);
  EXPECT_EQ(profile.WordsIn(4, 15), 2u);
  EXPECT_EQ(profile.WordsIn(9, 3), 0u);
  ASSERT_EQ(profile.lines.size(), 3u);
  EXPECT_TRUE(profile.lines[1].IsBlank());
  EXPECT_TRUE(profile.lines[2].indented);
  EXPECT_EQ(profile.lines[2].quote_depth, 1);
}

// Runs that the aligner finds are turned into bytes with these words.
TEST(TextProfileTest, WordsAreTheTokensOfEverySeed) {
  oracle::TextSource source(11);
  TokenText tokens;
  for (int trial = 0; trial < 2000; ++trial) {
    std::string text;
    RepairUtf8(source.Text(20, oracle::TroublePieces()), &text);
    const TextProfile profile = ReadTextProfile(text);
    tokens.ReadWithPlaces(text, /*seed=*/source.Below(1000) + 1);
    const size_t count = tokens.codes().size();
    ASSERT_EQ(profile.words.size(), count) << text;
    if (count == 0) continue;
    const auto begin = static_cast<uint32_t>(source.Below(count));
    const auto end =
        begin + 1 + static_cast<uint32_t>(source.Below(count - begin));
    const ByteSpan place = tokens.Place({begin, end});
    EXPECT_EQ(profile.words[begin].begin, place.begin) << text;
    EXPECT_EQ(profile.words[end - 1].end, place.end) << text;
  }
}

TEST(TextProfileTest, QuoteDepth) {
  const TextProfile profile =
      ReadTextProfile("> > a\n>>> b\nc > d\n" + std::string(5000, '>'));
  ASSERT_EQ(profile.lines.size(), 4u);
  EXPECT_EQ(profile.lines[0].quote_depth, 2);
  EXPECT_EQ(profile.lines[1].quote_depth, 3);
  EXPECT_EQ(profile.lines[2].quote_depth, 0);
  EXPECT_EQ(profile.lines[3].quote_depth, 20);
}

TEST(TextProfileTest, Elisions) {
  EXPECT_EQ(ReadTextProfile("a ... b [deleted] <stuff omitted> [snip]")
                .elisions.size(),
            4u);
  EXPECT_TRUE(
      ReadTextProfile("a. b [see 4] <orla@tarn.example> ..").elisions.empty());
}

TEST(TextProfileTest, SignaturesBelowARule) {
  const std::string text = "I think so.\n--\nOrla Fenn   orla@tarn.example\n";
  EXPECT_EQ(SignatureOf(text), "--\nOrla Fenn   orla@tarn.example");
  EXPECT_TRUE(Signs(text, "fenn"));
  EXPECT_TRUE(Signs(text, "orla"));
  EXPECT_FALSE(Signs(text, "think"));
}

TEST(TextProfileTest, SignaturesThatAreAParagraph) {
  EXPECT_EQ(SignatureOf("I think so.\n\nOrla\n"), "Orla");
  EXPECT_EQ(SignatureOf("I think so.\n\n" + std::string(20, 'x') +
                        " and so on and so on and so on and on.\n"),
            "");
  EXPECT_EQ(SignatureOf("Orla"), "") << "there is nothing to sign";
}

TEST(TextProfileTest, Posts) {
  EXPECT_TRUE(ReadTextProfile("I saw that you\nwere there.\n").is_post);
  EXPECT_TRUE(ReadTextProfile("> They were there.\nNo.\n").is_post);
  EXPECT_TRUE(ReadTextProfile("They were there.\nWrite to orla@tarn.example\n")
                  .is_post);
}

TEST(TextProfileTest, Articles) {
  EXPECT_FALSE(
      ReadTextProfile("The cows came home.\n\nThey were wet.").is_post);
  EXPECT_FALSE(ReadTextProfile("\"I saw you,\" said the\nfarmer.\n").is_post)
      << "who is quoted speaks";
  EXPECT_FALSE(ReadTextProfile("I saw you.\n\nYou saw me.").is_post)
      << "lines are paragraphs";
}

// "She" and "they", "the" and a union are written otherwise than "you" and "I".
TEST(TextProfileTest, WordsThatAreOthersInSmallOrInCapitals) {
  const auto speaks = [](std::string_view line) {
    return ReadTextProfile(std::string(line) + "\nund mehr.\n").is_post;
  };
  EXPECT_TRUE(speaks("Das wissen Sie."));
  EXPECT_FALSE(speaks("Das wissen sie."));
  EXPECT_TRUE(speaks("Das liegt an Ihnen."));
  EXPECT_FALSE(speaks("Das liegt an ihnen und ihr."));
  EXPECT_FALSE(speaks("So war es. Sie kam. Ihr Hund kam mit."));
  EXPECT_FALSE(speaks("Es hieß: „Sie kam.“"));
  EXPECT_FALSE(speaks("SO WISSEN SIE ALLES"));
  EXPECT_TRUE(speaks("Das weiß ich."));
  EXPECT_TRUE(speaks("Eles dizem que eu fui."));
  EXPECT_FALSE(speaks("Die EU und die Station Mir"));
  EXPECT_TRUE(speaks("Das war mir neu."));
  EXPECT_FALSE(speaks("Dicono che i gatti dormono"));
  EXPECT_TRUE(speaks("They know that I'm here"));
}

TEST(TextProfileTest, WhoIsQuotedSpeaksInAllLanguages) {
  for (const std::string said :
       {"« Vous le savez », a dit le maire", "„Das wissen Sie“, sagte er",
        "«Usted lo sabe», dijo el alcalde", "“Usted lo sabe”, dijo"}) {
    EXPECT_FALSE(ReadTextProfile(said + "\n0 0 0.\n").is_post) << said;
  }
}

TEST(TextProfileTest, HostileTexts) {
  for (const std::string& text :
       {std::string(), std::string("\n\n\n"), std::string(100000, '['),
        std::string(100000, '\n'), std::string(100000, '.'),
        std::string(100000, '@'), std::string("--"), std::string(">")}) {
    const TextProfile profile = ReadTextProfile(text);
    EXPECT_LE(profile.signature, profile.end);
    EXPECT_LE(profile.end, text.size());
  }
}

}  // namespace
}  // namespace wirecopy
