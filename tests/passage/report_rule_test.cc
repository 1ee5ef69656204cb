#include "passage/report_rule.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "wirecopy/passage.h"

namespace wirecopy {
namespace {

struct SomePassage {
  TokenPassage tokens;
  PassageSide a;
  PassageSide b;
};

// A whole sentence of that many words of nine letters, a space included.
SomePassage Sentence(uint32_t words) {
  SomePassage passage;
  passage.tokens.words = words;
  passage.tokens.thirds = kThirdsOfWord * words;
  for (PassageSide* side : {&passage.a, &passage.b}) {
    side->letters = 9 * words;
    side->behind.sentence_border = true;
    side->ahead.line_border = true;
  }
  return passage;
}

SomePassage Fragment(uint32_t words) {
  SomePassage passage = Sentence(words);
  passage.b.ahead = {};
  return passage;
}

// The words of the passages that are kept.
std::vector<uint32_t> Kept(const std::vector<SomePassage>& passages,
                           const PassageOptions& options = {}) {
  std::vector<bool> keeps;
  std::vector<DescribedPassage> described;
  described.reserve(passages.size());
  for (const SomePassage& passage : passages) {
    described.push_back({&passage.tokens, &passage.a, &passage.b});
  }
  ReportRule(options).Choose(described, &keeps);
  EXPECT_EQ(keeps.size(), passages.size());
  std::vector<uint32_t> words;
  for (size_t i = 0; i < passages.size(); ++i) {
    if (keeps[i]) words.push_back(passages[i].tokens.words);
  }
  return words;
}

using Words = std::vector<uint32_t>;

TEST(ReportRuleTest, APairNeedsOneOfLoneWords) {
  EXPECT_EQ(Kept({Sentence(8), Sentence(11)}), Words());
  EXPECT_EQ(Kept({Sentence(8), Sentence(12)}), (Words{8, 12}));
  EXPECT_EQ(Kept({Sentence(12), Sentence(8), Sentence(7)}), (Words{12, 8}));
  EXPECT_EQ(Kept({}), Words());
}

TEST(ReportRuleTest, OrOneOfRareWords) {
  SomePassage rare = Sentence(9);
  rare.tokens.rarity = 40;
  EXPECT_EQ(Kept({Sentence(8), rare}), (Words{8, 9}));
  rare.tokens.rarity = 39;
  EXPECT_EQ(Kept({Sentence(8), rare}), Words());
}

TEST(ReportRuleTest, FragmentsNeedMoreWords) {
  EXPECT_EQ(Kept({Sentence(20), Fragment(14), Fragment(15)}), (Words{20, 15}));
}

// What is too short does not stand by the rest of its pair.
TEST(ReportRuleTest, AFragmentThatIsDroppedBringsNothingAlong) {
  EXPECT_EQ(Kept({Sentence(8), Fragment(14)}), Words());
}

TEST(ReportRuleTest, EitherSideMayBeTooShortOrAFragment) {
  SomePassage passage = Sentence(13);
  EXPECT_EQ(Kept({passage}), Words{13});
  passage.a.letters = 59;
  EXPECT_EQ(Kept({passage}), Words());
  passage = Sentence(13);
  passage.b.letters = 59;
  EXPECT_EQ(Kept({passage}), Words());
  passage = Sentence(13);
  passage.a.behind = {};
  EXPECT_EQ(Kept({passage}), Words());
}

// Two thirds of a word each.
TEST(ReportRuleTest, TokensOfOneCharacterAreLess) {
  SomePassage passage = Sentence(17);
  passage.tokens.thirds = 2 * 17;
  EXPECT_EQ(Kept({passage}), Words());
  passage.tokens.words = 18;
  passage.tokens.thirds = 2 * 18;
  EXPECT_EQ(Kept({passage}), Words{18});
}

TEST(ReportRuleTest, EveryRunKeepsAll) {
  PassageOptions options;
  options.every_run = true;
  EXPECT_EQ(Kept({Fragment(1), Sentence(3)}, options), (Words{1, 3}));
}

}  // namespace
}  // namespace wirecopy
