#include "provenance/duplicate_classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <tuple>
#include <vector>

namespace wirecopy {
namespace {

constexpr double kDay = 24 * 3600;

using Text = std::vector<TokenCode>;

// Compares all texts with each other.
TEST(DuplicateClasses, AreOfEqualTexts) {
  std::mt19937 random(31);
  for (int round = 0; round < 100; ++round) {
    std::vector<Text> texts(random() % 20);
    std::vector<FamilyMember> members;
    for (Text& text : texts) {
      text.resize(random() % 3);
      for (TokenCode& code : text) code = static_cast<TokenCode>(random() % 3);
      members.emplace_back().tokens = text;
      if (random() % 4 > 0) {
        members.back().seconds = static_cast<double>(random() % 5);
      }
    }
    for (const bool use_dates : {true, false}) {
      const DuplicateClasses classes =
          FindDuplicateClasses({members, {}, {}, use_dates});
      // Dated ones first, by date; by number among equals.
      const auto key = [&](uint32_t i) {
        const auto seconds = use_dates ? members[i].seconds : std::nullopt;
        return std::tuple(!seconds.has_value(), seconds.value_or(0), i);
      };
      size_t listed = 0;
      uint32_t lowest = 0;
      for (const std::vector<uint32_t>& list : classes.members) {
        listed += list.size();
        const uint32_t least = *std::min_element(list.begin(), list.end());
        EXPECT_GE(least, lowest);
        lowest = least;
        for (size_t i = 1; i < list.size(); ++i) {
          EXPECT_LT(key(list[i - 1]), key(list[i]));
        }
      }
      EXPECT_EQ(listed, members.size());
      for (size_t i = 0; i < texts.size(); ++i) {
        for (size_t j = 0; j < texts.size(); ++j) {
          EXPECT_EQ(classes.class_of[i] == classes.class_of[j],
                    texts[i] == texts[j]);
        }
      }
    }
  }
}

// The members of a class whose dates are these days.
std::vector<uint32_t> Order(const std::vector<double>& days) {
  std::vector<FamilyMember> members(days.size());
  for (size_t i = 0; i < days.size(); ++i) members[i].seconds = days[i] * kDay;
  return FindDuplicateClasses({members, {}, {}}).members[0];
}

TEST(DuplicateClasses, OfManyTheFirstIsTheEarliestThatIsLikelyRight) {
  const std::vector<double> right = {100,   100.1, 100.2, 100.3,
                                     100.4, 100.5, 100.6, 101};
  EXPECT_EQ(Order(right)[0], 0);
  std::vector<double> one_is_early = right;
  one_is_early[5] = -900;
  EXPECT_EQ(Order(one_is_early),
            (std::vector<uint32_t>{0, 5, 1, 2, 3, 4, 6, 7}));
  // A few dates do not tell.
  one_is_early.pop_back();
  EXPECT_EQ(Order(one_is_early)[0], 5);
}

// All that may be as early as the first follow it, whatever clocks hide.
TEST(DuplicateClasses, TiedFollowTheFirst) {
  const Text text = {1, 2, 3};
  std::mt19937 random(32);
  for (int round = 0; round < 200; ++round) {
    std::vector<FamilyMember> members(1 + random() % 7);
    for (FamilyMember& member : members) {
      member.tokens = text;
      if (random() % 5 == 0) continue;
      member.seconds = static_cast<double>(random() % 4) * kDay / 4;
      member.seconds_error = random() % 2 == 0 ? 0 : kDay / 2;
    }
    const DuplicateClasses classes = FindDuplicateClasses({members, {}, {}});
    const FamilyMember& first = members[classes.members[0][0]];
    for (size_t i = 1; i < members.size(); ++i) {
      const FamilyMember& other = members[classes.members[0][i]];
      bool may_be_first = !first.seconds;
      if (first.seconds && other.seconds) {
        const double later = *other.seconds - *first.seconds;
        may_be_first =
            later == 0 || later < first.seconds_error + other.seconds_error;
      }
      EXPECT_EQ(may_be_first, i < classes.tied[0]) << round << " " << i;
    }
    const bool is_dated = std::any_of(
        members.begin(), members.end(),
        [](const FamilyMember& m) { return m.seconds.has_value(); });
    EXPECT_EQ(FindDuplicateClasses({members, {}, {}, false}).tied[0],
              is_dated ? members.size() : 1);
  }
}

// Days, minutes and instants: the first is before none of the rest, and those
// tied with it are all that none is before.
TEST(DuplicateClasses, OnlyWhatIsLaterThanAnotherIsNotTheFirst) {
  const Text text = {1, 2, 3};
  std::mt19937 random(33);
  size_t tied = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<FamilyMember> members(1 + random() % 7);
    for (FamilyMember& member : members) {
      member.tokens = text;
      if (random() % 6 == 0) continue;
      constexpr double kLengths[] = {0, 60, kDay};
      member.seconds_length = kLengths[random() % 3];
      const double begin = member.seconds_length == kDay
                               ? static_cast<double>(random() % 3) * kDay
                               : static_cast<double>(random() % 72) * kDay / 24;
      member.seconds = begin + member.seconds_length / 2;
      member.seconds_error = member.seconds_length == kDay ? kDay / 2 : 0;
    }
    const DuplicateClasses classes = FindDuplicateClasses({members, {}, {}});
    const auto is_later = [&](uint32_t member) {
      const FamilyMember& copy = members[member];
      return std::any_of(members.begin(), members.end(),
                         [&](const FamilyMember& source) {
                           return copy.seconds && source.seconds &&
                                  *source.seconds < *copy.seconds &&
                                  *source.seconds + source.seconds_length / 2 <=
                                      *copy.seconds - copy.seconds_length / 2;
                         });
    };
    const bool is_dated =
        std::any_of(members.begin(), members.end(),
                    [](const FamilyMember& m) { return m.seconds; });
    for (size_t i = 0; i < members.size(); ++i) {
      const uint32_t member = classes.members[0][i];
      const bool may_be_first =
          !is_later(member) && (members[member].seconds || !is_dated);
      EXPECT_EQ(may_be_first, i < classes.tied[0]) << round << " " << i;
      tied += may_be_first && i > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(tied, 100U);
}

// A day's report may be as old as its earliest hour, and is no younger than
// the one that has an hour.
TEST(DuplicateClasses, TheClockIsOfWhicheverIsTheFirst) {
  const Text text = {1, 2, 3};
  std::vector<FamilyMember> members(3);
  for (FamilyMember& member : members) member.tokens = text;
  members[0].seconds = 1.5 * kDay;
  members[0].seconds_length = kDay;
  members[1].seconds = 1.75 * kDay + 30;
  members[1].seconds_length = 60;
  const Clock clock = FindDuplicateClasses({members, {}, {}}).clocks[0];
  EXPECT_EQ(BeginOf(clock), kDay);
  EXPECT_EQ(EndOf(clock), 1.75 * kDay + 60);
}

// 0 has a credit of 1, whose date and its own do not tell; 2 is later, though
// credited, and 3 as early as any.
TEST(DuplicateClasses, EvidenceTellsWhereDatesDoNot) {
  const Text text = {1, 2, 3};
  std::vector<FamilyMember> members(4);
  for (FamilyMember& member : members) {
    member.tokens = text;
    member.seconds = 1.5 * kDay;
    member.seconds_length = kDay;
  }
  members[2].seconds = 2.5 * kDay;
  const std::vector<MemberEvidence> evidence = {{0, 1, -4}, {2, 0, 4}};
  const auto find = [&](std::span<const MemberEvidence> said) {
    return FindDuplicateClasses({members, {}, said});
  };
  const DuplicateClasses unknown = find({});
  EXPECT_EQ(unknown.members[0], (std::vector<uint32_t>{0, 1, 3, 2}));
  EXPECT_EQ(unknown.tied[0], 3U);
  const DuplicateClasses told = find(evidence);
  EXPECT_EQ(told.members[0], (std::vector<uint32_t>{1, 3, 0, 2}));
  EXPECT_EQ(told.tied[0], 2U);
  EXPECT_NEAR(told.told[0], 0.982, 0.001);
  EXPECT_EQ(told.told[1] + told.told[2] + told.told[3], 0);
  // What is no decision breaks no tie, and neither does a circle.
  const std::vector<MemberEvidence> weak = {{1, 0, 0.3}};
  EXPECT_EQ(find(weak).tied[0], 3U);
  const std::vector<MemberEvidence> circle = {{1, 0, 4}, {0, 3, 4}, {3, 1, 4}};
  EXPECT_EQ(find(circle).tied[0], 3U);
  EXPECT_EQ(find(circle).told, std::vector<double>(4, 0));
  // Without dates all may be the first, and those credited go first.
  for (FamilyMember& member : members) member.seconds.reset();
  const DuplicateClasses undated =
      FindDuplicateClasses({members, {}, evidence, false});
  EXPECT_EQ(undated.members[0], (std::vector<uint32_t>{1, 2, 3, 0}));
  EXPECT_EQ(undated.tied[0], 1U);
}

}  // namespace
}  // namespace wirecopy
