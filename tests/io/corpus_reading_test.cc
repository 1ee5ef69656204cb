// A corpus that is read on from block to block, beside one that is scanned.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/compressing.h"
#include "tests/support/corpus_fixture.h"

namespace wirecopy {
namespace {

// Longer than a block together.
constexpr int kMany = 3000;

std::string Words(int number) {
  std::string text = absl::StrCat("text ", number);
  for (int i = 0; i < 40 + number % 37; ++i) absl::StrAppend(&text, " word", i);
  return text;
}

// Documents, ids that come twice, none, and what is no document.
std::string JsonLines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) {
    if (i % 10 == 3) {
      lines += "nothing\n";
    } else if (i % 10 == 4) {
      absl::StrAppend(&lines, R"({"text":")", Words(i), "\"}\n");
    } else {
      absl::StrAppend(&lines, R"({"id":)", i % 10 == 7 ? i - 1 : i,
                      R"(,"publisher":"p)", i % 3, R"(","text":")", Words(i),
                      "\"}\n");
    }
  }
  lines.pop_back();
  return lines;
}

class CorpusReadingTest : public oracle::CorpusFixture {
 protected:
  // Reads on with a batch of documents at a time, which are forgotten then, and
  // EXPECTs what the scan has found.
  void ExpectAsScanned(const CorpusOptions& options, uint32_t batch) {
    auto opened = Corpus::Open(options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    Corpus& corpus = **opened;
    CorpusReader reader(corpus, /*reads_ahead=*/true);
    CorpusReader lines(*corpus_, /*reads_ahead=*/false);
    const auto texts = corpus_->NewReader();
    uint32_t next = 0;
    for (bool more = true; more;) {
      while (more && corpus.size() < next + batch) {
        const auto read = corpus.ReadOn();
        ASSERT_TRUE(read.ok()) << read.status();
        more = *read;
      }
      const uint32_t end = more ? next + batch : corpus.size();
      ASSERT_LE(end, corpus_->size());
      for (; next < end; ++next) {
        EXPECT_EQ(corpus.Id(next), corpus_->Id(next)) << next;
        EXPECT_EQ(reader.Text(next), texts->Text(next)) << next;
        EXPECT_EQ(reader.Line(next), lines.Line(next)) << next;
        EXPECT_EQ(corpus.Publisher(next), corpus_->Publisher(next)) << next;
        EXPECT_EQ(corpus.Published(next), corpus_->Published(next)) << next;
        EXPECT_EQ(corpus.LineIsUnended(next), corpus_->LineIsUnended(next));
      }
      corpus.Forget(next);
    }
    EXPECT_EQ(next, corpus_->size());
    EXPECT_TRUE(corpus.ReadError().ok()) << corpus.ReadError();
    ExpectSameFigures(corpus);
  }

  void ExpectSameFigures(const Corpus& corpus) {
    const CorpusStats& read = corpus.stats();
    const CorpusStats& scanned = corpus_->stats();
    EXPECT_EQ(read.read, scanned.read);
    EXPECT_EQ(read.bytes, scanned.bytes);
    EXPECT_EQ(read.unreadable_dates, scanned.unreadable_dates);
    EXPECT_EQ(read.metadata.documents, scanned.metadata.documents);
    EXPECT_EQ(read.metadata.unused, scanned.metadata.unused);
    EXPECT_EQ(read.metadata.bare_document, scanned.metadata.bare_document);
    ASSERT_EQ(corpus.rejections().size(), corpus_->rejections().size());
    for (size_t i = 0; i < corpus.rejections().size(); ++i) {
      EXPECT_EQ(corpus.rejections()[i].line, corpus_->rejections()[i].line);
      EXPECT_EQ(corpus.rejections()[i].reason, corpus_->rejections()[i].reason);
    }
    const auto header = corpus.CommonHeader();
    const auto expected = corpus_->CommonHeader();
    EXPECT_EQ(header.ok(), expected.ok());
    EXPECT_EQ(header.value_or("none"), expected.value_or("none"));
  }

  void ExpectAsScanned(const CorpusOptions& options) {
    Scan(options);
    if (HasFatalFailure()) return;
    EXPECT_GT(corpus_->size(), 0U);
    for (const uint32_t batch : {1U, 7U, 1'000'000U}) {
      ExpectAsScanned(options, batch);
    }
  }

  CorpusOptions OptionsFor(const std::vector<std::string>& paths) {
    CorpusOptions options;
    options.paths = paths;
    options.keeps_publishers = true;
    return options;
  }
};

TEST_F(CorpusReadingTest, LinesOfSeveralFiles) {
  const std::string a = folder_.Write("a.jsonl", JsonLines(kMany));
  const std::string b = folder_.Write("b.jsonl", "\n\n" + JsonLines(kMany + 9));
  const std::string none = folder_.Write("none.jsonl", "");
  ExpectAsScanned(OptionsFor({a, none, b}));
  EXPECT_GT(corpus_->rejections().size(), 500U);
}

TEST_F(CorpusReadingTest, WhatIsCompressed) {
  const std::string lines = JsonLines(kMany);
  const std::string a = folder_.Write("a.jsonl.gz", oracle::Gzip(lines));
  const std::string b = folder_.Write("b.txt.gz", oracle::Gzip("one two"));
  const std::string c = folder_.Write("c.txt", "one three");
  const std::string d =
      folder_.Write("d.jsonl.zst", oracle::Zstd("\n" + lines));
  ExpectAsScanned(OptionsFor({a, b, c, d}));
}

TEST_F(CorpusReadingTest, RowsUnderNames) {
  std::string rows = "id,text\r\n";
  for (int i = 0; i < kMany; ++i) {
    absl::StrAppend(&rows, i, ",\"", Words(i), i % 5 == 0 ? "\nmore" : "",
                    "\"\r\n");
  }
  ExpectAsScanned(OptionsFor({folder_.Write("rows.csv", rows)}));
  ExpectAsScanned(OptionsFor({folder_.Write("rows.csv", rows + "last,x")}));
}

TEST_F(CorpusReadingTest, MetadataOfTextFiles) {
  std::vector<std::string> paths;
  std::string table = "id,published,publisher\n";
  for (int i = 0; i < 600; ++i) {
    paths.push_back(folder_.Write(absl::StrCat("t", i, ".txt"), Words(i)));
    if (i % 3 != 0) absl::StrAppend(&table, "t", i + 3, ",2024-01-02,p\n");
  }
  CorpusOptions options = OptionsFor(paths);
  options.metadata_path = folder_.Write("table.csv", table);
  ExpectAsScanned(options);
  EXPECT_GT(corpus_->stats().metadata.unused, 0U);
  EXPECT_TRUE(corpus_->Published(4));
}

TEST_F(CorpusReadingTest, StrictStopsAtTheFirst) {
  CorpusOptions options =
      OptionsFor({folder_.Write("a.jsonl", JsonLines(kMany))});
  options.strict = true;
  auto corpus = Corpus::Open(options);
  ASSERT_TRUE(corpus.ok());
  const auto read = (*corpus)->ReadOn();
  EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(std::string(read.status().message()).find("a.jsonl:4:"),
            std::string::npos);
}

TEST_F(CorpusReadingTest, AfterAScanThereIsNothingLeft) {
  Scan({folder_.Write("a.jsonl", JsonLines(30))});
  const auto read = corpus_->ReadOn();
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(*read);
}

// Writes to a named pipe what a test tells it to.
class PipeWriter {
 public:
  explicit PipeWriter(const std::string& path) : path_(path) {
    EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
    // Open for both, so that nobody waits for the other one.
    fd_ = open(path.c_str(), O_RDWR | O_CLOEXEC);
    EXPECT_GE(fd_, 0);
  }
  ~PipeWriter() { Close(); }

  void Write(std::string_view bytes) {
    EXPECT_EQ(write(fd_, bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
  }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  std::string path_;
  int fd_ = -1;
};

TEST_F(CorpusReadingTest, LinesComeAsTheyAreWritten) {
  constexpr std::chrono::milliseconds kNow(0);
  constexpr std::chrono::milliseconds kLong(60'000);
  const std::string path = folder_.Path("pipe");
  PipeWriter writer(path);
  writer.Write("{\"id\":1,\"text\":\"a\"}\n");
  auto opened = Corpus::Open(OptionsFor({path}));
  ASSERT_TRUE(opened.ok()) << opened.status();
  Corpus& corpus = **opened;
  CorpusReader reader(corpus, /*reads_ahead=*/true);
  const auto read_on = [&corpus] { return corpus.ReadOn().value_or(false); };

  ASSERT_TRUE(read_on());
  ASSERT_EQ(corpus.size(), 1U);
  EXPECT_EQ(reader.Text(0), "a");
  EXPECT_FALSE(corpus.LineIsUnended(0));
  EXPECT_FALSE(corpus.IsReadyWithin(kNow));

  // Two lines at once, and the beginning of a third.
  writer.Write(
      "{\"id\":2,\"text\":\"b\"}\n{\"id\":1,\"text\":\"c\"}\n{\"id\":");
  EXPECT_TRUE(corpus.IsReadyWithin(kLong));
  ASSERT_TRUE(read_on());
  EXPECT_EQ(corpus.size(), 2U);
  EXPECT_EQ(corpus.rejections().size(), 1U);
  EXPECT_FALSE(corpus.IsReadyWithin(kNow));
  corpus.Forget(2);

  std::thread later([&writer] {
    writer.Write("4,\"text\"");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    writer.Write(":\"d\"}");
    writer.Close();
  });
  ASSERT_TRUE(read_on());
  later.join();
  ASSERT_EQ(corpus.size(), 3U);
  EXPECT_EQ(reader.Text(2), "d");
  EXPECT_TRUE(corpus.LineIsUnended(2));
  EXPECT_FALSE(read_on());
  EXPECT_EQ(corpus.stats().read, 4U);
}

// A line that is longer than any pipe, and than a block.
TEST_F(CorpusReadingTest, ALongLineThroughAPipe) {
  const std::string path = folder_.Path("pipe");
  PipeWriter writer(path);
  const std::string text(2'000'000, 'x');
  std::thread thread([&] {
    const std::string line = R"({"id":"long","text":")" + text + "\"}\n";
    for (size_t at = 0; at < line.size(); at += 1000) {
      writer.Write(std::string_view(line).substr(at, 1000));
    }
    writer.Write("{\"id\":\"short\",\"text\":\"y\"}\n");
    writer.Close();
  });
  auto corpus = Corpus::Open(OptionsFor({path}));
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  while ((*corpus)->ReadOn().value_or(false)) {
  }
  thread.join();
  ASSERT_EQ((*corpus)->size(), 2U);
  EXPECT_EQ((*corpus)->NewReader()->Text(0), text);
}

TEST_F(CorpusReadingTest, ALineThatIsTooLongThroughAPipe) {
  const std::string path = folder_.Path("pipe");
  PipeWriter writer(path);
  std::thread thread([&] {
    const std::string line =
        R"({"id":"long","text":")" + std::string(900'000, 'x') + "\"}\n";
    for (size_t at = 0; at < line.size(); at += 1000) {
      writer.Write(std::string_view(line).substr(at, 1000));
    }
    writer.Write("{\"id\":\"short\",\"text\":\"y\"}\n");
    writer.Close();
  });
  CorpusOptions options = OptionsFor({path});
  options.max_document = 1000;
  auto corpus = Corpus::Open(options);
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  while ((*corpus)->ReadOn().value_or(false)) {
  }
  thread.join();
  ASSERT_EQ((*corpus)->size(), 1U);
  EXPECT_EQ((*corpus)->Id(0).text, "short");
  ASSERT_EQ((*corpus)->rejections().size(), 1U);
  EXPECT_EQ((*corpus)->rejections()[0].line, 1U);
}

}  // namespace
}  // namespace wirecopy
