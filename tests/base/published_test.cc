#include "wirecopy/published.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace wirecopy {
namespace {

absl::Time Utc(int64_t year, int month, int day, int hour = 0, int minute = 0,
               int second = 0) {
  return absl::FromCivil(
      absl::CivilSecond(year, month, day, hour, minute, second),
      absl::UTCTimeZone());
}

void ExpectTime(const std::string& text, absl::Time time, bool is_uncertain) {
  const auto published = ParsePublished(text);
  ASSERT_TRUE(published.has_value()) << text;
  EXPECT_EQ(published->time, time) << text;
  EXPECT_EQ(published->is_uncertain, is_uncertain) << text;
}

TEST(PublishedTest, WithZone) {
  const absl::Time time = Utc(2023, 5, 6, 7, 8, 9);
  for (const char* text :
       {"2023-05-06T07:08:09Z", "2023-05-06t07:08:09z", "2023-05-06 07:08:09Z",
        "2023-05-06T07:08:09+00:00", "2023-05-06T07:08:09-00:00",
        "2023-05-06T09:38:09+02:30", "2023-05-05T21:08:09-10:00",
        "2023-05-06T07:08:09.000Z"}) {
    ExpectTime(text, time, false);
  }
  ExpectTime("2023-05-06T07:08:09.25Z", time + absl::Milliseconds(250), false);
  ExpectTime("2023-05-06 07:08:09.123456789+00:00",
             time + absl::Nanoseconds(123456789), false);
  for (const char* text :
       {"2023-05-06T07:08Z", "2023-05-06 07:08Z", "2023-05-06 09:38+02:30",
        "2023-05-06T09:38 +0230", "2023-05-06 09:38:00 +02:30"}) {
    ExpectTime(text, Utc(2023, 5, 6, 7, 8), false);
  }
  ExpectTime("1823-05-06T07:08:09Z", Utc(1823, 5, 6, 7, 8, 9), false);
}

TEST(PublishedTest, WithoutZoneIsUncertain) {
  ExpectTime("2023-05-06", Utc(2023, 5, 6), true);
  ExpectTime("2024-02-29", Utc(2024, 2, 29), true);
  ExpectTime("2023-05-06T07:08:09", Utc(2023, 5, 6, 7, 8, 9), true);
  ExpectTime("2023-05-06 07:08:09", Utc(2023, 5, 6, 7, 8, 9), true);
  ExpectTime("2023-05-06T07:08", Utc(2023, 5, 6, 7, 8), true);
  ExpectTime("2023-05-06 07:08", Utc(2023, 5, 6, 7, 8), true);
  ExpectTime("2023-05-06 07:08:09.5",
             Utc(2023, 5, 6, 7, 8, 9) + absl::Milliseconds(500), true);
}

TEST(PublishedTest, DatesThatAreNot) {
  for (const char* text :
       {"2023-02-30", "2023-02-29", "1900-02-29", "2023-04-31", "2023-13-01",
        "2023-00-10", "2023-01-00", "2023-01-32", "2023-01-01T24:00:00Z",
        "2023-01-01T25:00:00Z", "2023-01-01T10:60:00Z", "2023-01-01T10:00:61Z",
        "2023-02-30T10:00:00Z"}) {
    EXPECT_FALSE(ParsePublished(text).has_value()) << text;
  }
}

TEST(PublishedTest, Garbage) {
  for (const char* text : {"",
                           " ",
                           "yesterday",
                           "2023",
                           "2023-05",
                           "20230506",
                           "06.05.2023",
                           "05/06/2023",
                           "2023-05-0607:08",
                           "2023-05-0607:08:09Z",
                           "2023-5-607:08",
                           "2023-05-06 07:08 09",
                           "2023-05-06T",
                           "2023-05-06Z",
                           "2023-05-06T07",
                           "2023-05-06T07:08:09X",
                           "2023-05-06T07:08:09+",
                           "2023-05-06X07:08:09",
                           "2023-05-06T07:08:09Z!",
                           "2023-05-06, 07:08",
                           "2023-05-06 07",
                           "2023-05-06 7:8 pm",
                           "1683356889",
                           "infinite-future",
                           "infinite-past",
                           "Sat, 06 May 2023 07:08:09 GMT"}) {
    EXPECT_FALSE(ParsePublished(text).has_value()) << text;
  }
  EXPECT_FALSE(ParsePublished(std::string("2023-05-06\0", 11)).has_value());
  EXPECT_FALSE(ParsePublished(std::string(100000, '9')).has_value());
}

// Two digits are no year of the first century, and five are a slip.
TEST(PublishedTest, YearsHaveFourDigits) {
  for (const char* text :
       {"23-05-06", "202-05-06", "20233-05-06", "-2023-05-06", "+2023-05-06",
        "292278-01-01", "9999999999-01-01", "-290309-01-01T00:00:00Z"}) {
    EXPECT_FALSE(ParsePublished(text).has_value()) << text;
  }
}

TEST(PublishedTest, SpaceAroundIsNoMatter) {
  ExpectTime(" 2023-05-06", Utc(2023, 5, 6), true);
  ExpectTime("2023-05-06T07:08:09Z\n", Utc(2023, 5, 6, 7, 8, 9), false);
}

TEST(PublishedTest, EveryFormOfRandomTimes) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 3000; ++i) {
    const auto second = static_cast<int64_t>(random() % 250000000000ULL);
    const absl::Time time = Utc(1, 1, 1) + absl::Seconds(second);
    static constexpr const char* kWithZone[] = {
        "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dt%H:%M:%Sz", "%Y-%m-%d %H:%M:%S%Ez"};
    const int offset = static_cast<int>(random() % 1679) - 839;
    const absl::TimeZone zone = absl::FixedTimeZone(offset * 60);
    const char* const form = kWithZone[random() % std::size(kWithZone)];
    const bool is_utc = form[std::string(form).size() - 1] != 'z' ||
                        form[std::string(form).size() - 2] == 'S';
    std::string text =
        absl::FormatTime(form, time, is_utc ? absl::UTCTimeZone() : zone);
    const size_t year_digits = text.find('-', 1);
    // What lies before the year 1000, in UTC or in the zone, has fewer.
    text.insert(0, 4 - year_digits, '0');
    ExpectTime(text, time, false);
  }
}

}  // namespace
}  // namespace wirecopy
