#include "provenance/direction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace wirecopy {
namespace {

std::vector<Evidence> Of(const std::vector<double>& weights) {
  std::vector<Evidence> evidence;
  for (const double weight : weights) {
    evidence.push_back({"clock", weight, "", false});
  }
  return evidence;
}

TEST(DirectionTest, IsTheSum) {
  const Direction direction = Decide(Of({2, -0.5, 0.25}));
  EXPECT_DOUBLE_EQ(direction.log_odds, 1.75);
  EXPECT_DOUBLE_EQ(direction.confidence, 1 / (1 + std::exp(-1.75)));
  EXPECT_TRUE(direction.decided);
  EXPECT_TRUE(direction.a_is_source());
}

TEST(DirectionTest, Mirrors) {
  const Direction there = Decide(Of({2, -0.5, 0.3}));
  const Direction back = Decide(Of({-2, 0.5, -0.3}));
  EXPECT_EQ(there.log_odds, -back.log_odds);
  EXPECT_EQ(there.confidence, back.confidence);
  EXPECT_FALSE(back.a_is_source());
}

TEST(DirectionTest, LittleEvidenceDecidesNothing) {
  EXPECT_FALSE(Decide({}).decided);
  EXPECT_EQ(Decide({}).confidence, 0.5);
  EXPECT_FALSE(Decide(Of({0.3})).decided);
  EXPECT_TRUE(Decide(Of({-0.5})).decided);
}

TEST(DirectionTest, SurenessEndsAtOne) {
  EXPECT_EQ(Decide(Of({5000})).confidence, 1);
  EXPECT_EQ(Decide(Of({-5000})).confidence, 1);
}

}  // namespace
}  // namespace wirecopy
