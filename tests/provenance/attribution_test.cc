#include "provenance/attribution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "provenance/attribution_phrases.h"
#include "provenance/word_set.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr auto kOwn = NamingRole::kOwn;
constexpr auto kTold = NamingRole::kTold;
constexpr auto kDateline = NamingRole::kDateline;
constexpr auto kWire = NamingRole::kWire;
constexpr auto kCredit = NamingRole::kCredit;

// What says more than a name.
std::vector<std::pair<NamingRole, std::string>> Phrases(std::string_view text) {
  const NameTable table;
  std::vector<std::pair<NamingRole, std::string>> phrases;
  for (const Naming& naming : FindNamings(ReadTextProfile(text), table)) {
    if (naming.role == NamingRole::kMention) continue;
    phrases.emplace_back(naming.role,
                         text.substr(naming.begin, naming.end - naming.begin));
  }
  return phrases;
}

TEST(AttributionTest, English) {
  EXPECT_THAT(Phrases("she said in an interview with the newspaper Marlow "
                      "Gazette on Friday"),
              ElementsAre(Pair(kCredit,
                               "in an interview with the newspaper "
                               "Marlow Gazette")));
  EXPECT_THAT(Phrases("She told the Marlow Gazette that"),
              ElementsAre(Pair(kTold, "told the Marlow Gazette")));
  EXPECT_THAT(Phrases("the Marlow Gazette first reported"),
              ElementsAre(Pair(kCredit, "Marlow Gazette first reported")));
  EXPECT_THAT(Phrases("With files from the Tarn Courier."),
              ElementsAre(Pair(kCredit, "With files from the Tarn Courier")));
  EXPECT_THAT(Phrases("he told this newspaper"),
              ElementsAre(Pair(kOwn, "told this newspaper")));
}

TEST(AttributionTest, OtherLanguages) {
  EXPECT_THAT(Phrases("a confié au Messager du Lac"),
              ElementsAre(Pair(kTold, "a confié au Messager du Lac")));
  EXPECT_THAT(Phrases("selon l'agence Reuters"),
              ElementsAre(Pair(kCredit, "selon l'agence Reuters")));
  EXPECT_THAT(Phrases("wie die Hochtaler Zeitung berichtet"),
              ElementsAre(Pair(kCredit, "Hochtaler Zeitung berichtet")));
  EXPECT_THAT(
      Phrases("según publicó el diario Heraldo de Escoria"),
      ElementsAre(Pair(kCredit, "según publicó el diario Heraldo de Escoria")));
  EXPECT_THAT(Phrases("نقلا عن صحيفة المرساة"),
              ElementsAre(Pair(kCredit, "نقلا عن صحيفة المرساة")));
  EXPECT_THAT(Phrases("据海岸日报报道"),
              ElementsAre(Pair(kCredit, "据海岸日报")));
  EXPECT_THAT(Phrases("据新华社报道"), ElementsAre(Pair(kCredit, "据新华社")));
}

TEST(AttributionTest, GermanHasTheSpeakerBeforeTheOutlet) {
  EXPECT_THAT(
      Phrases("„Das reicht“, sagte die Wirtin Ida Holm dem Moorboten."),
      ElementsAre(Pair(kTold, "sagte die Wirtin Ida Holm dem Moorboten")));
  EXPECT_THAT(Phrases("aus einem Brief, der dem Moorboten vorliegt"),
              ElementsAre(Pair(kTold, "Moorboten vorliegt")));
  EXPECT_THAT(Phrases("Das sagte sie. Dem Moorboten geht es gut."), IsEmpty());
  EXPECT_THAT(Phrases("sagte die Wirtin dem Blatt"), IsEmpty());
}

// Nouns and sentences begin with a capital, as names do.
TEST(AttributionTest, GermanPhrasesThatMayBeTakenForNames) {
  for (const std::string phrase :
       {"Laut Stadtanzeiger", "Laut Allgemeiner Zeitung",
        "Laut der Allgemeinen Zeitung", "Einem Bericht der Moorer Zeitung",
        "Nach Informationen der Moorer Zeitung"}) {
    EXPECT_THAT(Phrases(phrase + " war es so"),
                ElementsAre(Pair(kCredit, phrase)));
  }
  EXPECT_THAT(
      Phrases("Es war nach Informationen der Moorer Zeitung so"),
      ElementsAre(Pair(kCredit, "nach Informationen der Moorer Zeitung")));
  EXPECT_THAT(Phrases("Laut Zeitung war es so"), IsEmpty());
  EXPECT_THAT(Phrases("The Open Source Gazette is read"), IsEmpty())
      << "the phrase is amid the name";
}

// What a text owes to an agency is as often said with a "with".
TEST(AttributionTest, LastLinesOfPapersWithAgencies) {
  for (const std::string mark :
       {"(avec AFP)", "Avec AFP", "La rédaction avec AFP", "(mit AFP)",
        "(with AFP)", "Sud Matin avec AFP", "Sud Matin (avec AFP)",
        "(source AFP)", "（AFP）", "Redacción / AFP", "With AFP"}) {
    EXPECT_THAT(Phrases("The cows are back.\n\n" + mark),
                ElementsAre(Pair(::testing::AnyOf(kWire, kCredit),
                                 ::testing::HasSubstr("AFP"))))
        << mark;
  }
  EXPECT_THAT(Phrases("The cows are back. (وكالة أ ف ب)"),
              ElementsAre(Pair(kWire, "أ ف ب")));
}

TEST(AttributionTest, MarksOfSeveralAgencies) {
  for (const std::string mark :
       {"(dpa/AFP)", "(dpa, AFP)", "dpa/AFP", "(mit dpa und AFP)",
        "dpa and AFP", "Mit Material von dpa/AFP"}) {
    const auto found = Phrases("The cows are back.\n\n" + mark);
    EXPECT_THAT(found, ::testing::SizeIs(2)) << mark;
  }
  EXPECT_THAT(Phrases("HAY MILL (dpa/AFP) - The cows are back."),
              ElementsAre(Pair(kDateline, "dpa"), Pair(kDateline, "AFP")));
}

TEST(AttributionTest, WhoContributedIsCredited) {
  EXPECT_THAT(
      Phrases("The Associated Press contributed to this report."),
      ElementsAre(Pair(kCredit, "Associated Press contributed to this")));
  EXPECT_THAT(
      Phrases("mit Material der Nachrichtenagentur AFP."),
      ElementsAre(Pair(kCredit, "mit Material der Nachrichtenagentur AFP")));
  EXPECT_THAT(Phrases("(con información de EFE)"),
              ElementsAre(Pair(kCredit, "con información de EFE")));
}

TEST(AttributionTest, ChineseDispatches) {
  EXPECT_THAT(Phrases("新华社青岛3月2日电 牛群回来了。"),
              ElementsAre(Pair(kDateline, "新华社")));
  EXPECT_THAT(Phrases("（法新社青岛2日电）牛群回来了。"),
              ElementsAre(Pair(kDateline, "法新社")));
  EXPECT_THAT(Phrases("新华社记者来了。他看电影。"), IsEmpty());
  EXPECT_THAT(Phrases("牛群回来了。新华社青岛3月2日电"), IsEmpty());
}

TEST(AttributionTest, AgenciesAmidSentencesAreNoMarks) {
  const std::string text = "The cows are back. " + std::string(400, 'x');
  for (const std::string words :
       {" He worked with AP for years.", " (Orla Fenn/AP) The cows.",
        " Cows (with AP) came home.", "\nHe worked with AP\nfor years."}) {
    EXPECT_THAT(Phrases(text + words), IsEmpty()) << words;
  }
}

TEST(AttributionTest, WireMarks) {
  EXPECT_THAT(Phrases("By Reuters\n\nThe cows are back."),
              ElementsAre(Pair(kWire, "Reuters")));
  EXPECT_THAT(Phrases("The cows are back.\n\nReuters"),
              ElementsAre(Pair(kWire, "Reuters")));
  EXPECT_THAT(Phrases("The cows are back. (dpa)"),
              ElementsAre(Pair(kWire, "dpa")));
}

TEST(AttributionTest, Datelines) {
  for (const std::string dash : {" -", " –", " — ", ".- "}) {
    EXPECT_THAT(Phrases("HAY MILL, May 2 (AP)" + dash + "The cows are back."),
                ElementsAre(Pair(kDateline, "AP")))
        << dash;
  }
  EXPECT_THAT(Phrases("HAY MILL (Fell News Agency) - The cows are back."),
              ElementsAre(Pair(kDateline, "Fell News Agency")));
  EXPECT_THAT(Phrases("(Fell News Agency) The cows are back."),
              ElementsAre(Pair(kWire, "Fell News Agency")));
}

// "Copyright" and "By", written large, are no part of the agency's name.
TEST(AttributionTest, ALastLineThatIsButAnAgency) {
  for (const std::string before :
       {"", "- ", "— ", "By ", "by the ", "(c) ", "© ", "© 2026 ", "Copyright ",
        "Copyright (c) 2026 "}) {
    EXPECT_THAT(
        Phrases("The cows are back.\n\n" + before + "Fell News Agency\n"),
        ElementsAre(Pair(kWire, "Fell News Agency")))
        << before;
  }
  EXPECT_THAT(Phrases("Die Kühe sind da.\nVon Nordkap Presseagentur"),
              ElementsAre(Pair(kWire, "Nordkap Presseagentur")));
}

TEST(AttributionTest, BylinesOfAgencies) {
  EXPECT_THAT(Phrases("By Fell News Agency\n\nThe cows are back."),
              ElementsAre(Pair(kWire, "Fell News Agency")));
  EXPECT_THAT(Phrases("Fell News Agency\n\nThe cows are back."), IsEmpty())
      << "as often who speaks";
}

TEST(AttributionTest, LastLinesThatSayMoreOrLess) {
  const std::string text = "The cows are back.\n\n";
  EXPECT_THAT(Phrases(text + "Orla Fenn, Fell News Agency"), IsEmpty());
  EXPECT_THAT(Phrases(text + "Fell News Agency is not amused."), IsEmpty());
  EXPECT_THAT(Phrases(text + "Fell News Agency\n\nThey came at dawn."),
              IsEmpty());
  EXPECT_THAT(Phrases(text + "© Marlow Gazette"), IsEmpty())
      << "as often its own name";
}

TEST(AttributionTest, PicturesAmidTheTextAreNone) {
  const std::string text = "The cows are back. " + std::string(400, 'x') +
                           " A cow. (SANA via Reuters) They came at dawn.";
  EXPECT_THAT(Phrases(text), IsEmpty());
}

TEST(AttributionTest, AcronymsAreOutletsWhereThePhraseTells) {
  const NameTable table;
  const auto doubtful = [&](std::string_view text) {
    const auto namings = FindNamings(ReadTextProfile(text), table);
    return namings.size() != 1 || namings[0].is_doubtful;
  };
  EXPECT_FALSE(doubtful("in an interview with TRN"));
  EXPECT_TRUE(doubtful("according to TRN"));
  EXPECT_FALSE(doubtful("according to the TRN News"));
  EXPECT_FALSE(doubtful("HAY MILL (TRN) - The cows are back."));
  EXPECT_TRUE(doubtful("The cows (IMHO) are back."));
  EXPECT_FALSE(doubtful("first published in the Tarn Gazette"));
  EXPECT_TRUE(doubtful("first published in England"));
}

TEST(AttributionTest, SomePhrasesAreOfTheWholeStory) {
  const NameTable table;
  const auto is_whole = [&](std::string_view text) {
    const auto namings = FindNamings(ReadTextProfile(text), table);
    return namings.size() == 1 && namings[0].of_whole_text;
  };
  EXPECT_TRUE(is_whole("first reported by the Tarn Gazette"));
  EXPECT_TRUE(is_whole("the Tarn Gazette was first to report"));
  EXPECT_TRUE(is_whole("reprinted from the Tarn Gazette"));
  EXPECT_TRUE(is_whole("转载自海岸日报"));
  EXPECT_FALSE(is_whole("reported by the Tarn Gazette"));
  EXPECT_FALSE(is_whole("with files from the Tarn Gazette"));
}

TEST(AttributionTest, PeopleAreNoOutlets) {
  EXPECT_THAT(Phrases("according to Police Chief Tull"), IsEmpty());
  EXPECT_THAT(Phrases("he told Orla Fenn"), IsEmpty());
  EXPECT_THAT(Phrases("he told. The Gazette came"), IsEmpty());
}

TEST(AttributionTest, WhatIntroducesAnOriginalTakesAnyName) {
  const NameTable table;
  const auto namings = FindNamings(
      ReadTextProfile("This story first appeared in Windfall."), table);
  ASSERT_EQ(namings.size(), 1u);
  EXPECT_EQ(namings[0].role, kCredit);
  EXPECT_TRUE(namings[0].of_whole_text);
}

// Each phrase of the table is found with a name where one belongs; so none is
// shadowed or misspelt beyond the tokeniser.
TEST(AttributionTest, EveryPhraseIsFound) {
  for (const AttributionPhrase& phrase : AttributionPhrases()) {
    const std::string words(phrase.words);
    const bool is_arabic = words[0] == '\xD8' || words[0] == '\xD9';
    const bool is_chinese = IsSingle(CodeOfWord(words));
    const std::string name = is_arabic    ? "رويترز"
                             : is_chinese ? "海岸日报"
                                          : "Reuters";
    const std::string blank = is_chinese ? "" : " ";
    std::string text = words;
    if (phrase.place == PhrasePlace::kBefore) text = words + blank + name;
    if (phrase.place == PhrasePlace::kBehind) text = name + blank + words;
    const auto found = Phrases("0 " + text + " 0");
    ASSERT_FALSE(found.empty()) << text;
    EXPECT_EQ(found.front(), std::pair(phrase.role, text));
  }
}

TEST(AttributionTest, NothingInNothing) {
  EXPECT_THAT(Phrases(""), IsEmpty());
  EXPECT_THAT(Phrases("told"), IsEmpty());
  EXPECT_THAT(Phrases("报"), IsEmpty());
  EXPECT_THAT(Phrases("据报"), IsEmpty());
}

}  // namespace
}  // namespace wirecopy
