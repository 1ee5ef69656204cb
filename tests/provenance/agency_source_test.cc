#include "provenance/agency_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

MemberLineage Root() {
  MemberLineage lineage;
  lineage.status = MemberStatus::kRoot;
  return lineage;
}

MemberLineage CopyOf(uint32_t parent) {
  MemberLineage lineage;
  lineage.status = MemberStatus::kCopy;
  lineage.parents = {{parent, 0.9, 100}};
  return lineage;
}

std::vector<MemberStatus> Statuses(const std::vector<MemberLineage>& lineage) {
  std::vector<MemberStatus> statuses;
  for (const MemberLineage& member : lineage) {
    statuses.push_back(member.status);
  }
  return statuses;
}

// The root, a copy that credits the agency as the root does, one that does not,
// and a copy of the first.
std::vector<MemberLineage> Family() {
  return {Root(), CopyOf(0), CopyOf(0), CopyOf(1)};
}

// One of all that a text may come from is right at most.
TEST(AgencySourceTest, AllThatItMayComeFromAddUpToOne) {
  std::vector<MemberLineage> lineage = Family();
  lineage[0].runners_up = {{1, 0.45, 90}, {2, 0.4, 90}};
  lineage[1].runners_up = {{2, 0.1, 90}};
  MoveToAgencies(std::vector<CommonAgency>{{0, 1, "AP"}}, &lineage);
  for (const uint32_t member : {0U, 1U}) {
    double sum = lineage[member].absent_confidence;
    for (const ParentChoice& choice : lineage[member].runners_up) {
      sum += choice.confidence;
    }
    EXPECT_LE(sum, 1 + 1e-12) << member;
  }
  EXPECT_THAT(lineage[0].runners_up,
              ElementsAre(Field(&ParentChoice::member, 1U),
                          Field(&ParentChoice::member, 2U)));
}

TEST(AgencySourceTest, RootThatCreditsIsNoSource) {
  std::vector<MemberLineage> lineage = Family();
  MoveToAgencies(std::vector<CommonAgency>{{0, 1, "AP"}, {1, 3, "AP"}},
                 &lineage);
  EXPECT_THAT(
      Statuses(lineage),
      ElementsAre(MemberStatus::kHiddenSource, MemberStatus::kHiddenSource,
                  MemberStatus::kCopy, MemberStatus::kCopy));
  EXPECT_GT(lineage[0].source_group, 0U);
  EXPECT_EQ(lineage[1].source_group, lineage[0].source_group);
  EXPECT_EQ(lineage[2].source_group, 0U);
  EXPECT_TRUE(lineage[1].parents.empty());
  EXPECT_THAT(lineage[1].runners_up,
              ElementsAre(Field(&ParentChoice::member, 0U)));
  EXPECT_GT(lineage[1].absent_confidence, lineage[1].runners_up[0].confidence);
  EXPECT_EQ(lineage[3].parents[0].member, 1U);
}

TEST(AgencySourceTest, OtherCreditsMoveNobody) {
  const std::vector<std::vector<CommonAgency>> no_grounds = {
      {},
      {{0, 1, ""}},
      {{1, 3, "AP"}},  // a copy of a copy
      {{2, 3, "AP"}},  // no parent and copy
  };
  for (const std::vector<CommonAgency>& pairs : no_grounds) {
    std::vector<MemberLineage> lineage = Family();
    MoveToAgencies(pairs, &lineage);
    EXPECT_EQ(Statuses(lineage), Statuses(Family()));
  }
}

TEST(AgencySourceTest, GroupsAreApartFromThoseThatAreThere) {
  std::vector<MemberLineage> lineage = Family();
  MemberLineage hidden;
  hidden.status = MemberStatus::kHiddenSource;
  hidden.source_group = 1;
  lineage.push_back(hidden);
  MoveToAgencies(std::vector<CommonAgency>{{0, 1, "AP"}}, &lineage);
  EXPECT_EQ(lineage[4].source_group, 1U);
  EXPECT_EQ(lineage[0].source_group, 2U);
}

// Of two agencies the one that more copies credit.
TEST(AgencySourceTest, MostCreditedAgencyCounts) {
  std::vector<MemberLineage> lineage = {Root(), CopyOf(0), CopyOf(0),
                                        CopyOf(0)};
  MoveToAgencies(
      std::vector<CommonAgency>{
          {0, 1, "AP"}, {0, 2, "Reuters"}, {0, 3, "Reuters"}},
      &lineage);
  EXPECT_EQ(lineage[1].status, MemberStatus::kCopy);
  EXPECT_EQ(lineage[2].status, MemberStatus::kHiddenSource);
  EXPECT_EQ(lineage[3].status, MemberStatus::kHiddenSource);
}

}  // namespace
}  // namespace wirecopy
