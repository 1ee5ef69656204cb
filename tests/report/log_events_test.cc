// What a run tells of itself to programs.

#include "report/log_events.h"

#include <gtest/gtest.h>

#include <string>

namespace wirecopy {
namespace {

TEST(LogEventsTest, NoControlCharacterIsLeft) {
  const std::string message = std::string("a\0b\n\x1B[31m\x7F", 10) +
                              "\xC2\x80\xC2\x9F\xC2\xA0\xC3\x80";
  EXPECT_EQ(ErrorEvent(message),
            R"({"level":"error","event":"error","message":"a\u0000b\n)"
            R"(\u001B[31m\u007F\u0080\u009F)"
            "\xC2\xA0\xC3\x80\"}\n");
}

TEST(LogEventsTest, Progress) {
  EXPECT_EQ(ProgressEvent("reading", 5, 10),
            "{\"level\":\"info\",\"event\":\"progress\","
            "\"stage\":\"reading\",\"done\":5,\"total\":10}\n");
}

TEST(LogEventsTest, AWarningForEachCount) {
  InputFigures figures;
  EXPECT_EQ(WarningEvents(figures), "");
  figures.rejected = 1;
  figures.missing_fields = {"\"a\"", "\"b\""};
  figures.invalid_utf8 = 2;
  figures.unreadable_dates = 3;
  figures.unused_metadata = 4;
  figures.repeated_inputs = 5;
  EXPECT_EQ(
      WarningEvents(figures),
      "{\"level\":\"warning\",\"event\":\"repeated_inputs\",\"count\":5}\n"
      "{\"level\":\"warning\",\"event\":\"missing_fields\",\"count\":2}\n"
      "{\"level\":\"warning\",\"event\":\"rejected\",\"count\":1}\n"
      "{\"level\":\"warning\",\"event\":\"invalid_utf8\",\"count\":2}\n"
      "{\"level\":\"warning\",\"event\":\"unreadable_dates\",\"count\":3}\n"
      "{\"level\":\"warning\",\"event\":\"unused_metadata\",\"count\":4}\n");
}

// Whoever reads the log knows where to look, and what is in a file does nothing
// to a terminal.
TEST(LogEventsTest, WarningsSayWhichWasTheFirst) {
  InputFigures figures;
  figures.rejected = 2;
  figures.first_rejection = "in.jsonl:7: no field \"te\x7Fxt\"";
  figures.unreadable_dates = 1;
  figures.first_unreadable_date = "soon";
  figures.repeated_inputs = 1;
  figures.first_repeated = "a is named twice";
  EXPECT_EQ(WarningEvents(figures),
            "{\"level\":\"warning\",\"event\":\"repeated_inputs\","
            "\"count\":1,\"first\":\"a is named twice\"}\n"
            "{\"level\":\"warning\",\"event\":\"rejected\",\"count\":2,"
            "\"first\":\"in.jsonl:7: no field \\\"te\\u007Fxt\\\"\"}\n"
            "{\"level\":\"warning\",\"event\":\"unreadable_dates\","
            "\"count\":1,\"first\":\"soon\"}\n");
}

}  // namespace
}  // namespace wirecopy
