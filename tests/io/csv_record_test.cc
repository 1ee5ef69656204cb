// Rows of comma- and tab-separated values, as people and programs write them.

#include "io/csv_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using Fields = std::vector<std::string>;

constexpr size_t kNowhere = std::string_view::npos;

Fields Split(std::string_view row, char delimiter = ',') {
  Fields fields = {"what was there before", "too"};
  const absl::Status status = SplitCsvRow(row, delimiter, &fields);
  return status.ok() ? fields : Fields{std::string(status.message())};
}

TEST(SplitCsvRowTest, Fields) {
  EXPECT_THAT(Split(""), ElementsAre(""));
  EXPECT_THAT(Split("a\n"), ElementsAre("a"));
  EXPECT_THAT(Split("a,b c,,d\r\n"), ElementsAre("a", "b c", "", "d"));
  EXPECT_THAT(Split(",\n"), ElementsAre("", ""));
  EXPECT_THAT(Split("\"a,b\",\"c\nd\",\"say \"\"x\"\"\",\"\"\r\n"),
              ElementsAre("a,b", "c\nd", "say \"x\"", ""));
  EXPECT_THAT(Split("a\"b,5\" disk"), ElementsAre("a\"b", "5\" disk"));
  EXPECT_THAT(Split("a\tb,c\t\"d\te\"", '\t'), ElementsAre("a", "b,c", "d\te"));
}

TEST(SplitCsvRowTest, WhatIsNoRow) {
  EXPECT_THAT(Split("a,\"b\n"),
              ElementsAre("the quotes of field 2 are never closed"));
  EXPECT_THAT(Split("\"a\"b,c"),
              ElementsAre("field 1 goes on behind its quotes"));
}

// Writes rows as RFC 4180 has them.
std::string Written(const std::vector<Fields>& rows) {
  std::string out;
  for (const Fields& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      std::string quoted = "\"";
      for (const char c : row[i])
        quoted += c == '"' ? "\"\"" : std::string(1, c);
      const bool needs = row[i].find_first_of(",\"\n\r") != kNowhere;
      out += needs ? quoted + '"' : row[i];
    }
    out += '\n';
  }
  return out;
}

TEST(CsvRowSizeTest, RowsComeApartAsTheyWereWritten) {
  std::mt19937_64 random(3);
  const std::string alphabet = "ab,\"\n\r ";
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<Fields> rows(1 + random() % 4, Fields(1 + random() % 3));
    for (Fields& row : rows) {
      for (std::string& field : row) {
        const size_t size = random() % 6;
        for (size_t i = 0; i < size; ++i) {
          field += alphabet[random() % alphabet.size()];
        }
      }
    }
    const std::string bytes = Written(rows);
    std::string_view left = bytes;
    for (const Fields& row : rows) {
      const size_t size = CsvRowSize(left, ',', false);
      ASSERT_NE(size, kNowhere) << bytes;
      ASSERT_EQ(Split(left.substr(0, size)), row) << bytes;
      // Nothing shorter is taken for the row.
      for (size_t shorter = 0; shorter < size; ++shorter) {
        ASSERT_EQ(CsvRowSize(left.substr(0, shorter), ',', false), kNowhere);
      }
      left.remove_prefix(size);
    }
    ASSERT_TRUE(left.empty());
  }
}

TEST(CsvRowSizeTest, AtTheEnd) {
  EXPECT_EQ(CsvRowSize("a,b", ',', true), 3U);
  EXPECT_EQ(CsvRowSize("a,\"b\nc\"", ',', true), 7U);
  // Quotes that are never closed end with their line.
  EXPECT_EQ(CsvRowSize("a,\"b\nc,d\ne,f\n", ',', true), 5U);
  EXPECT_EQ(CsvRowSize("a,\"b\nc,d\ne,f\n", ',', false), kNowhere);
}

Record Parse(const std::string& header, const std::string& row,
             std::string* error) {
  const auto parser = CsvRecordParser::Create(header, ',', FieldNames());
  Record record;
  if (!parser.ok()) {
    *error = std::string(parser.status().message());
    return record;
  }
  static std::string text;  // outlives the parser, as what is behind the id
  static std::string id;
  *error = std::string((*parser)->Parse(row, &record).message());
  text = record.text;
  record.text = text;
  if (record.id) id = record.id->text;
  if (record.id) record.id->text = id;
  record.published = {};
  return record;
}

TEST(CsvRecordTest, ColumnsByName) {
  std::string error;
  Record record = Parse("url,text,id\n", "u,\"some, text\",7\n", &error);
  EXPECT_EQ(error, "");
  EXPECT_EQ(record.text, "some, text");
  EXPECT_EQ(record.id, (DocumentId{false, "7"}));
  record = Parse("text\n", "a\xFF\n", &error);
  EXPECT_EQ(record.text, "a\uFFFD");
  EXPECT_EQ(record.replaced, 1U);
  EXPECT_FALSE(record.id.has_value());
  record = Parse("id,text\n", ",x\n", &error);
  EXPECT_FALSE(record.id.has_value());
  EXPECT_FALSE(Parse("id,text\n", "\r\n", &error).is_document);
  EXPECT_EQ(error, "");
  Parse("id,text\n", "a,b,c\n", &error);
  EXPECT_EQ(error, "has 3 fields; the first row names 2 columns");
  Parse("id,body\n", "a,b\n", &error);
  EXPECT_EQ(error,
            "no column \"text\" among those of the first row: \"id\", "
            "\"body\"");
  Parse("id,url,text,url,id\n", "a,b,c,d,e\n", &error);
  EXPECT_EQ(error, "the first row names column \"id\" more than once");
  record = Parse("url,text,url\n", "a,b,c\n", &error);
  EXPECT_EQ(error, "");
  EXPECT_EQ(record.text, "b");
}

}  // namespace
}  // namespace wirecopy
