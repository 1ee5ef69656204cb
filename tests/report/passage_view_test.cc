#include "report/passage_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/passage_samples.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;

// Pieces as "same|same" and "a<>b".
std::vector<std::string> Pieces(const oracle::PassageSample& sample) {
  std::vector<std::string> pieces;
  TextSpan a = sample.passage.bytes.a;
  TextSpan b = sample.passage.bytes.b;
  for (const PassagePiece& piece :
       CutIntoPieces(sample.passage, sample.a, sample.b)) {
    // Together they are the whole.
    EXPECT_EQ(piece.bytes.a.begin, a.begin);
    EXPECT_EQ(piece.bytes.b.begin, b.begin);
    a.begin = piece.bytes.a.end;
    b.begin = piece.bytes.b.end;
    const auto part = [](const std::string& text, const TextSpan& span) {
      return text.substr(span.begin, span.end - span.begin);
    };
    pieces.push_back(part(sample.a, piece.bytes.a) +
                     (piece.equal ? "|" : "<>") +
                     part(sample.b, piece.bytes.b));
  }
  EXPECT_EQ(a.begin, a.end);
  EXPECT_EQ(b.begin, b.end);
  return pieces;
}

TEST(PassagePieceTest, AllEqual) {
  EXPECT_THAT(
      Pieces(oracle::MakeSample({{"x (one two) y", "z (one two) z"}}, 2, 2)),
      ElementsAre("(one two)|(one two)"));
}

TEST(PassagePieceTest, DifferingWithoutTheSpacesAround) {
  EXPECT_THAT(Pieces(oracle::MakeSample({{"one two", "one two"},
                                         {" big\n", " small "},
                                         {"three", "three"},
                                         {" ", " very  "},
                                         {"four", "four"}})),
              ElementsAre("one two |one two ", "big<>small", "\nthree | three ",
                          "<>very", "four|  four"));
}

TEST(PassagePieceTest, PunctuationOfBothIsEqual) {
  EXPECT_THAT(Pieces(oracle::MakeSample({{"weld", "weld"},
                                         {". She (", ". Ms Molloy ("},
                                         {"said", "said"},
                                         {", \u201c", ": \u201c"},
                                         {"no", "no"}})),
              ElementsAre("weld. |weld. ", "She<>Ms Molloy", " (said| (said",
                          ",<>:", " \u201cno| \u201cno"));
}

}  // namespace
}  // namespace wirecopy
