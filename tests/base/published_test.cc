#include "wirecopy/published.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
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
                           "1683356889000",
                           "202305",
                           "2023050",
                           "202305061",
                           "20230506 0708",
                           "20230506T07",
                           "20230506T070",
                           "20230506T070809X",
                           "2023/05",
                           "2023/05/06/07",
                           "2023/05-06",
                           "infinite-future",
                           "infinite-past"}) {
    EXPECT_FALSE(ParsePublished(text).has_value()) << text;
  }
  EXPECT_FALSE(ParsePublished(std::string("2023-05-06\0", 11)).has_value());
  EXPECT_FALSE(ParsePublished(std::string(100000, '9')).has_value());
}

TEST(PublishedTest, AsFeedsHaveIt) {
  const absl::Time time = Utc(2023, 5, 6, 7, 8, 9);
  for (const char* text : {"Sat, 06 May 2023 07:08:09 GMT",
                           "Sat, 6 May 2023 07:08:09 UT",
                           "6 May 2023 07:08:09 UTC",
                           "06 May 2023 07:08:09 Z",
                           "sat, 06 may 2023 07:08:09 gmt",
                           "Saturday, 06 May 2023 07:08:09 GMT",
                           "Sat 06 May 2023 07:08:09 +0000",
                           "Sat, 06 May 2023 07:08:09 -0000",
                           "Sat, 06 May 2023 09:38:09 +0230",
                           "Fri, 05 May 2023 21:08:09 -1000",
                           "Sat, 06 May 2023 03:08:09 EDT",
                           "Sat, 06 May 2023 02:08:09 EST",
                           "Sat, 06 May 2023 02:08:09 CDT",
                           "Sat, 06 May 2023 01:08:09 CST",
                           "Sat, 06 May 2023 01:08:09 MDT",
                           "Sat, 06 May 2023 00:08:09 MST",
                           "Sat, 06 May 2023 00:08:09 PDT",
                           "Fri, 05 May 2023 23:08:09 PST",
                           "Sat,\t06  May\r\n 2023 07:08:09 GMT",
                           "Sat, 06 May 2023 09:08:09 +0200 (CEST)"}) {
    ExpectTime(text, time, false);
  }
  ExpectTime("Sat, 06 May 2023 07:08 GMT", Utc(2023, 5, 6, 7, 8), false);
  ExpectTime("Sat, 06 May 2023 07:08:09", time, true);
  ExpectTime("Sat, 06 May 2023", Utc(2023, 5, 6), true);
  // A second that was put in.
  ExpectTime("Sat, 31 Dec 2016 23:59:60 GMT", Utc(2017, 1, 1), false);
}

TEST(PublishedTest, MonthsByTheirNames) {
  static constexpr const char* kNames[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  for (int month = 1; month <= 12; ++month) {
    const std::string name = kNames[month - 1];
    const absl::Time day = Utc(2023, month, 9);
    ExpectTime("9 " + name + " 2023", day, true);
    ExpectTime("09 " + name.substr(0, 3) + " 2023", day, true);
    ExpectTime(name + " 9, 2023", day, true);
    ExpectTime(name.substr(0, 3) + ". 09 2023", day, true);
    ExpectTime(name + " 9, 2023 07:08", Utc(2023, month, 9, 7, 8), true);
    ExpectTime(name + " 9, 2023, 7:08 EST", Utc(2023, month, 9, 12, 8), false);
  }
  ExpectTime("Sept. 9, 2023", Utc(2023, 9, 9), true);
  ExpectTime("Saturday, May 6, 2023", Utc(2023, 5, 6), true);
}

TEST(PublishedTest, YearFirstWithoutDashes) {
  ExpectTime("20230506", Utc(2023, 5, 6), true);
  ExpectTime("20230506T070809Z", Utc(2023, 5, 6, 7, 8, 9), false);
  ExpectTime("20230506T0708", Utc(2023, 5, 6, 7, 8), true);
  ExpectTime("20230506T093809+0230", Utc(2023, 5, 6, 7, 8, 9), false);
  ExpectTime("2023/05/06", Utc(2023, 5, 6), true);
  ExpectTime("2023/5/6", Utc(2023, 5, 6), true);
  ExpectTime(" 2023/05/06 07:08:09", Utc(2023, 5, 6, 7, 8, 9), true);
  ExpectTime("2023/05/06T07:08:09Z", Utc(2023, 5, 6, 7, 8, 9), false);
}

TEST(PublishedTest, LeapDaysInEveryForm) {
  for (const char* text : {"Thu, 29 Feb 2024 00:00:00", "29 February 2024",
                           "Feb 29, 2024", "2024/02/29", "20240229"}) {
    ExpectTime(text, Utc(2024, 2, 29), true);
  }
  ExpectTime("29 Feb 2000", Utc(2000, 2, 29), true);
  for (const char* text :
       {"29 Feb 2023", "February 29, 2023", "2023/02/29", "20230229",
        "29 Feb 1900", "Wed, 29 Feb 2023 07:00:00 GMT",
        "Wed, 01 Mar 2024 07:00:00 GMT"}) {
    EXPECT_FALSE(ParsePublished(text).has_value()) << text;
  }
}

TEST(PublishedTest, OtherFormsOfDatesThatAreNot) {
  for (const char* text : {"Sun, 06 May 2023 07:08:09 GMT",  // a Saturday
                           "Sat, 06 May 2023 24:00:00 GMT",
                           "Sat, 06 May 2023 07:60:00 GMT",
                           "Sat, 06 May 2023 07:08:61 GMT",
                           "Sat, 06 May 2023 07:08:09 CEST",
                           "Sat, 06 May 2023 07:08:09 A",
                           "Sat, 06 May 2023 07:08:09 +02",
                           "Sat, 06 May 2023 07:08:09 +9900",
                           "Sat, 06 May 2023 07:08:09 GMT x",
                           "Sat, 06 May 2023 07:08:09 (",
                           "Sat, 06 May 2023 07:8:09 GMT",
                           "Sat, 06 May 2023 07 GMT",
                           "Sat, 06 May 2023 7:08 pm",
                           "Sat, 06 May 23 07:08:09 GMT",
                           "Sat, 06 May 02023 07:08:09 GMT",
                           "Sat",
                           "Sat,",
                           "Sat, 06",
                           "Sat, 06 May",
                           "May 2023",
                           "6 May",
                           "May 6",
                           "0 May 2023",
                           "32 May 2023",
                           "31 April 2023",
                           "May 006, 2023",
                           "6 Mai 2023",
                           "6 Ma 2023",
                           "6th May 2023",
                           "6 5 2023",
                           "20231301",
                           "20230532",
                           "20230500",
                           "20230506T2400Z",
                           "2023/13/01",
                           "2023/05/32",
                           "06/05/2023",
                           "6/5/2023",
                           "06.05.2023",
                           "06-05-2023"}) {
    EXPECT_FALSE(ParsePublished(text).has_value()) << text;
  }
  EXPECT_FALSE(ParsePublished(std::string("6 May 2023\0", 11)).has_value());
  EXPECT_FALSE(ParsePublished("6 May 2023" + std::string(100000, ' ')));
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

// Whole seconds are read by themselves. That is as the library reads parts of
// one; returns whether it is a time.
bool IsTimeWithAndWithoutParts(const std::string& text) {
  std::string with_parts = text;
  with_parts.insert(std::string_view("0000-00-00T00:00:00").size(), ".0");
  const auto whole = ParsePublished(text);
  const auto parts = ParsePublished(with_parts);
  EXPECT_EQ(whole.has_value(), parts.has_value()) << text;
  if (!whole || !parts) return false;
  EXPECT_EQ(whole->time, parts->time) << text;
  EXPECT_EQ(whole->is_uncertain, parts->is_uncertain) << text;
  return true;
}

TEST(PublishedTest, WholeSecondsOfRandomNumbers) {
  std::mt19937_64 random(2);
  // Up to two more than there are, and 99 now and then.
  const auto number = [&random](int least, int most) {
    const int n = std::uniform_int_distribution(least, most + 2)(random);
    return random() % 64 == 0 ? 99 : n;
  };
  int times = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = absl::StrFormat(
        "%04d-%02d-%02dT%02d:%02d:%02d", number(0, 9997), number(0, 12),
        number(0, 31), number(0, 23), number(0, 59), number(0, 59));
    if (random() % 4 == 0) {
      text += "Z";
    } else {
      absl::StrAppendFormat(&text, "%c%02d:%02d", random() % 2 == 0 ? '+' : '-',
                            number(0, 23), number(0, 59));
    }
    times += IsTimeWithAndWithoutParts(text) ? 1 : 0;
  }
  EXPECT_GT(times, 10000);
}

TEST(PublishedTest, WholeSecondsWithAnyByteInAnyPlace) {
  constexpr size_t kZone = 19;
  for (const std::string text :
       {"2023-05-06T07:08:09Z", "2023-05-06T07:08:09+02:30",
        "2023-05-06T07:08:09-11:59"}) {
    int times = 0;
    int others = 0;
    for (size_t place = 0; place < text.size(); ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        // Which would be of the parts; or end the seconds, after one digit.
        if (place == kZone && byte >= '0' && byte <= '9') continue;
        if (place == kZone - 1 &&
            absl::ascii_isspace(static_cast<unsigned char>(byte))) {
          continue;
        }
        std::string changed = text;
        changed[place] = static_cast<char>(byte);
        ++(IsTimeWithAndWithoutParts(changed) ? times : others);
      }
    }
    EXPECT_GT(times, 50);
    EXPECT_GT(others, 4000);
  }
}

// Every day of four centuries, read in each form as in the first.
TEST(PublishedTest, EveryDayInEveryForm) {
  static constexpr const char* kForms[] = {
      "%a, %d %b %Y %H:%M:%S GMT", "%A, %B %d, %Y %H:%M Z", "%d %B %Y 00:00 UT",
      "%Y/%m/%d 00:00Z", "%Y%m%dT000000Z"};
  const absl::CivilDay end(2101, 1, 1);
  for (absl::CivilDay day(1701, 1, 1); day < end; ++day) {
    const absl::Time time = absl::FromCivil(day, absl::UTCTimeZone());
    for (const char* const form : kForms) {
      ExpectTime(absl::FormatTime(form, time, absl::UTCTimeZone()), time,
                 false);
    }
  }
}

}  // namespace
}  // namespace wirecopy
