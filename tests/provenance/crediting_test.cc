#include "provenance/crediting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/support/evidence_pair.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;
using ::wirecopy::oracle::FindEvidence;
using ::wirecopy::oracle::WeightOf;

constexpr std::string_view kBefore =
    "The library bus of the upper dale will not be sold after all, ";
constexpr std::string_view kBehind =
    ", because nobody but her has found out how to start it on cold mornings, "
    "and the council has put the matter off until the lanes are free of snow.";

std::string Story(std::string_view words) {
  return std::string(kBefore) + std::string(words) + std::string(kBehind);
}

PairEvidence Find(std::string_view a, std::string_view b,
                  std::string_view a_publisher = "",
                  std::string_view b_publisher = "") {
  EvidenceDocument a_document;
  EvidenceDocument b_document;
  a_document.text = a;
  a_document.publisher = a_publisher;
  b_document.text = b;
  b_document.publisher = b_publisher;
  const PairEvidence found = FindEvidence(a_document, b_document);
  EXPECT_EQ(WeightOf(found, "attribution"),
            -WeightOf(FindEvidence(b_document, a_document), "attribution"));
  return found;
}

double Weight(std::string_view a, std::string_view b,
              std::string_view a_publisher = "",
              std::string_view b_publisher = "") {
  return WeightOf(Find(a, b, a_publisher, b_publisher), "attribution");
}

TEST(CreditingTest, WhoNamesTheOthersPublisherIsTheCopy) {
  const std::string both = Story("the driver told the Tarn Ledger");
  EXPECT_GT(Weight(both, both, "Tarn Ledger", "Fell Post"), 3);
  EXPECT_GT(Weight(Story("the driver said"), both, "Tarn Ledger", "Fell Post"),
            3);
}

TEST(CreditingTest, OnesOwnNameIsNoCredit) {
  const std::string own = Story("the driver told the Tarn Ledger");
  EXPECT_EQ(Weight(own, own, "Tarn Ledger", "Tarn Ledger"), 0);
  EXPECT_GT(Weight(own, Story("the driver said"), "Tarn Ledger", "Fell Post"),
            0)
      << "it speaks for itself";
}

TEST(CreditingTest, AThirdPublisherIsNeithers) {
  const std::string both = Story("the driver told the Tarn Ledger");
  EXPECT_EQ(Weight(both, both, "Mill Times", "Fell Post"), 0);
  EXPECT_EQ(
      Weight(Story("the driver said"),
             Story("the driver said in an interview with the Tarn Ledger"),
             "Mill Times", "Fell Post"),
      0);
}

TEST(CreditingTest, APublishersNameAloneSaysLess) {
  const std::string a = Story("the driver said");
  const double mention =
      Weight(a, a + "\n\nThus the Tarn Ledger on its page for the young.",
             "Tarn Ledger", "Fell Post");
  EXPECT_GT(mention, 0);
  EXPECT_LT(mention, Weight(a, Story("the driver told the Tarn Ledger"),
                            "Tarn Ledger", "Fell Post"));
}

// More than any date, but only where the other has not these words.
TEST(CreditingTest, WhoSaysThatTheOtherWasFirstIsTheCopy) {
  const std::string a = Story("the driver told the Tarn Ledger");
  const std::string line = "\n\nThis was first reported by the Tarn Ledger.";
  const PairEvidence found = Find(a, a + line, "Tarn Ledger", "Fell Post");
  EXPECT_GT(WeightOf(found, "attribution"), 6);
  EXPECT_THAT(found.evidence[0].detail,
              HasSubstr("\"first reported by the Tarn Ledger\""))
      << "not what both have";
  EXPECT_TRUE(found.evidence[0].prior);
  const double both = Weight(a + line, a + line, "Tarn Ledger", "Fell Post");
  EXPECT_GT(both, 3);
  EXPECT_LT(both, 6);
  EXPECT_LT(Weight(a, a + "\n\nWith files from the Tarn Ledger.", "Tarn Ledger",
                   "Fell Post"),
            6);
  const std::string plain = Story("the driver said");
  EXPECT_EQ(Weight(plain, plain + line, "Fell Post", "Tarn Ledger"), 0)
      << "of itself";
}

TEST(CreditingTest, OfEqualCreditsThatOfOneTextIsShown) {
  const std::string a = Story("the driver told the Tarn Ledger");
  const PairEvidence found = Find(a, a + "\n\nWith files from the Tarn Ledger.",
                                  "Tarn Ledger", "Fell Post");
  EXPECT_THAT(found.evidence[0].detail, HasSubstr("With files from"));
}

TEST(CreditingTest, WithoutPublishersACreditThatWasPutInCounts) {
  EXPECT_GT(
      Weight(Story("the driver said"),
             Story("the driver said in an interview with the Tarn Ledger")),
      1);
}

TEST(CreditingTest, MoreWhereTheOtherSpeaksForItself) {
  const std::string copy =
      Story("the driver said in an interview with the Tarn Ledger");
  const PairEvidence found =
      Find(Story("the driver told the Tarn Ledger"), copy);
  EXPECT_GT(WeightOf(found, "attribution"),
            Weight(Story("the driver said"), copy));
  EXPECT_THAT(found.evidence[0].detail,
              HasSubstr("\"in an interview with the Tarn Ledger\""));
  EXPECT_THAT(found.evidence[0].detail, HasSubstr("\"told the Tarn Ledger\""));
  EXPECT_TRUE(found.evidence[0].prior);
}

TEST(CreditingTest, TheSameCreditInBothSaysNothing) {
  const std::string both =
      Story("the driver said in an interview with the Tarn Ledger");
  EXPECT_EQ(Weight(both, both), 0);
  EXPECT_EQ(Weight(both, both + "\n\nWith files from the Tarn Ledger."), 0);
}

TEST(CreditingTest, ACreditElsewhereSaysNothing) {
  const std::string a = Story("the driver said");
  EXPECT_EQ(Weight(a, a + "\n\nIn the lower dale, buses were sold last year, "
                          "according to the Fell Post."),
            0);
}

// In a lead of its own, of what the other says for itself.
TEST(CreditingTest, ACreditElsewhereIsForWhoWasTold) {
  const std::string source =
      Story("the driver told the Tarn Ledger that the bus");
  const std::string copy =
      "There is no bus any more, the Tarn Ledger reported.\n\n" +
      Story("the driver said that the bus");
  EXPECT_GT(Weight(source, copy), 1);
}

TEST(CreditingTest, ThisNewspaperIsTheSource) {
  EXPECT_GT(Weight(Story("the driver told this newspaper"),
                   Story("the driver told the Tarn Ledger")),
            1);
  EXPECT_GT(
      Weight(Story("the driver told this newspaper"), Story("the driver said")),
      0.5);
}

TEST(CreditingTest, AVoiceInAnotherParagraphSaysNothing) {
  const std::string a = Story("the driver said");
  EXPECT_EQ(
      Weight(a + "\n\nMore rain is coming, the Tarn Ledger understands.", a),
      0);
}

TEST(CreditingTest, WhatWasPublishedElsewhereFirstIsNoSource) {
  const std::string a = Story("the driver said");
  const std::string line = "\n\nThis story was originally published in ";
  EXPECT_GT(Weight(a, a + line + "the Windfall Gazette."), 2);
  const double doubtful = Weight(a, a + line + "Windfall.");
  EXPECT_GT(doubtful, 0.5);
  EXPECT_LT(doubtful, 2) << "that may be a town";
}

constexpr std::string_view kDateline = "FELL, May 2 (Tarn News Agency) - ";
constexpr std::string_view kSignatures[] = {
    "(Tarn News Agency)",        "Tarn News Agency",
    "- Tarn News Agency",        "(c) Tarn News Agency",
    "© 2026 Tarn News Agency",   "By Tarn News Agency",
    "Source: Tarn News Agency.", "With files from Tarn News Agency.",
};

TEST(CreditingTest, ADatelineMayBeTheAgencysOwn) {
  const std::string a = Story("the driver said");
  const std::string wire = std::string(kDateline) + a;
  EXPECT_EQ(Weight(wire, a), 0);
  EXPECT_EQ(Weight(wire, wire), 0);
  EXPECT_GT(Weight(a, wire, "", "Fell Post"), 0)
      << "the Post is not the agency";
}

TEST(CreditingTest, WhoCreditsAnAgencyElsewhereHasItFromItsDateline) {
  const std::string a = Story("the driver said");
  const std::string wire = std::string(kDateline) + a;
  for (const std::string_view signature : kSignatures) {
    const std::string copy = a + "\n\n" + std::string(signature);
    const PairEvidence found = Find(wire, copy);
    EXPECT_GT(WeightOf(found, "attribution"), 0.5) << signature;
    EXPECT_THAT(found.evidence[0].detail, HasSubstr("in its dateline"));
    EXPECT_EQ(Weight(copy, copy), 0) << signature;
    EXPECT_EQ(Weight(copy, std::string(kDateline) + copy), 0) << signature;
  }
  EXPECT_GT(Weight(wire, "By Tarn News Agency\n\n" + a), 0.5)
      << "its name goes before the story in both";
  EXPECT_GT(Weight(wire, Story("according to Tarn News Agency, the driver")),
            1);
}

TEST(CreditingTest, TheOthersAddressNamesIt) {
  EvidenceDocument a;
  EvidenceDocument b;
  const std::string story = Story("the driver said");
  const std::string copy = story + "\n\nFirst published on windfall.example";
  a.text = story;
  a.url = "https://www.windfall.example/bus";
  b.text = copy;
  EXPECT_GT(WeightOf(FindEvidence(a, b), "attribution"), 3);
}

TEST(CommonAgencyTest, BothCreditAThird) {
  const std::string a = "FELL (AP) - " + Story("the driver said");
  const std::string b = Story("the driver said") + "\n\nThe Associated Press";
  EXPECT_EQ(Find(a, a).common_agency, "AP");
  EXPECT_EQ(Find(b, b).common_agency, "AP");
  EXPECT_EQ(Find(a, b, "Tarn Ledger", "Fell Post").common_agency, "AP");
  EXPECT_EQ(Find(a, b, "Associated Press", "Fell Post").common_agency, "");
  EXPECT_EQ(Find(a, Story("the driver said")).common_agency, "");
}

TEST(CommonAgencyTest, ADatelineMayBeTheAgencysOwn) {
  const std::string a = "FELL (AP) - " + Story("the driver said");
  const std::string b = Story("the driver said") + "\n\nThe Associated Press";
  EXPECT_EQ(Find(a, b).common_agency, "");
  EXPECT_EQ(Find(b, a).common_agency, "");
  EXPECT_EQ(Find(a, b, "Tarn Ledger").common_agency, "AP");
}

// A paper's second version comes from its first.
TEST(CommonAgencyTest, NotOfOnePublisher) {
  const std::string a = "FELL (AP) - " + Story("the driver said");
  EXPECT_EQ(Find(a, a, "Tarn Ledger", "The Tarn Ledger").common_agency, "");
  EXPECT_EQ(Find(a, a, "Tarn Ledger", "Fell Ledger").common_agency, "AP");
  EXPECT_EQ(Find(a, a, "", "").common_agency, "AP");
}

TEST(CommonAgencyTest, AnAgencyThatUsersAdd) {
  const std::vector<NameGroup> more = {{"North Wold Agency", "NWA"}};
  const PairEvidenceFinder finder(more);
  const std::string text = "FELL (NWA) - " + Story("the driver said");
  EvidenceDocument a;
  EvidenceDocument b;
  a.text = b.text = text;
  EXPECT_EQ(FindEvidence(finder, a, b).common_agency, "North Wold Agency");
}

}  // namespace
}  // namespace wirecopy
