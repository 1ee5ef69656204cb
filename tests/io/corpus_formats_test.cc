// Compressed files, rows and pages: the same documents, however they come.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "io/corpus.h"
#include "tests/support/collect_sink.h"
#include "tests/support/compressing.h"
#include "tests/support/corpus_fixture.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using CorpusFormatsTest = oracle::CorpusFixture;

// Compression changes nothing but how the bytes come.
TEST_F(CorpusFormatsTest, CompressedFiles) {
  const std::string lines = "{\"id\":1,\"text\":\"a\"}\n{\"text\":\"b\"}";
  for (const auto& compress : {oracle::Gzip, oracle::Zstd}) {
    // Told by what they hold, not by what they are called.
    const std::string named = folder_.Write("in.jsonl.gz", compress(lines));
    const std::string other = folder_.Write("other", compress(lines));
    folder_.Write("f/one.txt.gz", compress("\xEF\xBB\xBFOne"));
    folder_.Write("f/two.txt", compress("Two"));
    folder_.Write("f/three.txt.zst", "Three");
    folder_.Write("f/no.gz", compress("No"));
    Scan({named, folder_.Path("f")});
    EXPECT_THAT(Ids(), ElementsAre("#1", named + "/2", "one", "three", "two"));
    EXPECT_THAT(Texts(), ElementsAre("a", "b", "One", "Three", "Two"));
    EXPECT_EQ(Line(1), "{\"text\":\"b\"}");
    EXPECT_TRUE(corpus_->LineIsUnended(1));
    EXPECT_EQ(corpus_->stats().bytes, lines.size() + 6 + 5 + 3);
    Scan({other});
    EXPECT_THAT(Texts(), ElementsAre("a", "b"));
  }
}

TEST_F(CorpusFormatsTest, DamagedCompressedFiles) {
  const std::string packed = oracle::Gzip("{\"text\":\"some words\"}\n");
  CorpusOptions options;
  for (const char* name : {"in.jsonl.gz", "f/in.txt.gz"}) {
    const std::string path =
        folder_.Write(name, packed.substr(0, packed.size() - 3));
    options.paths = {name[0] == 'f' ? folder_.Path("f") : path};
    auto corpus = Corpus::Open(options);
    absl::Status status = corpus.status();
    sink_.Clear();
    if (status.ok()) status = (*corpus)->Scan(2, &sink_);
    EXPECT_EQ(status.message(),
              "cannot read " + path + ": the data ends too early");
  }
}

TEST_F(CorpusFormatsTest, RowsOfCsv) {
  const std::string path =
      folder_.Write("in.csv",
                    "\xEF\xBB\xBFid,published,text\r\na,2020-01-01,one\r\n\r\n"
                    "b,,\"two\nlines\"\r\nc,d\r\n,,\"three, and\"");
  Scan({path});
  EXPECT_THAT(Ids(), ElementsAre("a", "b", path + "/7"));
  EXPECT_THAT(Texts(), ElementsAre("one", "two\nlines", "three, and"));
  EXPECT_THAT(Refusals(),
              ElementsAre(Refusal(
                  path, 6, "has 2 fields; the first row names 3 columns")));
  EXPECT_TRUE(corpus_->Published(0).has_value());
  EXPECT_TRUE(corpus_->IsLine(1));
  EXPECT_EQ(Line(1), "b,,\"two\nlines\"\r");
  EXPECT_EQ(Line(2), ",,\"three, and\"");
  EXPECT_TRUE(corpus_->LineIsUnended(2));
  EXPECT_EQ(corpus_->CommonHeader().value_or("none"), "id,published,text\r\n");
  const std::string other = folder_.Write("o.tsv", "text\tid\nx\ty\n");
  Scan({other});
  EXPECT_THAT(Texts(), ElementsAre("x"));
  Scan({path, other});
  EXPECT_EQ(corpus_->CommonHeader().status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(CorpusFormatsTest, BlankLinesAboveTheRowOfNames) {
  const std::string path =
      folder_.Write("in.csv", "\n \r\nid;text\na;x, y\nb\n");
  Scan({path});
  EXPECT_THAT(Ids(), ElementsAre("a"));
  EXPECT_THAT(Texts(), ElementsAre("x, y"));
  EXPECT_THAT(Refusals(),
              ElementsAre(Refusal(
                  path, 5, "has 1 fields; the first row names 2 columns")));
  EXPECT_EQ(corpus_->CommonHeader().value_or("none"), "\n \r\nid;text\n");
  Scan({folder_.Write("in.csv", "\n\n")});
  EXPECT_THAT(Texts(), ElementsAre());
}

TEST_F(CorpusFormatsTest, CsvWithoutTheTextsColumn) {
  CorpusOptions options;
  options.paths = {folder_.Write("in.csv", "id,body\na,b\n")};
  auto corpus = Corpus::Open(options);
  ASSERT_TRUE(corpus.ok());
  EXPECT_EQ((*corpus)->Scan(2, &sink_).message(),
            options.paths[0] +
                ": no column \"text\" among those of the first row: \"id\", "
                "\"body\"");
}

TEST_F(CorpusFormatsTest, PagesOfCommonCrawl) {
  const auto page = [](const std::string& type, const std::string& text) {
    return "WARC/1.0\r\nWARC-Type: " + type +
           "\r\nWARC-Record-ID: <urn:" + text +
           ">\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" +
           text + "\r\n\r\n";
  };
  const std::string bytes = page("warcinfo", "i") + page("conversion", "one") +
                            "WARC/1.0\r\nWARC-Type: conversion\r\n\r\n" +
                            page("conversion", "two");
  for (const bool packed : {false, true}) {
    const std::string path =
        folder_.Write("in", packed ? oracle::Gzip(bytes) : bytes);
    Scan({path});
    EXPECT_THAT(Ids(), ElementsAre("urn:one", "urn:two"));
    EXPECT_THAT(Texts(), ElementsAre("one", "two"));
    EXPECT_THAT(Refusals(),
                ElementsAre(Refusal(
                    path, 15, "the WARC record has no valid Content-Length")));
    EXPECT_FALSE(corpus_->IsLine(0));
  }
}

}  // namespace
}  // namespace wirecopy
