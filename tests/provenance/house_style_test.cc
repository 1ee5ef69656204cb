#include "provenance/house_style.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wirecopy {
namespace {

// How foreign the stretch between the bars is to the text around it.
double ForeignnessOf(std::string_view marked) {
  std::string text;
  std::vector<size_t> bars;
  for (const char c : marked) {
    if (c == '|') {
      bars.push_back(text.size());
    } else {
      text += c;
    }
  }
  EvidencePassage passage;
  passage.a = {bars[0], bars[1]};
  const TextProfile profile = ReadTextProfile(text);
  return Foreignness(FindStyleMarks(profile),
                     LayOut({&passage, 1}, PairSide::kA, text.size()));
}

TEST(HouseStyleTest, QuotationMarks) {
  EXPECT_EQ(ForeignnessOf("|\"So\" it goes.| “On” they went."), 1);
  EXPECT_EQ(ForeignnessOf("|\"So\" it goes.| \"On\" they went."), 0);
}

TEST(HouseStyleTest, Apostrophes) {
  EXPECT_EQ(ForeignnessOf("|It's Orla's.| It’s Wat’s."), 1);
  EXPECT_EQ(ForeignnessOf("|It's Orla's.| It's Wat's."), 0);
}

TEST(HouseStyleTest, Spelling) {
  EXPECT_EQ(ForeignnessOf("|They organised and recognised.| They realized "
                          "and apologized."),
            1);
}

TEST(HouseStyleTest, SpacingAndDashes) {
  EXPECT_EQ(ForeignnessOf("|So.  It goes.  On it| went. They did. Then. So."),
            1);
  EXPECT_EQ(ForeignnessOf("|one - two - three| one — two — three"), 1);
}

TEST(HouseStyleTest, OfOneMarkNothingIsSaid) {
  EXPECT_EQ(ForeignnessOf("|It's so.| It’s Wat’s."), 0);
  EXPECT_EQ(ForeignnessOf("|It's Orla's.| It’s so."), 0);
  EXPECT_EQ(ForeignnessOf("||"), 0);
}

TEST(HouseStyleTest, MixedWaysAreHalfForeign) {
  EXPECT_DOUBLE_EQ(ForeignnessOf("|It's Orla’s.| It’s Wat’s."), 0.5);
}

}  // namespace
}  // namespace wirecopy
