#include "report/trace_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/time/time.h"

namespace wirecopy {
namespace {

TEST(Times, AreInUtc) {
  const absl::Time time = absl::FromUnixSeconds(1714982400 + 5 * 60);
  EXPECT_EQ(DateText(time), "2024-05-06");
  EXPECT_EQ(HourText(time), "08:05");
  EXPECT_EQ(MomentText(time), "2024-05-06 08:05 UTC");
  EXPECT_EQ(MomentText(DayOf(time)), "2024-05-06 00:00 UTC");
  EXPECT_EQ(DateText(absl::FromUnixSeconds(-62135596800)), "0001-01-01");
}

TEST(PublishedText, SaysWhatIsKnown) {
  TraceDocumentRecord document;
  EXPECT_EQ(PublishedText(document), "");
  document.published = absl::FromUnixSeconds(1714982400);
  EXPECT_EQ(PublishedText(document), "2024-05-06 08:00 UTC");
  document.published_is_uncertain = true;
  EXPECT_EQ(PublishedText(document), "2024-05-06 08:00, zone unknown");
  document.published = DayOf(*document.published);
  EXPECT_EQ(PublishedText(document), "about 2024-05-06");
}

TEST(TraceLabel, ShortensAndLeavesOutWhatCannotBeSeen) {
  EXPECT_EQ(TraceLabel("A short one", 20), "A short one");
  EXPECT_EQ(TraceLabel(" \n two\nlines", 20), "two lines");
  EXPECT_EQ(TraceLabel("\u202Eabc\u2066", 20), "abc");
  EXPECT_EQ(TraceLabel("", 20), "");
  EXPECT_THAT(TraceLabel("\u0628\u0639\u062F \u0623\u0631\u0628\u0639", 4),
              testing::EndsWith("…\u200F"));
  const std::string label = TraceLabel(std::string(100, 'W'), 11.5);
  EXPECT_LE(WidthOf(label), 11.5);
  EXPECT_GT(WidthOf(label), 9);
  EXPECT_THAT(label, testing::EndsWith("…"));
}

TEST(DelayText, InAUnitThatFits) {
  EXPECT_EQ(DelayText(absl::Minutes(40)), "40 min");
  EXPECT_EQ(DelayText(absl::Minutes(205)), "3.4 h");
  EXPECT_EQ(DelayText(absl::Hours(36)), "36 h");
  EXPECT_EQ(DelayText(absl::Hours(24 * 12)), "12 days");
  EXPECT_EQ(DelayText(absl::Hours(24 * 700)), "700 days");
  EXPECT_EQ(DelayText(absl::Hours(24) * 2914635), "7980 years");
  EXPECT_EQ(DelayText(-absl::Hours(2)), "\u22122 h");
}

TEST(ConfidenceText, IsNeverMoreThanItIs) {
  EXPECT_EQ(ConfidenceText(0.976), "0.98");
  EXPECT_EQ(ConfidenceText(0.9999), "0.99");
  EXPECT_EQ(ConfidenceText(1), "1.00");
}

TEST(TraceLabel, IsOfBoundedSizeEvenWhereNothingHasAWidth) {
  std::string marks = "a";
  for (int i = 0; i < 1000; ++i) marks += "\u0301";
  EXPECT_LT(TraceLabel(marks, 10).size(), 200U);
}

}  // namespace
}  // namespace wirecopy
