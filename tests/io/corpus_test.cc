// Which documents files and folders hold, and what they are called.

#include "io/corpus.h"

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
#include "tests/support/collect_sink.h"
#include "tests/support/corpus_fixture.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using CorpusTest = oracle::CorpusFixture;

TEST_F(CorpusTest, LinesWithAndWithoutIds) {
  const std::string path = folder_.Write("in.jsonl",
                                         R"({"id": "a", "text": "one"}
{"id": 7, "text": "two"}

{"text": "three"}
   
{"id": null, "text": "four"}
)");
  Scan({path});
  EXPECT_THAT(Ids(), ElementsAre("a", "#7", path + "/4", path + "/6"));
  EXPECT_THAT(Texts(), ElementsAre("one", "two", "three", "four"));
  EXPECT_EQ(corpus_->stats().read, 4U);
  EXPECT_EQ(Line(1), R"({"id": 7, "text": "two"})");
  EXPECT_TRUE(corpus_->IsLine(0));
  EXPECT_EQ(corpus_->Path(0), path);
}

TEST_F(CorpusTest, RecordsThatCannotBeUsed) {
  const std::string path = folder_.Write(
      "in.jsonl",
      "{\"id\": 1, \"text\": \"x\"}\n\nnonsense\n{\"id\": 2}\n"
      "{\"id\": 1, \"text\": \"y\"}\n{\"id\": \"1\", \"text\": \"z\"}\n"
      "{\"id\": 1.5, \"text\": \"x\"}\n{\"id\": 3, \"text\": null}\n[]\n");
  Scan({path});
  EXPECT_THAT(Ids(), ElementsAre("#1", "1"));
  EXPECT_THAT(Texts(), ElementsAre("x", "z"));
  EXPECT_EQ(corpus_->stats().read, 8U);
  EXPECT_THAT(
      Refusals(),
      ElementsAre(
          Refusal(path, 3, "not valid JSON at byte 2: Invalid value."),
          Refusal(path, 4, "no field \"text\""),
          Refusal(path, 5, "id 1 was there before"),
          Refusal(path, 7, "field \"id\" is neither a string nor an integer"),
          Refusal(path, 8, "field \"text\" is no string"),
          Refusal(path, 9, "not a JSON object")));
}

// The first in input order stays, whichever file and block it is in.
TEST_F(CorpusTest, IdsAreTakenAcrossFiles) {
  const std::string a = folder_.Write("a.jsonl", R"({"id":"x","text":"1"})");
  const std::string b = folder_.Write("x.txt", "2");
  const std::string c = folder_.Write("c.jsonl", R"({"id":"x","text":"3"})");
  Scan({b, a, c});
  EXPECT_THAT(Texts(), ElementsAre("2"));
  EXPECT_THAT(Refusals(), ElementsAre(Refusal(a, 1, "id x was there before"),
                                      Refusal(c, 1, "id x was there before")));
}

// An id that looks like a default one takes its name.
TEST_F(CorpusTest, DefaultIdsCanBeTaken) {
  const std::string path = folder_.Path("in.jsonl");
  folder_.Write("in.jsonl", "{\"id\": \"" + path +
                                "/2\", \"text\": \"1\"}\n"
                                "{\"text\": \"2\"}\n{\"text\": \"3\"}\n");
  Scan({path});
  EXPECT_THAT(Ids(), ElementsAre(path + "/2", path + "/3"));
  EXPECT_THAT(Refusals(), ElementsAre(Refusal(
                              path, 2, "id " + path + "/2 was there before")));
}

TEST_F(CorpusTest, StrictStopsAtTheFirst) {
  CorpusOptions options;
  options.paths = {
      folder_.Write("in.jsonl", "{\"text\": \"x\"}\n\n{}\nnonsense\n")};
  options.strict = true;
  auto corpus = Corpus::Open(options);
  ASSERT_TRUE(corpus.ok());
  const absl::Status status = (*corpus)->Scan(1, &sink_);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), options.paths[0] + ":3: no field \"text\"");
}

TEST_F(CorpusTest, LineEndsBelongToTheLine) {
  const std::string path =
      folder_.Write("in.jsonl",
                    "{\"id\":1,\"text\":\"a\\r\\nb\"}\r\n\r\n"
                    "{\"id\":2,\"text\":\"c\"}  \r\n{\"id\":3,\"text\":\"d\"}");
  Scan({path});
  EXPECT_THAT(Ids(), ElementsAre("#1", "#2", "#3"));
  EXPECT_THAT(Texts(), ElementsAre("a\r\nb", "c", "d"));
  EXPECT_EQ(Line(0), "{\"id\":1,\"text\":\"a\\r\\nb\"}\r");
  EXPECT_EQ(Line(1), "{\"id\":2,\"text\":\"c\"}  \r");
  EXPECT_EQ(Line(2), "{\"id\":3,\"text\":\"d\"}");
  EXPECT_FALSE(corpus_->LineIsUnended(0));
  EXPECT_FALSE(corpus_->LineIsUnended(1));
  EXPECT_TRUE(corpus_->LineIsUnended(2));
}

TEST_F(CorpusTest, TextFilesAreNamedByTheirNames) {
  folder_.Write("f/one.txt", "  One\r\n");
  folder_.Write("f/sub/two.part.txt", "Two");
  folder_.Write("f/a/same.txt", "A");
  folder_.Write("f/b/same.txt", "B");
  folder_.Write("f/empty.txt", "");
  Scan({folder_.Path("f")});
  EXPECT_THAT(Ids(),
              ElementsAre("a/same", "b/same", "empty", "one", "two.part"));
  EXPECT_THAT(Texts(), ElementsAre("A", "B", "", "  One\r\n", "Two"));
  EXPECT_FALSE(corpus_->IsLine(0));
  EXPECT_EQ(corpus_->Path(1), folder_.Path("f/b/same.txt"));
  EXPECT_EQ(corpus_->stats().bytes, 12U);
}

// Two files given by name, not found in a folder: by their paths.
TEST_F(CorpusTest, RepeatedNamesOutsideFolders) {
  const std::string a = folder_.Write("a/same.txt", "A");
  const std::string b = folder_.Write("b/same.txt", "B");
  Scan({a, b});
  EXPECT_THAT(Ids(),
              ElementsAre(folder_.Path("a/same"), folder_.Path("b/same")));
}

// A file of lines without any between two text files is no document.
TEST_F(CorpusTest, FilesWithoutAnything) {
  const std::string a = folder_.Write("a.txt", "A");
  const std::string nothing = folder_.Write("no.jsonl", "");
  const std::string blank = folder_.Write("blank.jsonl", "\n \n");
  const std::string b = folder_.Write("b.txt", "B");
  Scan({nothing, a, nothing, b, blank, nothing});
  EXPECT_THAT(Ids(), ElementsAre("a", "b"));
  EXPECT_EQ(corpus_->stats().read, 2U);
  Scan({nothing});
  EXPECT_EQ(corpus_->size(), 0U);
}

TEST_F(CorpusTest, Dates) {
  Scan({folder_.Write("in.jsonl",
                      "{\"text\":\"\",\"published\":\"2020-01-02\"}\n"
                      "{\"text\":\"\",\"published\":\"2020-01-02T03:00Z\"}\n"
                      "{\"text\":\"\",\"published\":\"soon\"}\n"
                      "{\"text\":\"\",\"published\":\"\"}\n"
                      "{\"text\":\"\",\"published\":5}\n{\"text\":\"\"}\n")});
  ASSERT_EQ(corpus_->size(), 6U);
  const absl::Time day = absl::FromUnixSeconds(1577923200);
  EXPECT_EQ(corpus_->Published(0), day);
  EXPECT_EQ(corpus_->Published(1), day + absl::Hours(3));
  for (uint32_t d = 2; d < 6; ++d) {
    EXPECT_EQ(corpus_->Published(d), std::nullopt);
  }
  EXPECT_EQ(corpus_->stats().unreadable_dates, 2U);
  EXPECT_EQ(corpus_->stats().first_unreadable_date, "soon");
  Scan({folder_.Write("number.jsonl",
                      "{\"text\":\"\",\"published\":1773144000}\n"
                      "{\"text\":\"\",\"published\":null}\n"
                      "{\"text\":\"\",\"published\":{}}\n")});
  EXPECT_EQ(corpus_->Published(0), std::nullopt);
  EXPECT_EQ(corpus_->stats().unreadable_dates, 2U);
  EXPECT_EQ(corpus_->stats().first_unreadable_date, "1773144000");
}

TEST_F(CorpusTest, FieldsThatSomeRecordHas) {
  const std::string lines = folder_.Write(
      "in.jsonl", "{\"text\":\"\",\"url\":null}\n{\"id\":7}\nrubbish\n");
  Scan({lines});
  EXPECT_TRUE(corpus_->stats().seen.id);
  EXPECT_TRUE(corpus_->stats().seen.text);
  EXPECT_TRUE(corpus_->stats().seen.url);
  EXPECT_FALSE(corpus_->stats().seen.published);
  EXPECT_FALSE(corpus_->stats().seen.publisher);
  Scan({folder_.Write("in.csv", "text,published,publisher\na,,\n")});
  EXPECT_FALSE(corpus_->stats().seen.id);
  EXPECT_TRUE(corpus_->stats().seen.published);
  EXPECT_TRUE(corpus_->stats().seen.publisher);
}

TEST_F(CorpusTest, IllFormedTextIsRepairedAndCounted) {
  const std::string lines =
      folder_.Write("in.jsonl",
                    "{\"id\":1,\"text\":\"a\xFF\"}\n"
                    "{\"id\":2,\"text\":\"\\ud800\"}\n{\"bad\xFF\n");
  const std::string text = folder_.Write("t.txt", "\xEF\xBB\xBFx\xE2\x80y\xFF");
  Scan({lines, text});
  EXPECT_THAT(Texts(), ElementsAre("a\uFFFD", "\uFFFD", "x\uFFFDy\uFFFD"));
  // Of rejected lines too: the file has them.
  EXPECT_EQ(corpus_->stats().invalid_utf8, 5U);
  // What comes out is what came in.
  EXPECT_EQ(Line(0), "{\"id\":1,\"text\":\"a\xFF\"}");
}

// Each by its own name and line, in the order in which they stand, and what is
// called by its line is called by where that is in the file.
TEST_F(CorpusTest, RejectedAndRepeatedInTheirOrder) {
  const std::string lines =
      folder_.Write("in.jsonl",
                    "{\"text\":\"a\"}\n\n\n{\"id\":1,\"text\":\"b\"}\nno\n"
                    "{\"id\":1,\"text\":\"c\"}\nnor\n{\"text\":\"d\"}\n"
                    "{\"id\":1,\"text\":\"e\"}\n");
  const std::string zero = folder_.Write("zero.txt", std::string(3, '\0'));
  folder_.Write("t.txt", "f");
  Scan({lines, folder_.Path("t.txt"), zero});
  EXPECT_THAT(Ids(), ElementsAre(lines + "/1", "#1", lines + "/8", "t"));
  EXPECT_THAT(Texts(), ElementsAre("a", "b", "d", "f"));
  std::vector<std::pair<std::string, uint64_t>> places;
  for (const Rejection& r : corpus_->rejections()) {
    places.emplace_back(r.file, r.line);
  }
  EXPECT_THAT(places, ElementsAre(std::pair(lines, 5U), std::pair(lines, 6U),
                                  std::pair(lines, 7U), std::pair(lines, 9U),
                                  std::pair(zero, 1U)));
}

// What is too long is passed over, in whatever it stands, and everything behind
// it is where it should be.
TEST_F(CorpusTest, RecordsThatAreTooLong) {
  const std::string reason = "is longer than 100000 bytes (--max-document)";
  for (const size_t size : {100000U, 600000U, 3000000U}) {
    const std::string x(size, 'x');
    const std::string lines = folder_.Write(
        "in.jsonl", "{\"text\":\"a\"}\n{\"text\":\"" + x +
                        "\"}\n{\"text\":\"b\"}\n{\"text\":\"" + x + "\"}");
    const std::string rows = folder_.Write(
        "in.csv", "text,id\na,1\n\"" + x + "\nx\",2\nb,3\n\"open,4\nc,5\n");
    const std::string text = folder_.Write("long.txt", x + "x");
    folder_.Write("short.txt", "c");
    CorpusOptions options;
    options.max_document = 100000;
    options.paths = {lines};
    Scan(options);
    EXPECT_THAT(Ids(), ElementsAre(lines + "/1", lines + "/3"));
    EXPECT_THAT(Refusals(), ElementsAre(Refusal(lines, 2, reason),
                                        Refusal(lines, 4, reason)));
    options.paths = {text, folder_.Path("short.txt")};
    Scan(options);
    EXPECT_THAT(Texts(), ElementsAre("c"));
    EXPECT_THAT(Refusals(), ElementsAre(Refusal(text, 1, reason)));
    options.paths = {rows};
    Scan(options);
    EXPECT_THAT(Texts(), ElementsAre("a", "b", "c"));
    EXPECT_EQ(corpus_->rejections().size(), 2U);
  }
}

TEST_F(CorpusTest, BytesThatAreNoText) {
  const std::string path = folder_.Write("in.txt", std::string("a\0b", 3));
  Scan({path});
  EXPECT_THAT(Refusals(),
              ElementsAre(Refusal(
                  path, 1, "holds bytes of zero: no text, or none in UTF-8")));
}

// Its documents would all be copies of one another.
TEST_F(CorpusTest, AFileIsReadOnce) {
  const std::string a = folder_.Write("f/a.txt", "A");
  folder_.Write("f/b.txt", "B");
  const std::string lines = folder_.Write("in.jsonl", "{\"text\":\"x\"}\n");
  const std::string link = folder_.Path("f/link.txt");
  std::filesystem::create_symlink("a.txt", link);
  CorpusOptions options;
  options.paths = {folder_.Path("f"), a, folder_.Path("f/./b.txt"), lines,
                   lines};
  Scan(options);
  EXPECT_THAT(Texts(), ElementsAre("A", "B", "x"));
  EXPECT_EQ(corpus_->rejections().size(), 0U);
  EXPECT_EQ(corpus_->stats().read, 3U);
  EXPECT_EQ(corpus_->stats().repeated_inputs, 4U);
  EXPECT_EQ(corpus_->stats().first_repeated,
            "\"" + link + "\" is the file \"" + a + "\"");
  options.strict = true;
  options.paths = {lines, lines};
  EXPECT_EQ(Corpus::Open(options).status().message(),
            "\"" + lines + "\" is named twice; name it once");
}

// A store that keeps equal documents as one file still has them all.
TEST_F(CorpusTest, HardLinksAreDocumentsOfTheirOwn) {
  const std::string a = folder_.Write("f/a.txt", "A");
  const std::string b = folder_.Path("f/b.txt");
  std::filesystem::create_hard_link(a, b);
  std::filesystem::create_hard_link(a, folder_.Path("f/c.txt"));
  std::filesystem::create_symlink("b.txt", folder_.Path("f/d.txt"));
  Scan({folder_.Path("f"), a});
  EXPECT_THAT(Ids(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Texts(), ElementsAre("A", "A", "A"));
  EXPECT_EQ(corpus_->stats().repeated_inputs, 2U);
  EXPECT_EQ(corpus_->stats().first_repeated,
            "\"" + folder_.Path("f/d.txt") + "\" is the file \"" + b + "\"");
}

// Names are told apart by as much of their paths as that takes.
TEST_F(CorpusTest, OneNameInTwoFolders) {
  for (const char* name : {"x/n.txt", "y/n.txt", "x/m.txt", "x/m.txt.gz"}) {
    folder_.Write(name, name);
  }
  Scan({folder_.Path("x"), folder_.Path("y")});
  EXPECT_THAT(Ids(),
              ElementsAre(folder_.Path("x/m.txt"), folder_.Path("x/m.txt.gz"),
                          folder_.Path("x/n"), folder_.Path("y/n")));
}

// A file that another takes the place of between two looks at it.
TEST_F(CorpusTest, FilesThatChangeBeforeTheScan) {
  for (const char* name : {"in.jsonl", "in.txt"}) {
    CorpusOptions options;
    options.paths = {folder_.Write(name, "{\"text\":\"some words\"}\n")};
    auto corpus = Corpus::Open(options);
    ASSERT_TRUE(corpus.ok());
    std::filesystem::rename(
        folder_.Write("other", "{\"text\":\"more words\"}\n"),
        options.paths[0]);
    sink_.Clear();
    EXPECT_EQ((*corpus)->Scan(2, &sink_).message(),
              options.paths[0] +
                  " changed while it was read; run again when nobody writes "
                  "to it");
  }
}

// Ids and records are UTF-8 whatever files are called.
TEST_F(CorpusTest, IllFormedNamesOfFiles) {
  folder_.Write("f/a\xFF.txt", "A");
  const std::string path = folder_.Write("b\xFF.jsonl", "{\"text\":\"B\"}\n!");
  Scan({folder_.Path("f"), path});
  const std::string name = folder_.Path("b\uFFFD.jsonl");
  EXPECT_THAT(Ids(), ElementsAre("a\uFFFD", name + "/1"));
  EXPECT_EQ(corpus_->Path(0), folder_.Path("f/a\uFFFD.txt"));
  ASSERT_EQ(corpus_->rejections().size(), 1U);
  EXPECT_EQ(corpus_->rejections()[0].file, name);
}

TEST_F(CorpusTest, ByteOrderMarkIsNoPartOfTheFirstLine) {
  Scan({folder_.Write("in.jsonl", "\xEF\xBB\xBF{\"id\":1,\"text\":\"x\"}\n")});
  EXPECT_THAT(Ids(), ElementsAre("#1"));
  EXPECT_EQ(Line(0), "{\"id\":1,\"text\":\"x\"}");
}

TEST_F(CorpusTest, FormatsGivenByTheUser) {
  const std::string path = folder_.Write("in.txt", "{\"text\": \"x\"}\n");
  CorpusOptions options;
  options.paths = {path};
  options.format = InputFormat::kJsonl;
  Scan(options);
  EXPECT_THAT(Texts(), ElementsAre("x"));
  options.format = InputFormat::kText;
  Scan(options);
  EXPECT_THAT(Texts(), ElementsAre("{\"text\": \"x\"}\n"));
}

TEST_F(CorpusTest, FieldsNamedByTheUser) {
  CorpusOptions options;
  options.paths = {folder_.Write(
      "in.jsonl", R"({"nr": 5, "body": "x", "when": "2020-01-01"})")};
  options.fields = {"nr", "body", "when"};
  Scan(options);
  EXPECT_THAT(Ids(), ElementsAre("#5"));
  EXPECT_THAT(Texts(), ElementsAre("x"));
  EXPECT_TRUE(corpus_->Published(0).has_value());
}

TEST_F(CorpusTest, WhatCannotBeRead) {
  CorpusOptions options;
  options.paths = {folder_.Path("none.jsonl")};
  const absl::Status status = Corpus::Open(options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr(options.paths[0]));
}

// What is read again must be what was scanned; else there is no answer.
TEST_F(CorpusTest, FilesThatChangeAfterTheScan) {
  const std::string line = "{\"id\":1,\"text\":\"some words\"}\n";
  const std::string lines = folder_.Write("in.jsonl", line + "{\"text\":\"\"}");
  const std::string text = folder_.Write("t.txt", "a text of some length");
  const std::string changed =
      " changed while it was read; run again when "
      "nobody writes to it";
  Scan({lines, text});
  EXPECT_TRUE(corpus_->CheckUnchanged().ok());
  EXPECT_TRUE(corpus_->ReadError().ok());

  std::filesystem::resize_file(lines, 10);
  EXPECT_EQ(corpus_->CheckUnchanged().message(), lines + changed);
  EXPECT_EQ(corpus_->NewReader()->Text(0), "");
  EXPECT_EQ(corpus_->ReadError().message(), lines + changed);

  Scan({folder_.Write("in.jsonl", line), text});
  folder_.Write("in.jsonl", std::string(line.size(), 'x'));
  EXPECT_EQ(corpus_->NewReader()->Text(0), "");
  EXPECT_EQ(corpus_->ReadError().message(), lines + changed);

  Scan({folder_.Write("in.jsonl", line), text});
  folder_.Write("t.txt", "something");
  EXPECT_EQ(corpus_->NewReader()->Text(1), "");
  EXPECT_EQ(corpus_->ReadError().message(), text + changed);

  Scan({folder_.Write("in.jsonl", line), text});
  std::filesystem::remove(text);
  EXPECT_FALSE(corpus_->CheckUnchanged().ok());
  EXPECT_EQ(corpus_->NewReader()->Text(1), "");
  EXPECT_EQ(corpus_->ReadError().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace wirecopy
