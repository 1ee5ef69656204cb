#include "report/csv_text.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/csv_reader.h"
#include "tests/support/trace_samples.h"

namespace wirecopy {
namespace {

using oracle::ReadCsv;

std::string Field(std::string_view text) {
  const std::string row = CsvRow().Add(text).Finish();
  return row.substr(0, row.size() - 2);
}

TEST(CsvTextTest, Rows) {
  CsvRow row;
  row.Add("a").Add(uint64_t{18446744073709551615ULL}).Add(0.5).Add(true);
  EXPECT_EQ(row.AddEmpty().Add(false).Finish(),
            "a,18446744073709551615,0.5,true,,false\r\n");
  EXPECT_EQ(row.AddEmpty().Add("b").Finish(), ",b\r\n");
  EXPECT_EQ(row.Add(-0.5).Finish(), "-0.5\r\n");
}

TEST(CsvTextTest, Quotes) {
  EXPECT_EQ(Field("it's plain"), "it's plain");
  EXPECT_EQ(Field("a,b"), "\"a,b\"");
  EXPECT_EQ(Field("a;b"), "\"a;b\"");
  EXPECT_EQ(Field("a\tb"), "\"a\tb\"");
  EXPECT_EQ(Field("a\nb"), "\"a\nb\"");
  EXPECT_EQ(Field("a\rb"), "\"a\rb\"");
  EXPECT_EQ(Field("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(Field(std::string("a\0b", 3)), "a\u2400b");
}

TEST(CsvTextTest, NothingIsComputed) {
  for (const char* text :
       {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1",
        "\u00a0=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "'", "'=1"}) {
    const auto rows = ReadCsv(Field(text) + "\r\n");
    ASSERT_TRUE(rows) << text;
    EXPECT_EQ(rows->at(0).at(0), std::string("'") + text);
  }
  EXPECT_EQ(Field("1=1"), "1=1");
  EXPECT_EQ(Field(""), "");
}

TEST(CsvTextTest, IsReadBack) {
  const std::string row = CsvRow()
                              .Add(oracle::HostileText())
                              .Add("x" + oracle::HostileText())
                              .Finish();
  const auto rows = ReadCsv(row);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  ASSERT_EQ(rows->at(0).size(), 2U);
  EXPECT_EQ(rows->at(0)[0], "'" + oracle::HostileTextInXml());
  EXPECT_EQ(rows->at(0)[1], "x" + oracle::HostileTextInXml());
}

// The check of the files can fail.
TEST(CsvTextTest, TheReaderRefusesWhatIsIllFormed) {
  EXPECT_TRUE(ReadCsv("a,b\r\n1,2\r\n"));
  for (const char* bad :
       {"a\n", "a", "a,\"b\r\n", "a\"b\r\n", "\"a\"b\r\n", "a,b\r\n1\r\n"}) {
    EXPECT_FALSE(ReadCsv(bad)) << bad;
  }
}

}  // namespace
}  // namespace wirecopy
