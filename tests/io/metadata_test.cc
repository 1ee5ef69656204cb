// The table beside a folder of articles.

#include "io/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;

class MetadataTest : public ::testing::Test {
 protected:
  // The table, or nothing, with the error.
  Metadata Read(const std::string& name, const std::string& bytes,
                bool strict = false) {
    auto table = Metadata::Read(folder_.Write(name, bytes), strict);
    error_ = std::string(table.status().message());
    const size_t place = error_.find(name);
    if (place != std::string::npos) error_ = error_.substr(place);
    return table.ok() ? *std::move(table) : Metadata();
  }

  oracle::TempFolder folder_;
  std::string error_;
};

TEST_F(MetadataTest, JsonLinesAndCsvSayTheSame) {
  const std::string json =
      "{\"id\": \"a\", \"publisher\": \"P\", \"x\": [1], \"title\": null}\n\n"
      "{\"id\": 7, \"published\": \"2020-01-02\", \"url\": \"u\"}";
  const std::string csv =
      "\xEF\xBB\xBFx,publisher,id,published,url\r\n,P,a,,\r\n\r\n"
      "\"\n\",,7,2020-01-02,u\r\n";
  for (const auto& [name, bytes] :
       {std::pair("m.jsonl", json), std::pair("m.csv", csv)}) {
    const Metadata table = Read(name, bytes);
    EXPECT_EQ(error_, "");
    EXPECT_EQ(table.size(), 2U);
    ASSERT_NE(table.Find("a"), nullptr);
    EXPECT_EQ(table.Find("a")->publisher, "P");
    EXPECT_EQ(table.Find("a")->title, "");
    ASSERT_NE(table.Find("7"), nullptr);
    EXPECT_EQ(table.Find("7")->published, "2020-01-02");
    EXPECT_EQ(table.Find("7")->url, "u");
    EXPECT_EQ(table.Find("b"), nullptr);
  }
}

// Whoever replaces a table after it was read does not pass for what was read.
TEST_F(MetadataTest, StampIsOfWhatWasRead) {
  const std::string bytes = "id,url\n1,u\n";
  const Metadata table = Read("m.csv", bytes);
  const auto file = FileHandle::Open(folder_.Path("m.csv"));
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_TRUE(table.stamp().has_value());
  EXPECT_EQ(*table.stamp(), file->stamp());
  folder_.Write("other.csv", bytes);
  std::filesystem::rename(folder_.Path("other.csv"), folder_.Path("m.csv"));
  const auto other = FileHandle::Open(folder_.Path("m.csv"));
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_FALSE(*table.stamp() == other->stamp());
}

TEST_F(MetadataTest, Errors) {
  Read("m.csv", "id,url\na,b\nc\n");
  EXPECT_EQ(error_, "m.csv:3: has 1 fields; the first row names 2 columns");
  Read("m.csv", "name,url\na,b\n");
  EXPECT_EQ(error_,
            "m.csv:1: no column \"id\" among those of the first row: \"name\", "
            "\"url\"");
  Read("m.csv", "id,published\na,soon\n", /*strict=*/true);
  EXPECT_EQ(error_,
            "m.csv:2: published \"soon\" is no date; write it as 2025-09-10, "
            "2025-09-10T06:00:00+02:00 or 10 Sep 2025 06:00:00 +0200");
  Read("m.csv", "id,x\na,\"1\n2\"\na,\n");
  EXPECT_EQ(error_, "m.csv:4: id \"a\" was there before");
  Read("m.jsonl", "{\"id\":\"a\"}\n{\"url\":\"u\"}\n");
  EXPECT_EQ(error_, "m.jsonl:2: has no id");
  Read("m.jsonl", "{\"id\":\"a\",\"url\":5}\n");
  EXPECT_EQ(error_, "m.jsonl:1: field \"url\" is no string");
  Read("m.csv", "id,url,x,x,\"url\"\na,b,,,c\n");
  EXPECT_EQ(error_,
            "m.csv:1: the first row names column \"url\" more than once");
  Read("m.jsonl", "[]");
  EXPECT_EQ(error_, "m.jsonl:1: not a JSON object");
  Read("m.txt", "x");
  EXPECT_EQ(error_, "m.txt: metadata come as .csv, .tsv or .jsonl");
}

// What a spreadsheet writes where the comma is the decimal point, or is told to
// divide by tabs.
TEST_F(MetadataTest, FieldsAreDividedAsTheRowOfNamesIs) {
  for (const char* csv :
       {"id;title;url\na;x, y;u\n", "id\ttitle\na\tx, y\n",
        "\r\n \n\nid;title\na;x, y\n", "\t\n\ttitle\tid\n\tx, y\ta\n",
        "id,\"title\"\na,\"x, y\"\n", "\"id\";\"title\";\",\"\na;x, y;\n"}) {
    const Metadata table = Read("m.csv", csv);
    EXPECT_EQ(error_, "") << csv;
    ASSERT_NE(table.Find("a"), nullptr) << csv;
    EXPECT_EQ(table.Find("a")->title, "x, y") << csv;
  }
}

TEST_F(MetadataTest, DatesThatCannotBeRead) {
  for (const auto& [name, bytes] :
       {std::pair("m.csv", "id,published\na,soon\nb,2020-01-02\nc,late\n"),
        std::pair("m.jsonl",
                  "{\"id\":\"a\",\"published\":\"soon\"}\n"
                  "{\"id\":\"b\",\"published\":\"\"}\n"
                  "{\"id\":\"c\",\"published\":\"late\"}\n")}) {
    const Metadata table = Read(name, bytes);
    EXPECT_EQ(error_, "") << name;
    EXPECT_EQ(table.size(), 3U) << name;
    EXPECT_EQ(table.unreadable_dates(), 2U) << name;
    EXPECT_EQ(table.first_unreadable_date(), "soon") << name;
  }
}

// Whatever the table holds.
TEST_F(MetadataTest, ErrorsAreOneShortLine) {
  std::string row = "\"a\nb\x1B[31m\"";
  for (int i = 0; i < 20000; ++i) row += ",column";
  const std::string id = "\"" + std::string(5000, '\n') + "\",u\n";
  std::string unread = "id";
  for (int i = 0; i < 20; ++i) unread += ",\"\n" + std::to_string(i) + "\"";
  unread += "\n1" + std::string(20, ',') + "\n";
  for (const std::string& bytes :
       {row + "\n", "id,url\n" + id + id, "id,published\na," + id, unread}) {
    Read("m.csv", bytes, /*strict=*/true);
    EXPECT_NE(error_, "");
    EXPECT_LT(error_.size(), 600U);
    for (const char c : error_) EXPECT_GE(c, ' ') << error_;
  }
}

TEST_F(MetadataTest, TheFirstRowThatNobodyUsed) {
  Metadata table = Read("m.csv", "id,url\na,1\nb,2\nc,3\n");
  EXPECT_EQ(table.unused(), 3U);
  EXPECT_EQ(table.FirstUnused(), "a");
  EXPECT_EQ(table.Use("d"), nullptr);
  for (int i = 0; i < 2; ++i) EXPECT_NE(table.Use("a"), nullptr);
  EXPECT_EQ(table.unused(), 2U);
  EXPECT_EQ(table.FirstUnused(), "b");
  EXPECT_NE(table.Use("b"), nullptr);
  EXPECT_NE(table.Use("c"), nullptr);
  EXPECT_EQ(table.unused(), 0U);
  EXPECT_EQ(table.FirstUnused(), "");
}

TEST_F(MetadataTest, ColumnsThatMeanNothing) {
  EXPECT_THAT(Read("m.csv", "id,url,date,paper\na,u,d,p\n").unread_columns(),
              ElementsAre("date", "paper"));
  EXPECT_THAT(Read("m.jsonl",
                   "{\"id\":1,\"url\":\"u\",\"date\":5}\n"
                   "{\"id\":2,\"date\":6,\"x\":[]}\n")
                  .unread_columns(),
              ElementsAre("date", "x"));
  // With all that there is, nothing can be missing.
  EXPECT_THAT(Read("m.csv", "id,url,title,published,publisher,x\na,,,,,\n")
                  .unread_columns(),
              ElementsAre());
  Read("m.csv", "id,date\na,2020-01-01\n");
  EXPECT_EQ(error_,
            "m.csv: has no published, publisher, url or title and so tells "
            "nothing; besides the ids it has: \"date\"");
}

}  // namespace
}  // namespace wirecopy
