#include "provenance/outlet_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Outlets(std::string_view text) {
  const NameTable table;
  const TextProfile profile = ReadTextProfile(text);
  std::vector<std::string> names;
  for (const FoundName& name : FindNames(profile, table)) {
    if (!name.is_outlet) continue;
    names.emplace_back(text.substr(name.begin, name.end - name.begin));
  }
  return names;
}

bool Same(std::string_view x, std::string_view y) {
  const NameTable table;
  const bool same = NameSame(ReadName(x, table), ReadName(y, table));
  EXPECT_EQ(same, NameSame(ReadName(y, table), ReadName(x, table)));
  return same;
}

TEST(FindNamesTest, KnowsOutletsByTheirWords) {
  EXPECT_THAT(Outlets("as the Marlow Gazette wrote of Mayor Tull"),
              ElementsAre("Marlow Gazette"));
  EXPECT_THAT(Outlets("wie das Harzer Tagblatt der Gemeinde schrieb"),
              ElementsAre("Harzer Tagblatt"));
  EXPECT_THAT(Outlets("le Courrier de la Baie a dit"),
              ElementsAre("Courrier de la Baie"));
  EXPECT_THAT(Outlets("he went to Tarn Ferry on Monday"), IsEmpty());
}

TEST(FindNamesTest, GermanCompoundsArePapers) {
  EXPECT_THAT(Outlets("sagte sie dem Heidboten und dem Moorkurier"),
              ElementsAre("Heidboten", "Moorkurier"));
  EXPECT_THAT(Outlets("in der Tageszeitung stand, dem Boot sei kalt"),
              IsEmpty());
}

TEST(FindNamesTest, GermanWordsThatEndLikePapersAreNone) {
  for (const std::string word :
       {"Textnachrichten", "Sprachnachrichten", "Verboten", "Verbote",
        "Angeboten", "Sonderangebote", "Fahrverboten", "Postboten"}) {
    EXPECT_THAT(Outlets("laut " + word + " der Stadt"), IsEmpty()) << word;
  }
  EXPECT_THAT(Outlets("laut Moornachrichten"), ElementsAre("Moornachrichten"));
}

TEST(NamesNobodyTest, WordsForPapersAlone) {
  const NameTable table;
  EXPECT_TRUE(NamesNobody(OutletName()));
  EXPECT_TRUE(NamesNobody(ReadName("Zeitung", table)));
  EXPECT_FALSE(NamesNobody(ReadName("Moorer Zeitung", table)));
}

TEST(NameSameTest, WhateverTheGermanCase) {
  EXPECT_TRUE(Same("Moorer Allgemeine Zeitung", "Moorer Allgemeiner Zeitung"));
  EXPECT_TRUE(Same("Moorer Allgemeine Zeitung", "Moorer Allgemeinen Zeitung"));
  EXPECT_TRUE(Same("Der Heidbote", "Heidboten"));
  EXPECT_FALSE(Same("Nachrichten", "Moorer Nachrichten"));
  EXPECT_FALSE(Same("Moorbote", "Heidboten"));
}

TEST(FindNamesTest, BylinesAreNoPartOfNames) {
  EXPECT_THAT(Outlets("By Fell News Agency\n\nThe cows are back."),
              ElementsAre("Fell News Agency"));
  EXPECT_THAT(Outlets("We read Stand By Fell News Agency daily"),
              ElementsAre("Stand By Fell News Agency"));
}

TEST(FindNamesTest, LeavesOutWhatApostrophesJoin) {
  EXPECT_THAT(Outlets("selon l'AFP et the Gazette's reporter"),
              ElementsAre("AFP", "Gazette"));
  EXPECT_THAT(Outlets("selon l’AFP et the Gazette’s reporter"),
              ElementsAre("AFP", "Gazette"));
}

TEST(FindNamesTest, AcronymsAndDomains) {
  EXPECT_THAT(Outlets("the NWA and www.saltmarsh.example say"),
              ElementsAre("NWA", "www.saltmarsh.example"));
  EXPECT_THAT(Outlets("it ended.Then came"), IsEmpty());
}

TEST(FindNamesTest, ArabicAndChinese) {
  EXPECT_THAT(Outlets("قال لصحيفة المرساة أمس"), ElementsAre("المرساة"));
  EXPECT_THAT(Outlets("《海岸日报》昨天说"), ElementsAre("海岸日报"));
  EXPECT_THAT(Outlets("他写了一篇报道"), IsEmpty());
}

TEST(FindNamesTest, GenericWordsNameNobody) {
  EXPECT_THAT(Outlets("News from the valley"), IsEmpty());
}

TEST(NameSameTest, OneOutletByAnyName) {
  EXPECT_TRUE(Same("Harrowmere Ledger", "The Harrowmere Ledger"));
  EXPECT_TRUE(Same("Harrowmere Ledger", "Ledger"));
  EXPECT_TRUE(Same("North Wold Agency", "NWA"));
  EXPECT_TRUE(Same("Agence France-Presse", "AFP"));
  EXPECT_TRUE(Same("صحيفة المرساة", "المرساة"));
}

TEST(NameSameTest, Others) {
  EXPECT_FALSE(Same("Harrowmere Ledger", "Saltmarsh Ledger"));
  EXPECT_FALSE(Same("Tarn News", "News"));
  EXPECT_FALSE(Same("North Wold Agency", "NWB"));
  EXPECT_FALSE(Same("", "Ledger"));
  EXPECT_FALSE(Same("AP", "AFP"));
}

TEST(NameSameTest, DomainsAreTheSameOrNot) {
  OutletName x;
  OutletName y;
  x.domain = "ledger.example";
  y.domain = "ledger.example";
  EXPECT_TRUE(NameSame(x, y));
  y.domain = "old.ledger.example";
  EXPECT_FALSE(NameSame(x, y));
}

}  // namespace
}  // namespace wirecopy
