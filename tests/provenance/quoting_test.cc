#include "provenance/quoting.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/support/evidence_pair.h"

namespace wirecopy {
namespace {

using ::wirecopy::oracle::FindEvidence;
using ::wirecopy::oracle::WeightOf;

constexpr std::string_view kText =
    "The ferry to the island has not sailed since the storm of last Tuesday\n"
    "because its captain will not leave the harbour without his dog.\n";

std::string Quoted(std::string_view text, std::string_view mark) {
  std::string quoted;
  bool at_begin = true;
  for (const char c : text) {
    if (at_begin) quoted += mark;
    quoted += c;
    at_begin = c == '\n';
  }
  return quoted;
}

TEST(QuotingTest, WhoQuotesIsTheCopy) {
  const std::string copy = Quoted(kText, "> ") + "\nIt sailed.\n";
  EXPECT_GT(WeightOf(FindEvidence(kText, copy), "quote_marks"), 3);
  EXPECT_LT(WeightOf(FindEvidence(copy, kText), "quote_marks"), -3);
}

TEST(QuotingTest, TheDeeperIsTheCopy) {
  EXPECT_GT(WeightOf(FindEvidence(Quoted(kText, "> "), Quoted(kText, "> > ")),
                     "quote_marks"),
            3);
}

TEST(QuotingTest, EqualDepthSaysNothing) {
  EXPECT_EQ(
      WeightOf(FindEvidence(Quoted(kText, "> "), Quoted(kText, ">") + "No.\n"),
               "quote_marks"),
      0);
}

TEST(QuotingTest, LinesThatIntroduce) {
  for (const char* const line :
       {"Orla Fenn writes:\n", "On Monday, orla@tarn.example wrote:\n\n",
        "Orla Fenn schrieb am Montag:\n"}) {
    const std::string copy = line + std::string(kText) + "\nNo.\n";
    const PairEvidence found = FindEvidence(kText, copy);
    EXPECT_GT(WeightOf(found, "introduced"), 0.5) << line;
    EXPECT_EQ(WeightOf(found, "introduced"),
              -WeightOf(FindEvidence(copy, kText), "introduced"));
  }
}

TEST(QuotingTest, OtherLinesDoNot) {
  for (const char* const line : {"She wrote a book.\n", "As follows:\n",
                                 "She wrote: a long\nand dull letter.\n"}) {
    const std::string copy = line + std::string(kText);
    EXPECT_EQ(WeightOf(FindEvidence(kText, copy), "introduced"), 0) << line;
  }
}

}  // namespace
}  // namespace wirecopy
