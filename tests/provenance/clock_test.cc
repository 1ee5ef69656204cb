#include "provenance/clock.h"

#include <gtest/gtest.h>

#include <random>

#include "provenance/direction_weights.h"

namespace wirecopy {
namespace {

PublicationTime At(int day, int hour, bool is_uncertain = false) {
  return {true,
          absl::FromUnixSeconds(0) + absl::Hours(24 * day) + absl::Hours(hour),
          is_uncertain};
}

TEST(ClockTest, TheEarlierIsLikelierTheSource) {
  EXPECT_GT(ClockLogOdds(At(1, 9), At(1, 12)), 0);
  EXPECT_LT(ClockLogOdds(At(1, 12), At(1, 9)), 0);
}

TEST(ClockTest, FurtherApartIsSurer) {
  const double minutes =
      ClockLogOdds(At(1, 9), {true, At(1, 9).time + absl::Minutes(10), false});
  const double hours = ClockLogOdds(At(1, 9), At(1, 12));
  const double days = ClockLogOdds(At(1, 9), At(9, 9));
  EXPECT_LT(minutes, hours);
  EXPECT_LT(hours, days);
  EXPECT_DOUBLE_EQ(ClockLogOdds(At(1, 9), At(2000, 9)), kClockBound);
}

TEST(ClockTest, UnknownAndEqualSayNothing) {
  EXPECT_EQ(ClockLogOdds(At(1, 9), {}), 0);
  EXPECT_EQ(ClockLogOdds({}, At(1, 9)), 0);
  EXPECT_EQ(ClockLogOdds(At(1, 9), At(1, 9)), 0);
  EXPECT_EQ(ClockLogOdds(At(1, 0, true), At(1, 0, true)), 0);
}

TEST(ClockTest, ADateAloneMayBeAnyHour) {
  // At noon of the same day: as likely before as behind.
  EXPECT_NEAR(ClockLogOdds(At(1, 0, true), At(1, 12)), 0, 0.01);
  // In the evening the day was likelier before.
  const double evening = ClockLogOdds(At(1, 0, true), At(1, 22));
  EXPECT_GT(evening, 0);
  EXPECT_LT(evening, ClockLogOdds(At(1, 0), At(1, 22)));
  // The day before is before.
  EXPECT_GT(ClockLogOdds(At(1, 0, true), At(3, 0, true)), 2);
}

TEST(ClockTest, AZoneMayBeWrongByHoursNotByDays) {
  const double near = ClockLogOdds(At(1, 9, true), At(1, 12, true));
  EXPECT_GT(near, 0);
  EXPECT_LT(near, ClockLogOdds(At(1, 9), At(1, 12)) / 2);
  EXPECT_GT(ClockLogOdds(At(1, 9, true), At(9, 12, true)), kClockBound - 1);
}

TEST(ClockTest, MirrorsToTheLastBit) {
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    PublicationTime times[2];
    for (PublicationTime& time : times) {
      time = At(static_cast<int>(random() % 3),
                static_cast<int>(random() % 3) * 8, random() % 2 == 0);
    }
    EXPECT_EQ(ClockLogOdds(times[0], times[1]),
              -ClockLogOdds(times[1], times[0]));
  }
}

TEST(ClockTest, ExtremeTimesStayFinite) {
  const PublicationTime first = {true, absl::FromUnixSeconds(-62135596800),
                                 true};
  const PublicationTime last = {true, absl::FromUnixSeconds(253402300799),
                                true};
  EXPECT_NEAR(ClockLogOdds(first, last), kClockBound, 0.01);
}

}  // namespace
}  // namespace wirecopy
