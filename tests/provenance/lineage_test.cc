#include "provenance/lineage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

using Text = std::vector<TokenCode>;
constexpr double kHour = 3600;

// Texts and their dates, all of which share passages.
struct Made {
  std::vector<Text> texts;
  std::vector<std::optional<double>> seconds;
  std::vector<MemberEvidence> evidence;
  bool use_dates = true;

  uint32_t Add(Text text, std::optional<double> hours) {
    texts.push_back(std::move(text));
    seconds.push_back(hours.has_value() ? std::optional(*hours * kHour)
                                        : std::nullopt);
    return static_cast<uint32_t>(texts.size() - 1);
  }

  std::vector<MemberLineage> Trace() const {
    std::vector<FamilyMember> members;
    std::vector<Family::Pair> pairs;
    for (uint32_t i = 0; i < texts.size(); ++i) {
      members.push_back({.tokens = texts[i], .seconds = seconds[i]});
      for (uint32_t j = i + 1; j < texts.size(); ++j) pairs.push_back({i, j});
    }
    return TraceLineage({.members = members,
                         .pairs = pairs,
                         .evidence = evidence,
                         .use_dates = use_dates});
  }
};

// Words that no other text has.
Text Fresh(size_t size) {
  static TokenCode next = 2;
  Text text(size);
  for (TokenCode& code : text) code = next += 2;
  return text;
}

// Other words at these places.
Text Edited(Text text, std::initializer_list<size_t> places) {
  for (const size_t place : places) text[place] = Fresh(1)[0];
  return text;
}

Text Part(const Text& text, size_t begin, size_t end) {
  return {text.begin() + static_cast<ptrdiff_t>(begin),
          text.begin() + static_cast<ptrdiff_t>(end)};
}

Text Joined(Text a, const Text& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::optional<uint32_t> ParentOf(const MemberLineage& lineage) {
  if (lineage.parents.empty()) return std::nullopt;
  return lineage.parents[0].member;
}

TEST(Lineage, NobodyHasNone) { EXPECT_TRUE(TraceLineage({}).empty()); }

TEST(Lineage, AChainOfCopies) {
  Made made;
  const Text first = Fresh(200);
  const Text second = Edited(first, {20, 60, 100});
  made.Add(first, 1);
  made.Add(second, 2);
  made.Add(Edited(second, {40, 80, 140}), 3);
  const auto lineage = made.Trace();
  EXPECT_EQ(lineage[0].status, MemberStatus::kRoot);
  EXPECT_EQ(ParentOf(lineage[1]), 0);
  EXPECT_EQ(ParentOf(lineage[2]), 1);
  EXPECT_EQ(lineage[2].parents[0].words, 197);
  EXPECT_GT(lineage[2].parents[0].confidence, 0.5);
}

TEST(Lineage, AStarOfCopies) {
  Made made;
  const Text root = Fresh(200);
  made.Add(root, 1);
  for (size_t i = 0; i < 6; ++i) {
    made.Add(Edited(root, {10 + i, 60 + i, 110 + i}),
             2 + static_cast<double>(i));
  }
  const auto lineage = made.Trace();
  for (size_t i = 1; i < lineage.size(); ++i) {
    EXPECT_EQ(ParentOf(lineage[i]), 0) << i;
  }
}

// The same without dates: who has nobody's edits is the root.
TEST(Lineage, AStarOfCopiesWithoutDates) {
  Made made;
  made.use_dates = false;
  const Text root = Fresh(200);
  for (size_t i = 0; i < 6; ++i) {
    made.Add(Edited(root, {10 + i, 60 + i, 110 + i}),
             2 + static_cast<double>(i));
  }
  made.Add(root, 20);
  const auto lineage = made.Trace();
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(ParentOf(lineage[i]), 6) << i;
  EXPECT_EQ(lineage[6].status, MemberStatus::kRoot);
}

TEST(Lineage, AClockThatIsWrongIsOverruledAndReported) {
  Made made;
  const Text root = Fresh(300);
  const Text middle =
      Edited(Part(root, 0, 270), {20, 60, 100, 140, 180, 220, 240, 260});
  made.Add(root, 1);
  made.Add(middle, 50);  // should be 2
  for (size_t i = 0; i < 5; ++i) {
    const double hours = 3 + static_cast<double>(i);
    made.Add(Edited(middle, {30 + i, 70 + i, 110 + i}), hours);
    made.Add(Edited(root, {35 + i, 75 + i, 115 + i}), hours);
  }
  const auto lineage = made.Trace();
  for (size_t i = 2; i < lineage.size(); i += 2) {
    EXPECT_EQ(ParentOf(lineage[i]), 1) << i;
    EXPECT_TRUE(lineage[i].clock_overruled) << i;
    EXPECT_EQ(ParentOf(lineage[i + 1]), 0) << i;
    EXPECT_FALSE(lineage[i + 1].clock_overruled) << i;
  }
}

TEST(Lineage, ClocksDecideBetweenTwo) {
  for (const bool mirrored : {false, true}) {
    Made made;
    const Text text = Fresh(150);
    // A trimmed text with a lead of its own, which is the older one.
    made.Add(Joined(Fresh(20), Edited(Part(text, 0, 120), {30, 60})),
             mirrored ? 9 : 1);
    made.Add(text, mirrored ? 1 : 9);
    const auto lineage = made.Trace();
    EXPECT_EQ(lineage[mirrored ? 1 : 0].status, MemberStatus::kRoot);
    EXPECT_EQ(ParentOf(lineage[mirrored ? 0 : 1]), mirrored ? 1 : 0);
    EXPECT_FALSE(lineage[0].clock_overruled || lineage[1].clock_overruled);
  }
}

TEST(Lineage, EvidenceDecidesBetweenTwoWithoutDates) {
  for (const uint32_t source : {0U, 1U}) {
    Made made;
    made.use_dates = false;
    const Text text = Fresh(150);
    made.Add(text, std::nullopt);
    made.Add(Edited(text, {30, 60, 90}), std::nullopt);
    made.evidence = {{source, 1 - source, 5}};
    const auto lineage = made.Trace();
    EXPECT_EQ(lineage[source].status, MemberStatus::kRoot);
    EXPECT_EQ(ParentOf(lineage[1 - source]), source);
  }
}

TEST(Lineage, ExactDuplicatesComeFromTheFirst) {
  Made made;
  const Text text = Fresh(120);
  made.Add(text, 7);
  made.Add(text, 3);
  made.Add(text, 5);
  made.Add(Edited(text, {40, 80}), 9);
  const auto lineage = made.Trace();
  EXPECT_EQ(lineage[1].status, MemberStatus::kRoot);
  for (const size_t i : {0, 2, 3}) EXPECT_EQ(ParentOf(lineage[i]), 1) << i;
  // One of the others might be it.
  EXPECT_LT(lineage[3].parents[0].confidence, 0.9);
}

// Each copy changed other words of a text that is not here; each has the
// others against it.
// Which of two that say the same at one time was first, nobody knows; nor which
// of two such copies is from the source, and which from the other.
TEST(Lineage, DuplicatesOfOneTimeAreTied) {
  Made made;
  const Text root = Fresh(200);
  const Text copy = Edited(root, {20, 60, 100, 140, 180});
  made.Add(root, 1);
  made.Add(root, 1);
  made.Add(root, 2);
  made.Add(copy, 3);
  made.Add(copy, 3);
  const auto lineage = made.Trace();
  for (const uint32_t i : {0, 1}) {
    EXPECT_EQ(lineage[i].status, MemberStatus::kUndecided);
    ASSERT_EQ(lineage[i].runners_up.size(), 1U);
    EXPECT_EQ(lineage[i].runners_up[0].member, 1 - i);
    EXPECT_EQ(lineage[i].runners_up[0].confidence, 0.5);
  }
  EXPECT_EQ(ParentOf(lineage[2]), 0);
  EXPECT_EQ(lineage[2].parents[0].share, 0.5);
  for (const uint32_t i : {3, 4}) {
    EXPECT_EQ(ParentOf(lineage[i]), 0);
    EXPECT_LE(lineage[i].parents[0].share, 0.25);
    ASSERT_FALSE(lineage[i].runners_up.empty());
    EXPECT_EQ(lineage[i].runners_up[0].member, 7 - i);
    EXPECT_EQ(lineage[i].runners_up[0].share, 0.5);
    EXPECT_EQ(lineage[i].twin, 3);
    EXPECT_TRUE(lineage[i].is_like_twin);
  }
  EXPECT_EQ(lineage[2].twin, 0);
  EXPECT_FALSE(lineage[2].is_like_twin);
}

TEST(Lineage, CopiesOfAnAbsentSource) {
  Made made;
  const Text absent = Fresh(300);
  for (size_t i = 0; i < 6; ++i) {
    Text copy = absent;
    for (size_t k = 0; k < 5; ++k) copy = Edited(copy, {10 + 7 * i + 55 * k});
    made.Add(copy, 1 + static_cast<double>(i));
  }
  const auto lineage = made.Trace();
  for (const MemberLineage& one : lineage) {
    EXPECT_EQ(one.status, MemberStatus::kHiddenSource);
    EXPECT_EQ(one.source_group, 1);
    EXPECT_GT(one.absent_confidence, 0.5);
    EXPECT_TRUE(one.parents.empty());
  }
}

TEST(Lineage, TwoWithOneAbsentSource) {
  const Text wire = Fresh(120);
  Made made;
  made.Add(Joined(Joined(Fresh(30), Part(wire, 0, 100)), Fresh(30)), 1);
  made.Add(
      Joined(Joined(Joined(Joined(Fresh(25), Part(wire, 60, 100)), Fresh(25)),
                    Part(wire, 0, 60)),
             Fresh(30)),
      2);
  const auto lineage = made.Trace();
  for (const MemberLineage& one : lineage) {
    EXPECT_EQ(one.status, MemberStatus::kHiddenSource);
    EXPECT_EQ(one.source_group, 1);
  }
}

TEST(Lineage, ATrimmedCopyWithALeadIsACopy) {
  const Text text = Fresh(200);
  Made made;
  made.Add(text, 1);
  made.Add(Joined(Fresh(40), Edited(Part(text, 30, 150), {30, 80})), 2);
  const auto lineage = made.Trace();
  EXPECT_EQ(lineage[0].status, MemberStatus::kRoot);
  EXPECT_EQ(ParentOf(lineage[1]), 0);
}

TEST(Lineage, ADigestHasTwoParents) {
  const Text one = Fresh(150);
  const Text other = Fresh(150);
  Made made;
  made.Add(one, 1);
  made.Add(Edited(one, {20, 50, 100}), 2);
  made.Add(other, 3);
  made.Add(Edited(other, {20, 50, 100}), 4);
  made.Add(Joined(Part(one, 0, 110), Part(other, 0, 80)), 5);
  const auto lineage = made.Trace();
  EXPECT_EQ(lineage[0].status, MemberStatus::kRoot);
  EXPECT_EQ(lineage[2].status, MemberStatus::kRoot);
  ASSERT_EQ(lineage[4].parents.size(), 2);
  EXPECT_EQ(lineage[4].parents[0].member, 0);
  EXPECT_EQ(lineage[4].parents[1].member, 2);
  EXPECT_EQ(lineage[4].parents[1].words, 80);
}

TEST(Lineage, LongTextsHaveConfidencesThatAreNumbers) {
  for (const bool use_dates : {false, true}) {
    Made made;
    made.use_dates = use_dates;
    const Text text = Fresh(20'000);
    made.Add(text, 1);
    made.Add(Edited(text, {1000, 5000}), 2);
    made.Add(Joined(Fresh(9'000), Part(text, 0, 9'000)), 3);
    for (const MemberLineage& one : made.Trace()) {
      EXPECT_TRUE(std::isfinite(one.absent_confidence));
      for (const ParentChoice& choice : one.parents) {
        EXPECT_GE(choice.confidence, 0);
        EXPECT_LE(choice.confidence, 1);
      }
      double sum = 0;
      for (const ParentChoice& choice : one.runners_up) {
        EXPECT_GE(choice.confidence, 0);
        sum += choice.confidence;
      }
      EXPECT_LE(sum, 1 + 1e-9);
    }
  }
}

// A family that grew at random, with the parent of each.
struct Grown {
  Made made;
  std::vector<std::optional<uint32_t>> parents;
};

Grown Grow(uint32_t seed, uint32_t size, size_t edits) {
  std::mt19937 random(seed);
  Grown grown;
  grown.made.Add(Fresh(250), 0);
  grown.parents.emplace_back();
  for (uint32_t i = 1; i < size; ++i) {
    const uint32_t parent =
        random() % 2 == 0 ? 0 : static_cast<uint32_t>(random() % i);
    Text text = grown.made.texts[parent];
    if (random() % 3 == 0) text = Part(text, 0, text.size() * 4 / 5);
    for (size_t k = 0; k < edits; ++k) {
      text = Edited(text, {random() % text.size()});
    }
    grown.made.Add(text, i);
    grown.parents.emplace_back(parent);
  }
  return grown;
}

TEST(Lineage, GrownFamilies) {
  int copies = 0;
  int right = 0;
  double expected = 0;
  for (uint32_t seed = 0; seed < 20; ++seed) {
    const Grown grown = Grow(seed, 20, 4);
    const auto lineage = grown.made.Trace();
    for (uint32_t i = 1; i < lineage.size(); ++i) {
      ++copies;
      right += ParentOf(lineage[i]) == grown.parents[i] ? 1 : 0;
      if (!lineage[i].parents.empty()) {
        expected += lineage[i].parents[0].confidence;
      }
    }
  }
  // 0.95 with four standard errors of room.
  EXPECT_GT(right, copies * (0.95 - 4 * std::sqrt(0.95 * 0.05 / copies)));
  // The confidences do not promise more than there is.
  EXPECT_LT(expected, right + 4 * std::sqrt(copies * 0.25));
}

TEST(Lineage, TheOrderOfMembersDoesNotCount) {
  const Grown grown = Grow(99, 25, 3);
  const auto lineage = grown.made.Trace();
  std::vector<uint32_t> order(lineage.size());
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), std::mt19937(4));
  Made shuffled;
  std::vector<uint32_t> place(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    shuffled.texts.push_back(grown.made.texts[order[i]]);
    shuffled.seconds.push_back(grown.made.seconds[order[i]]);
  }
  const auto again = shuffled.Trace();
  for (uint32_t i = 0; i < lineage.size(); ++i) {
    const MemberLineage& other = again[place[i]];
    EXPECT_EQ(lineage[i].status, other.status);
    ASSERT_EQ(lineage[i].parents.size(), other.parents.size());
    for (size_t k = 0; k < other.parents.size(); ++k) {
      EXPECT_EQ(place[lineage[i].parents[k].member], other.parents[k].member);
      EXPECT_NEAR(lineage[i].parents[k].confidence, other.parents[k].confidence,
                  1e-9);
    }
  }
}

TEST(Lineage, LargeFamiliesAreTraced) {
  Grown grown = Grow(3, 1500, 5);
  const auto lineage = grown.made.Trace();
  int right = 0;
  for (uint32_t i = 1; i < lineage.size(); ++i) {
    right += ParentOf(lineage[i]) == grown.parents[i] ? 1 : 0;
  }
  EXPECT_EQ(lineage[0].status, MemberStatus::kRoot);
  EXPECT_GT(right, 1499 * 0.8);
}

}  // namespace
}  // namespace wirecopy
