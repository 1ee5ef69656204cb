// Files that are cut into several blocks: what is where must not show it.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "io/corpus.h"
#include "tests/support/collect_sink.h"
#include "tests/support/temp_folder.h"

namespace wirecopy {
namespace {

// Bytes of JSON Lines, and what must come of them.
struct MadeFile {
  std::string bytes;
  std::vector<std::string> ids;
  std::vector<size_t> text_sizes;
  std::vector<uint64_t> rejected_lines;
};

// Lines of all lengths, a few of them longer than a block; blank ones, wrong
// ones, and ones without an id between them.
MadeFile MakeFile(const std::string& path, uint64_t seed, size_t lines) {
  std::mt19937_64 random(seed);
  MadeFile made;
  for (uint64_t line = 1; line <= lines; ++line) {
    const uint64_t kind = random() % 20;
    if (kind == 0) {
      made.bytes += " \n";
    } else if (kind == 1) {
      made.bytes += "{\"id\": \"wrong\"}\n";
      made.rejected_lines.push_back(line);
    } else {
      const size_t size = line == 700 ? 3000000 : random() % 6000;
      const std::string id = kind == 2 ? absl::StrCat(path, "/", line)
                                       : absl::StrCat("id", seed, "-", line);
      made.bytes += kind == 2 ? "{" : absl::StrCat("{\"id\": \"", id, "\", ");
      made.bytes += "\"text\": \"" + std::string(size, 'x') + "\"}\n";
      made.ids.push_back(id);
      made.text_sizes.push_back(size);
    }
  }
  return made;
}

class Recorder : public ProgressListener {
 public:
  void Advance(std::string_view stage, uint64_t done, uint64_t total) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    EXPECT_EQ(stage, "reading");
    EXPECT_LE(done, total);
    seen_.insert(done);
    total_ = total;
  }
  bool has_reached_the_end() const { return seen_.contains(total_); }

 private:
  std::mutex mutex_;
  std::set<uint64_t> seen_;
  uint64_t total_ = 0;
};

class CorpusBlockTest : public ::testing::Test {
 protected:
  void Scan(const std::vector<std::string>& paths, int threads) {
    CorpusOptions options;
    options.paths = paths;
    options.progress = &recorder_;
    auto corpus = Corpus::Open(options);
    ASSERT_TRUE(corpus.ok()) << corpus.status();
    corpus_ = *std::move(corpus);
    sink_.Clear();
    ASSERT_TRUE(corpus_->Scan(threads, &sink_).ok());
  }

  // Expects the documents of `made` from *document on, and moves on.
  void ExpectDocuments(const MadeFile& made, uint32_t* document) {
    for (size_t i = 0; i < made.ids.size(); ++i, ++*document) {
      ASSERT_LT(*document, corpus_->size());
      ASSERT_EQ(corpus_->Id(*document).text, made.ids[i]);
      ASSERT_EQ(sink_.TextOf(*corpus_, *document).size(), made.text_sizes[i]);
    }
  }

  oracle::TempFolder folder_;
  Recorder recorder_;
  std::unique_ptr<Corpus> corpus_;
  oracle::CollectSink sink_;
};

TEST_F(CorpusBlockTest, LinesAreNumberedAcrossBlocks) {
  const std::string a = folder_.Path("a.jsonl");
  const std::string b = folder_.Path("b.jsonl");
  const MadeFile in_a = MakeFile(a, 1, 1500);
  const MadeFile in_b = MakeFile(b, 2, 400);
  folder_.Write("a.jsonl", in_a.bytes);
  folder_.Write("b.jsonl", in_b.bytes);
  size_t blocks = 0;
  for (const int threads : {1, 2, 8}) {
    Scan({a, b}, threads);
    EXPECT_GT(sink_.blocks(), 4U);
    // The borders depend on the input alone.
    if (blocks == 0) blocks = sink_.blocks();
    EXPECT_EQ(sink_.blocks(), blocks);
    uint32_t document = 0;
    ExpectDocuments(in_a, &document);
    ExpectDocuments(in_b, &document);
    ASSERT_EQ(document, corpus_->size());
    std::vector<uint64_t> lines_of_a;
    std::vector<uint64_t> lines_of_b;
    for (const Rejection& rejection : corpus_->rejections()) {
      (rejection.file == a ? lines_of_a : lines_of_b).push_back(rejection.line);
    }
    EXPECT_EQ(lines_of_a, in_a.rejected_lines);
    EXPECT_EQ(lines_of_b, in_b.rejected_lines);
    EXPECT_EQ(corpus_->stats().read,
              corpus_->size() + corpus_->rejections().size());
    EXPECT_EQ(corpus_->stats().bytes, in_a.bytes.size() + in_b.bytes.size());
    EXPECT_TRUE(recorder_.has_reached_the_end());
  }
}

// The same line over and over, so that block borders fall at every place of
// it; each is found again by its reader.
TEST_F(CorpusBlockTest, EveryLineIsReadAgainWhole) {
  std::string bytes;
  size_t count = 0;
  while (bytes.size() < size_t{5} << 19) {
    absl::StrAppend(&bytes, "{\"text\": \"", count++, "\"}\n");
  }
  bytes.pop_back();
  Scan({folder_.Write("in.jsonl", bytes)}, 4);
  ASSERT_EQ(corpus_->size(), count);
  const auto reader = corpus_->NewReader();
  CorpusReader ahead(*corpus_, /*reads_ahead=*/true);
  for (uint32_t d = 0; d < corpus_->size(); ++d) {
    ASSERT_EQ(reader->Text(d), absl::StrCat(d));
    ASSERT_EQ(ahead.Line(d), absl::StrCat("{\"text\": \"", d, "\"}"));
    ASSERT_EQ(sink_.TextOf(*corpus_, d), absl::StrCat(d));
    ASSERT_EQ(corpus_->LineIsUnended(d), d + 1 == count);
  }
}

// More text files than fit a block, large ones between them, and lines
// between those.
TEST_F(CorpusBlockTest, TextFilesInBlocks) {
  std::vector<std::string> paths;
  std::vector<std::string> ids;
  std::vector<size_t> sizes;
  for (size_t i = 0; i < 600; ++i) {
    const std::string id = absl::StrCat("d", i);
    if (i % 150 == 149) {
      paths.push_back(folder_.Write(
          id + ".jsonl", absl::StrCat("{\"id\":\"", id, "\",\"text\":\"\"}")));
      sizes.push_back(0);
    } else {
      sizes.push_back(i % 100 == 0 ? 800000 : i);
      paths.push_back(
          folder_.Write(id + ".txt", std::string(sizes.back(), 'x')));
    }
    ids.push_back(id);
  }
  for (const int threads : {1, 8}) {
    Scan(paths, threads);
    EXPECT_GT(sink_.blocks(), 8U);
    uint32_t document = 0;
    ExpectDocuments({"", ids, sizes, {}}, &document);
    EXPECT_EQ(document, corpus_->size());
  }
}

}  // namespace
}  // namespace wirecopy
