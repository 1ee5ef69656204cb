#include "report/side_by_side.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "tests/support/passage_samples.h"

namespace wirecopy {
namespace {

using oracle::MakeRecord;
using oracle::MakeSample;
using oracle::PassageSample;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Show(const PassageSample& sample,
                 const SideBySideOptions& options) {
  return SideBySide(MakeRecord(sample), sample.a, sample.b, options);
}

PassageSample Ferry() {
  return MakeSample({{"The ferry Marram was taken out of service on ",
                      "The ferry Marram was taken out of service on "},
                     {"Sunday", "Monday"},
                     {" night after its crew found water",
                      " night after its crew found water"}});
}

std::string ManyWords(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "word" + std::to_string(i) + " ";
  text.pop_back();
  return text;
}

TEST(SideBySideTest, TwoColumns) {
  SideBySideOptions options;
  options.width = 63;
  EXPECT_EQ(Show(Ferry(), options),
            "\n"
            "#1  copy, 7 words, 1 edit, identity 0.875  A 0-84  B 0-84\n"
            "The ferry Marram was taken out \u2502 "
            "The ferry Marram was taken out\n"
            "of service on [Sunday] night   \u2502 "
            "of service on [Monday] night\n"
            "after its crew found water     \u2502 "
            "after its crew found water\n");
}

TEST(SideBySideTest, ColourInsteadOfBrackets) {
  SideBySideOptions options;
  options.width = 63;
  options.color = true;
  const std::string shown = Show(Ferry(), options);
  EXPECT_THAT(shown,
              HasSubstr("of service on \x1b[1;35mSunday\x1b[0m night     "
                        "\u2502 of service on \x1b[1;35mMonday\x1b[0m"));
  EXPECT_THAT(shown, Not(HasSubstr("[Sunday]")));
}

TEST(SideBySideTest, NarrowTerminalsHaveOneUnderTheOther) {
  SideBySideOptions options;
  options.width = 40;
  EXPECT_EQ(Show(Ferry(), options),
            "\n"
            "#1  copy, 7 words, 1 edit, identity 0.875  A 0-84  B 0-84\n"
            "A  The ferry Marram was taken out of\n"
            "   service on [Sunday] night after its\n"
            "   crew found water\n"
            "B  The ferry Marram was taken out of\n"
            "   service on [Monday] night after its\n"
            "   crew found water\n");
}

TEST(SideBySideTest, TextFromRightToLeftIsNotPutInColumns) {
  const std::string text = "\u0642\u0627\u0644 \u0646\u0639\u0645";
  SideBySideOptions options;
  EXPECT_THAT(Show(MakeSample({{text, text}}), options),
              HasSubstr("\nA  " + text + "\nB  " + text + "\n"));
}

TEST(SideBySideTest, WhatIsPutInOnOneSideOnly) {
  SideBySideOptions options;
  const std::string shown = Show(MakeSample({{"one two", "one two"},
                                             {" ", " very big "},
                                             {"three", "three"},
                                             {". ", ", "},
                                             {"four", "four"}}),
                                 options);
  EXPECT_THAT(shown, HasSubstr("one two three. four "));
  EXPECT_THAT(shown, HasSubstr("\u2502 one two [very big] three, four\n"));
}

TEST(SideBySideTest, LongEqualStretchesAreShortened) {
  const std::string words = ManyWords(100);
  const PassageSample sample = MakeSample({{words, words}});
  SideBySideOptions options;
  options.width = 200;
  const std::string shown = Show(sample, options);
  EXPECT_THAT(shown, HasSubstr(" word14\n... 70 words the same ...\nword85 "));
  EXPECT_THAT(shown, Not(HasSubstr("word15")));
  EXPECT_THAT(shown, Not(HasSubstr("word84")));
  options.width = 40;
  EXPECT_THAT(Show(sample, options),
              HasSubstr("word14\n   ... 70 words the same ...\n   word85 "));
  options.full = true;
  EXPECT_THAT(Show(sample, options), HasSubstr("word50"));
  EXPECT_THAT(Show(sample, options), Not(HasSubstr("...")));
}

TEST(SideBySideTest, StretchesThatAreNotMuchLongerAreNot) {
  const std::string words = ManyWords(69);
  EXPECT_THAT(Show(MakeSample({{words, words}}), {}), Not(HasSubstr("...")));
}

TEST(SideBySideTest, ColumnsThatDriftedApartBeginAnewTogether) {
  const PassageSample sample =
      MakeSample({{"one two three", "one two three"},
                  {" ", " " + ManyWords(30) + " "},
                  {"then all of it goes on", "then all of it goes on"}});
  const std::vector<std::string> lines = absl::StrSplit(Show(sample, {}), '\n');
  int together = 0;
  for (const std::string& line : lines) {
    const size_t first = line.find("then all of it");
    if (first == std::string::npos) continue;
    EXPECT_EQ(first, 0U) << line;
    EXPECT_NE(line.find("then all of it", 1), std::string::npos) << line;
    ++together;
  }
  EXPECT_EQ(together, 1);
}

TEST(SideBySideTest, TextsCannotCommandTheTerminal) {
  const std::string text = "one \x1b[2Jtwo \u202e three \u009b5m";
  const std::string shown = Show(MakeSample({{text, text}}), {});
  EXPECT_THAT(shown, HasSubstr("one \u241b[2Jtwo three \ufffd5m"));
  EXPECT_THAT(shown, Not(HasSubstr("\x1b")));
}

TEST(SideBySideTest, SaysWhyThereIsNothing) {
  ComparisonRecord record = MakeRecord(Ferry());
  record.passages.clear();
  EXPECT_EQ(SideBySide(record, "a", "b", {}),
            "\n" + NoPassagesText(record) + "\n");
}

TEST(SideBySideTest, EveryPassageHasItsNumber) {
  const PassageSample sample = Ferry();
  ComparisonRecord record = MakeRecord(sample);
  record.passages.push_back(sample.passage);
  const std::string shown = SideBySide(record, sample.a, sample.b, {});
  EXPECT_THAT(shown, HasSubstr("\n#1  copy, 7 words"));
  EXPECT_THAT(shown, HasSubstr("\n#2  copy, 7 words"));
}

}  // namespace
}  // namespace wirecopy
