// A table of metadata beside documents.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "io/corpus.h"
#include "tests/support/corpus_fixture.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using CorpusMetadataTest = oracle::CorpusFixture;

TEST_F(CorpusMetadataTest, MetadataFillInWhatIsMissing) {
  folder_.Write("f/a.txt", "A");
  folder_.Write("f/b.txt", "B");
  CorpusOptions options;
  options.paths = {folder_.Path("f"),
                   folder_.Write("in.jsonl",
                                 "{\"id\":7,\"text\":\"\",\"published\":"
                                 "\"2021-01-01\"}\n")};
  options.metadata_path = folder_.Write(
      "m.csv", "id,published,title\na,2020-01-01,T\n7,2020-01-01,S\nz,,\n");
  Scan(options);
  EXPECT_THAT(Ids(), ElementsAre("a", "b", "#7"));
  EXPECT_EQ(corpus_->Published(0), absl::FromUnixSeconds(1577836800));
  EXPECT_EQ(corpus_->Published(1), std::nullopt);
  EXPECT_EQ(corpus_->Published(2), absl::FromUnixSeconds(1609459200));
  ASSERT_NE(corpus_->MetadataOf(0), nullptr);
  EXPECT_EQ(corpus_->MetadataOf(0)->title, "T");
  EXPECT_EQ(corpus_->MetadataOf(1), nullptr);
  const MetadataFigures& figures = corpus_->stats().metadata;
  EXPECT_TRUE(figures.has_table);
  EXPECT_EQ(figures.rows, 3U);
  EXPECT_EQ(figures.unused, 1U);
  EXPECT_EQ(figures.documents, 2U);
  EXPECT_EQ(figures.unused_row, "z");
  EXPECT_EQ(figures.bare_document, "b");
}

// By its file's name, or by its place in the folder.
TEST_F(CorpusMetadataTest, MetadataByNamesOfFiles) {
  folder_.Write("f/a.txt", "A");
  folder_.Write("f/x/b.txt", "B");
  CorpusOptions options;
  options.paths = {folder_.Path("f")};
  for (const auto& [row, id] :
       {std::pair("a.txt", "a"), std::pair("x/b.txt", "b"),
        std::pair("b.txt", "b"), std::pair("a.md", "")}) {
    options.metadata_path =
        folder_.Write("m.csv", absl::StrCat("id,url\nb.md,\n", row, ",\n"));
    Scan(options);
    const MetadataFigures& figures = corpus_->stats().metadata;
    EXPECT_EQ(figures.row_by_file, *id == '\0' ? "" : row);
    EXPECT_EQ(figures.named_document, id);
  }
}

TEST_F(CorpusMetadataTest, DatesOfMetadataThatCannotBeRead) {
  CorpusOptions options;
  options.paths = {folder_.Write("f/a.txt", "A")};
  options.metadata_path = folder_.Write("m.csv", "id,published\na,soon\n");
  Scan(options);
  EXPECT_EQ(corpus_->Published(0), std::nullopt);
  EXPECT_EQ(corpus_->stats().unreadable_dates, 1U);
  EXPECT_EQ(corpus_->stats().first_unreadable_date, "soon");
  options.paths.push_back(folder_.Write(
      "in.jsonl", "{\"id\":7,\"text\":\"\",\"published\":\"late\"}\n"));
  Scan(options);
  EXPECT_EQ(corpus_->stats().unreadable_dates, 2U);
  EXPECT_EQ(corpus_->stats().first_unreadable_date, "late");
  options.strict = true;
  EXPECT_EQ(Corpus::Open(options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace wirecopy
