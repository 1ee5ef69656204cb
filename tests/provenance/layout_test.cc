#include "provenance/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {
namespace {

using ::testing::ElementsAre;

EvidencePassage Passage(ByteSpan a, ByteSpan b) {
  EvidencePassage passage;
  passage.a = a;
  passage.b = b;
  return passage;
}

TEST(LayOutTest, ByPlaceOnEitherSide) {
  const std::vector<EvidencePassage> passages = {Passage({10, 20}, {50, 60}),
                                                 Passage({30, 40}, {0, 10})};
  const Layout a = LayOut(passages, PairSide::kA, 100);
  EXPECT_THAT(a.matched, ElementsAre(ByteSpan{10, 20}, ByteSpan{30, 40}));
  EXPECT_THAT(a.unmatched, ElementsAre(ByteSpan{0, 10}, ByteSpan{20, 30},
                                       ByteSpan{40, 100}));
  const Layout b = LayOut(passages, PairSide::kB, 60);
  EXPECT_THAT(b.matched, ElementsAre(ByteSpan{0, 10}, ByteSpan{50, 60}));
  EXPECT_EQ(b.passages[0].there, (ByteSpan{30, 40}));
  EXPECT_TRUE(b.IsUnmatched(10));
  EXPECT_FALSE(b.IsUnmatched(9));
  const std::vector<uint32_t> places = {5, 10, 49, 50, 59};
  EXPECT_EQ(b.CountUnmatched(places), 2u);
}

TEST(LayOutTest, JoinsWhatOverlaps) {
  const std::vector<EvidencePassage> passages = {Passage({10, 20}, {0, 10}),
                                                 Passage({15, 30}, {20, 35})};
  EXPECT_THAT(LayOut(passages, PairSide::kA, 40).matched,
              ElementsAre(ByteSpan{10, 30}));
}

TEST(LayOutTest, RepeatsWithinATextAreNone) {
  std::vector<EvidencePassage> passages = {Passage({10, 20}, {0, 10})};
  passages[0].kind = PassageKind::kSelf;
  const Layout layout = LayOut(passages, PairSide::kA, 40);
  EXPECT_TRUE(layout.matched.empty());
  EXPECT_THAT(layout.unmatched, ElementsAre(ByteSpan{0, 40}));
}

Border Before(std::string_view text, std::string_view word) {
  return BorderBefore(ReadTextProfile(text), text.find(word));
}
Border Behind(std::string_view text, std::string_view word) {
  return BorderBehind(ReadTextProfile(text), text.find(word) + word.size());
}

TEST(BorderTest, InLinesThatAreParagraphs) {
  const std::string_view text = "One two. Three four.\n\"Five\" six.";
  EXPECT_EQ(Before(text, "One"), Border::kText);
  EXPECT_EQ(Before(text, "two"), Border::kAmidSentence);
  EXPECT_EQ(Before(text, "Three"), Border::kSentence);
  EXPECT_EQ(Behind(text, "two"), Border::kSentence);
  EXPECT_EQ(Behind(text, "two."), Border::kSentence);
}

TEST(BorderTest, InBrokenLines) {
  const std::string_view text = "One two\nthree. Four\n\n> five six";
  EXPECT_EQ(Before(text, "three"), Border::kLine);
  EXPECT_EQ(Before(text, "five"), Border::kParagraph);
  EXPECT_EQ(Behind(text, "two"), Border::kLine);
  EXPECT_EQ(Behind(text, "Four"), Border::kParagraph);
  EXPECT_EQ(Behind(text, "six"), Border::kText);
}

TEST(BorderTest, ParagraphsOfALineEach) {
  const std::string_view text = "One two.\n\nThree four.";
  EXPECT_EQ(Before(text, "Three"), Border::kParagraph);
  EXPECT_EQ(Behind(text, "two."), Border::kParagraph);
}

}  // namespace
}  // namespace wirecopy
