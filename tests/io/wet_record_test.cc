// Common Crawl's text, whole and broken.

#include "io/wet_record.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"

namespace wirecopy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

std::string WetRecord(const std::string& type, const std::string& id,
                      const std::string& text) {
  return absl::StrCat("WARC/1.0\r\nWARC-Type: ", type,
                      "\r\nWARC-Target-URI: http://example.org/\r\n"
                      "WARC-Record-ID: <",
                      id, ">\r\nContent-Type: text/plain\r\ncontent-length:  ",
                      text.size(), "\r\n\r\n", text, "\r\n\r\n");
}

TEST(WetRecordSizeTest, ByTheLengthThatTheHeaderStates) {
  // What looks like the next record is the text's own.
  const std::string first =
      WetRecord("conversion", "urn:uuid:1", "a\r\n\r\nWARC/1.0\r\n");
  const std::string second = WetRecord("conversion", "urn:uuid:2", "");
  const std::string bytes = first + second;
  EXPECT_EQ(WetRecordSize(bytes, false), first.size());
  // More empty lines may come behind the last.
  EXPECT_EQ(WetRecordSize(second, false), kNowhere);
  EXPECT_EQ(WetRecordSize(second, true), second.size());
  for (size_t size = 0; size < first.size(); ++size) {
    EXPECT_EQ(WetRecordSize(bytes.substr(0, size), false), kNowhere) << size;
  }
}

TEST(WetRecordSizeTest, GoesOnAtTheNextMark) {
  const std::string good = WetRecord("conversion", "urn:uuid:2", "text");
  const std::string no_length =
      "WARC/1.0\r\nWARC-Type: conversion\r\n\r\nx\r\n";
  EXPECT_EQ(WetRecordSize(no_length + good, false), no_length.size());
  const std::string too_long =
      "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: "
      "999999\r\n\r\nx\r\n";
  EXPECT_EQ(WetRecordSize(too_long + good, false), kNowhere);
  EXPECT_EQ(WetRecordSize(too_long + good, true), too_long.size());
  const std::string rubbish(100000, 'x');
  EXPECT_EQ(WetRecordSize(rubbish + "\n" + good, false), rubbish.size() + 1);
  EXPECT_EQ(WetRecordSize(rubbish, true), rubbish.size());
}

struct Read {
  Record record;  // without what ends with the parser
  std::optional<DocumentId> id;
  std::string text;
  std::string error;
};

Read Parse(const std::string& bytes) {
  WetRecordParser parser;
  Read read;
  read.error = std::string(parser.Parse(bytes, &read.record).message());
  read.text = read.record.text;
  if (read.record.id) read.id = read.record.id->Owned();
  return read;
}

TEST(WetRecordTest, Documents) {
  const Read read = Parse(WetRecord("conversion", "urn:uuid:1", "a\xFF\n"));
  EXPECT_EQ(read.error, "");
  EXPECT_EQ(read.text, "a\uFFFD\n");
  EXPECT_EQ(read.record.replaced, 1U);
  EXPECT_EQ(read.id, (DocumentId{false, "urn:uuid:1"}));
  EXPECT_TRUE(read.record.is_document);
  EXPECT_FALSE(Parse(WetRecord("warcinfo", "x", "y")).record.is_document);
  EXPECT_FALSE(Parse("\r\n\r\n").record.is_document);
}

TEST(WetRecordTest, WhatIsNoRecord) {
  EXPECT_EQ(Parse("text").error, "no WARC record");
  EXPECT_EQ(Parse("WARC/1.0\r\nContent-Length: 1\r\n\r\nx").error,
            "the WARC record has no WARC-Type");
  for (const char* length : {"", "-1", "1x", "99999999999999999999"}) {
    EXPECT_EQ(Parse(absl::StrCat("WARC/1.0\r\nWARC-Type: conversion\r\n"
                                 "Content-Length: ",
                                 length, "\r\n\r\nx"))
                  .error,
              "the WARC record has no valid Content-Length")
        << length;
  }
  EXPECT_EQ(
      Parse("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 5\r\n\r\nx")
          .error,
      "the WARC record is to have 5 bytes and has 1");
}

}  // namespace
}  // namespace wirecopy
