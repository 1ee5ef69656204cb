#include "provenance/clock.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

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
  // Of the same day no hour is before or behind.
  for (int hour = 0; hour < 24; ++hour) {
    EXPECT_EQ(ClockLogOdds(At(1, 0, true), At(1, hour)), 0);
    EXPECT_EQ(ClockLogOdds(At(1, 0, true), At(1, hour, true)), 0);
  }
  // The hours around it are, less surely than if it were midnight or noon.
  EXPECT_GT(ClockLogOdds(At(0, 23), At(1, 0, true)), 2);
  EXPECT_LT(ClockLogOdds(At(0, 23), At(1, 0, true)),
            ClockLogOdds(At(0, 23), At(1, 12)));
  EXPECT_GT(ClockLogOdds(At(1, 0, true), At(2, 0)), 2);
  EXPECT_LT(ClockLogOdds(At(1, 0, true), At(2, 0)),
            ClockLogOdds(At(1, 0), At(2, 0)));
  // The day before is before.
  EXPECT_GT(ClockLogOdds(At(1, 0, true), At(2, 0, true)), 2);
}

PublicationTime AtSecond(int64_t second, bool is_uncertain = false) {
  return {true, absl::FromUnixSeconds(second), is_uncertain};
}

TEST(ClockTest, WhatIsStatedLastsAsLongAsItIsPrecise) {
  EXPECT_EQ(StatedLength(At(1, 0, true)), absl::Hours(24));
  EXPECT_EQ(StatedLength(At(1, 0)), absl::Minutes(1));
  EXPECT_EQ(StatedLength(At(1, 5, true)), absl::Minutes(1));
  EXPECT_EQ(StatedLength(At(-1, 0, true)), absl::Hours(24));
  EXPECT_EQ(StatedLength(AtSecond(59)), absl::ZeroDuration());
  EXPECT_EQ(StatedLength(AtSecond(-61, true)), absl::ZeroDuration());
}

// Second by second: all that one may be is before all that the other may be.
TEST(ClockTest, IsStatedBeforeWhereNothingOverlaps) {
  std::vector<PublicationTime> times = {{}};
  for (const int64_t day : {-86400, 0, 86400, 2 * 86400}) {
    times.push_back(AtSecond(day, true));
    for (const int64_t second : {-61, -60, -1, 0, 1, 59, 60, 61, 43200}) {
      times.push_back(AtSecond(day + second));
    }
  }
  const auto last = [](const PublicationTime& time) {
    const absl::Duration length = StatedLength(time);
    return length == absl::ZeroDuration()
               ? time.time
               : time.time + length - absl::Seconds(1);
  };
  size_t before = 0;
  for (const PublicationTime& a : times) {
    for (const PublicationTime& b : times) {
      const bool is_before = a.is_known && b.is_known && last(a) < b.time;
      EXPECT_EQ(IsStatedBefore(a, b), is_before) << a.time << " " << b.time;
      before += is_before ? 1 : 0;
      if (!is_before && !IsStatedBefore(b, a)) {
        EXPECT_EQ(ClockLogOdds(a, b), 0);
      }
    }
  }
  EXPECT_GT(before, 300U);
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
