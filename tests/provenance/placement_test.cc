#include "provenance/placement.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "provenance/direction_weights.h"
#include "provenance/pair_evidence.h"
#include "tests/support/evidence_pair.h"

namespace wirecopy {
namespace {

constexpr std::string_view kFirst =
    "The ferry to the island has not sailed since the storm of last Tuesday\n"
    "because its captain will not leave the harbour without his dog.\n";
constexpr std::string_view kSecond =
    "Nobody has seen the dog since the morning when the lamp on the quay went\n"
    "out and the whole town looked for candles in the dark.\n";

std::string Join(std::string_view x, std::string_view y, std::string_view z) {
  return std::string(x) + std::string(y) + std::string(z);
}

MeasuredPair Measure(std::string_view a, std::string_view b) {
  const PairEvidenceFinder finder;
  EvidenceDocument a_document;
  EvidenceDocument b_document;
  a_document.text = a;
  b_document.text = b;
  const oracle::AlignedTexts texts(a, b);
  EXPECT_FALSE(texts.passages().empty());
  return MeasurePair(finder.Profile(a_document),
                     LayOut(texts.passages(), PairSide::kA, a.size()),
                     finder.Profile(b_document),
                     LayOut(texts.passages(), PairSide::kB, b.size()),
                     texts.passages());
}

double At(const SideFigures& figures, Figure figure) {
  return figures[static_cast<size_t>(figure)];
}

TEST(PlacementTest, LeadsAndEndings) {
  const MeasuredPair pair = Measure(
      kFirst,
      Join("We waited on the quay.\n\n", kFirst, "\nIt was cold there.\n"));
  EXPECT_EQ(At(pair.a, Figure::kHasLead), 0);
  EXPECT_EQ(At(pair.b, Figure::kHasLead), 1);
  EXPECT_EQ(At(pair.b, Figure::kLead), 5);
  EXPECT_EQ(At(pair.a, Figure::kHasEnding), 0);
  EXPECT_EQ(At(pair.b, Figure::kEnding), 4);
  EXPECT_EQ(At(pair.a, Figure::kEndsWithPassage), 1);
  EXPECT_EQ(At(pair.b, Figure::kEndsWithPassage), 0);
  EXPECT_EQ(At(pair.a, Figure::kCoverage), 1);
  EXPECT_EQ(At(pair.a, Figure::kLength) + 9, At(pair.b, Figure::kLength));
}

TEST(PlacementTest, TextBetweenPassages) {
  const MeasuredPair pair = Measure(
      Join(kFirst, kSecond, ""),
      Join(kFirst,
           "\nI do not believe a word of that, nor do my three neighbours, who "
           "met\nthe captain and his dog on the very evening that is spoken of "
           "here.\n\n",
           kSecond));
  EXPECT_EQ(At(pair.a, Figure::kInterleaved), 0);
  EXPECT_EQ(At(pair.b, Figure::kInterleaved), 1);
  EXPECT_EQ(At(pair.b, Figure::kInserted), 1);
  EXPECT_GT(At(pair.b, Figure::kInterleavedWords), 20);
  EXPECT_EQ(At(pair.b, Figure::kFirstPerson), 1);
  EXPECT_TRUE(pair.are_posts);
}

TEST(PlacementTest, CutsAmidParagraphs) {
  // What b has as a paragraph, a has amid one.
  const std::string a = Join(
      "They said so, and they went on to say it in so many words that the "
      "whole\nroom fell asleep. ",
      kFirst,
      "And they said more of it later on, when those who had fallen "
      "asleep\nwoke up and asked what had been said meanwhile.\n");
  const std::string b = Join("Listen to this.\n\n", kFirst, "\nWell, well.\n");
  const MeasuredPair pair = Measure(a, b);
  EXPECT_EQ(At(pair.a, Figure::kParagraphCuts), 1);
  EXPECT_EQ(At(pair.b, Figure::kParagraphCuts), 0);
  EXPECT_EQ(At(pair.b, Figure::kReplies), 1);
}

TEST(PlacementTest, AFewWordsOfIntroductionAreNoCut) {
  const MeasuredPair pair =
      Measure(Join("The Ledger reports that ", kFirst, ""), kFirst);
  EXPECT_EQ(At(pair.a, Figure::kParagraphCuts), 0);
}

TEST(PlacementTest, WhoIsNamedWroteTheOther) {
  const MeasuredPair pair =
      Measure(Join(kFirst, "\nIt is so.\n--\nWat Sorrel\n", ""),
              Join(kFirst, "\nI doubt that Sorrel has seen it himself.\n", ""));
  EXPECT_EQ(At(pair.a, Figure::kNamesAuthor), 0);
  EXPECT_EQ(At(pair.b, Figure::kNamesAuthor), 1);
  EXPECT_EQ(At(pair.a, Figure::kSignature), 1);
  EXPECT_EQ(At(pair.b, Figure::kSignature), 0);
}

TEST(PlacementTest, AnswersAndElisions) {
  const std::string question =
      "Has the ferry to the island sailed since the great storm of Tuesday, "
      "and\ndid its captain find the dog that he would not leave behind?\n";
  const MeasuredPair pair =
      Measure(Join(question, kSecond, ""),
              Join(question, "\nHe did, and you know it. [deleted]\n", ""));
  EXPECT_EQ(At(pair.b, Figure::kAnswers), 1);
  EXPECT_EQ(At(pair.b, Figure::kElisions), 1);
  EXPECT_EQ(At(pair.b, Figure::kAddressing), 1);
}

TEST(PlacementTest, DifferencesTurn) {
  const MeasuredPair pair = Measure(kFirst, Join("So.\n", kFirst, "Oh.\n"));
  const SideFigures there = CompareFigures(pair.a, pair.b);
  const SideFigures back = CompareFigures(pair.b, pair.a);
  for (size_t i = 0; i < kFigures; ++i) EXPECT_EQ(there[i], -back[i]);
}

TEST(PlacementTest, EachFigureHasAWeight) {
  EXPECT_EQ(std::size(kPostWeights), kFigures);
  EXPECT_EQ(std::size(kArticleWeights), kFigures);
  for (size_t i = 0; i < kFigures; ++i) {
    const FigureKind& kind = KindOf(static_cast<Figure>(i));
    EXPECT_FALSE(kind.feature.empty());
    EXPECT_FALSE(kind.label.empty());
    EXPECT_NE(kPostWeights[i], 0) << kind.feature << " was never learnt";
  }
}

TEST(PlacementTest, EvidenceIsWeightTimesDifference) {
  MeasuredPair pair;
  pair.are_posts = true;
  pair.b[static_cast<size_t>(Figure::kCoverage)] = 0.5;
  std::vector<Evidence> evidence;
  AppendPlacement(pair, &evidence);
  ASSERT_EQ(evidence.size(), 1u);
  EXPECT_EQ(evidence[0].feature, "coverage");
  EXPECT_EQ(evidence[0].weight,
            -0.5 * kPostWeights[static_cast<size_t>(Figure::kCoverage)]);
  EXPECT_FALSE(evidence[0].prior);
  pair.are_posts = false;
  evidence.clear();
  AppendPlacement(pair, &evidence);
  ASSERT_EQ(evidence.size(), 1u);
  EXPECT_TRUE(evidence[0].prior) << "articles were generated";
}

}  // namespace
}  // namespace wirecopy
