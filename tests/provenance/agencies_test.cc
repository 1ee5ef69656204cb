#include "provenance/agencies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "provenance/text_profile.h"

namespace wirecopy {
namespace {

// The agency that the text begins with, as it is shown; empty where none.
std::string Found(std::string_view text, const NameTable& table = NameTable()) {
  const TextProfile profile = ReadTextProfile(text);
  const auto match = table.Find(text, profile.words, 0);
  return match ? table.Shown(match->group) : "";
}

TEST(NameTableTest, FindsNamesInTheirOwnScripts) {
  EXPECT_EQ(Found("Agence France-Presse"), "AFP");
  EXPECT_EQ(Found("The Associated Press has it"), "AP");
  EXPECT_EQ(Found("新华社北京电"), "Xinhua");
  EXPECT_EQ(Found("路透社"), "Reuters");
  EXPECT_EQ(Found("رويترز"), "Reuters");
  EXPECT_EQ(Found("لرويترز"), "Reuters") << "with a preposition joined to it";
  EXPECT_EQ(Found("共同通信"), "Kyodo");
  EXPECT_EQ(Found("ТАСС"), "TASS");
}

TEST(NameTableTest, TakesTheLongest) {
  const std::string text = "Kyodo News";
  const TextProfile profile = ReadTextProfile(text);
  const auto match = NameTable().Find(text, profile.words, 0);
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->words, 2u);
}

TEST(NameTableTest, AcronymsAreCapitals) {
  EXPECT_EQ(Found("AP"), "AP");
  EXPECT_EQ(Found("ap"), "");
  EXPECT_EQ(Found("Map"), "") << "the agency is MAP";
  EXPECT_EQ(Found("REUTERS"), "Reuters") << "longer names are not acronyms";
}

TEST(NameTableTest, IsExtended) {
  const std::vector<NameGroup> more = {
      {"North Wold Agency", "NWA", "Wold Wire"}, {"", "..."}, {}};
  const NameTable table(more);
  EXPECT_EQ(Found("Wold Wire", table), "North Wold Agency");
  EXPECT_EQ(Found("NWA", table), "North Wold Agency");
  EXPECT_EQ(Found("Reuters", table), "Reuters");
}

TEST(NameTableTest, WhatIsAddedWins) {
  const std::vector<NameGroup> more = {{"Port Argus", "PA"}};
  EXPECT_EQ(Found("PA", NameTable(more)), "Port Argus");
  EXPECT_EQ(Found("PA Media", NameTable(more)), "PA");
}

TEST(NameTableTest, GroupOfWantsTheWholeName) {
  const NameTable table;
  EXPECT_TRUE(table.GroupOf("Reuters").has_value());
  EXPECT_TRUE(table.GroupOf("The Canadian Press").has_value());
  EXPECT_EQ(table.GroupOf("Reuters Gardening Club"), std::nullopt);
  EXPECT_EQ(table.GroupOf(""), std::nullopt);
}

TEST(KnownAgenciesTest, NamesAreOfOneAgencyEach) {
  std::set<std::string> seen;
  for (const NameGroup& group : KnownAgencies()) {
    ASSERT_FALSE(group.empty());
    for (const std::string& name : group) {
      EXPECT_TRUE(seen.insert(name).second) << name;
    }
  }
}

}  // namespace
}  // namespace wirecopy
