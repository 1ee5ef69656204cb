// FindPassages on sources of every size and texts of any bytes, and its errors.

#include "wirecopy/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/passage_corpus.h"
#include "tests/support/wrapped_source.h"

namespace wirecopy {
namespace {

using oracle::Article;
using oracle::Articles;
using oracle::Day;
using oracle::Prose;
using oracle::RandomArticles;
using oracle::RunPassages;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// --- sources and texts -------------------------------------------------------

TEST(PassagesTest, NoDocuments) {
  for (PassagesOptions options : oracle::AllPassageWays()) {
    options.threads = 8;
    const PassagesResult found = RunPassages(options, {});
    EXPECT_THAT(found.passages, IsEmpty());
    EXPECT_THAT(found.groups, IsEmpty());
    EXPECT_THAT(found.lengths, IsEmpty());
    EXPECT_EQ(found.stats.candidates, 0U);
  }
}

TEST(PassagesTest, OneDocument) {
  Prose prose(1);
  for (const PassagesOptions& options : oracle::AllPassageWays()) {
    const PassagesResult found =
        RunPassages(options, {{"a", prose.Paragraph(20), {}, "P"}});
    EXPECT_THAT(found.passages, IsEmpty());
    EXPECT_THAT(found.lengths, SizeIs(1));
  }
}

TEST(PassagesTest, TextsWithoutTokensShareNothing) {
  const std::string marks(5000, '.');
  Articles articles;
  for (const std::string& text : {std::string(), std::string(" \n\n "), marks,
                                  marks, std::string("\u2026\u201C"), marks}) {
    articles.push_back({std::to_string(articles.size()), text, {}, "P"});
  }
  for (PassagesOptions options : oracle::AllPassageWays()) {
    options.passage.min_run = 3;
    const PassagesResult found = RunPassages(options, articles);
    EXPECT_THAT(found.passages, IsEmpty());
    EXPECT_EQ(found.stats.candidates, 0U);
  }
}

// A text of fewer tokens than a run has, or than an n-gram.
TEST(PassagesTest, ShortTextsShareNothing) {
  Articles articles;
  for (const char* text : {"a", "a b", "a b c d", "a b c d e f g", "a"}) {
    for (int copy = 0; copy < 3; ++copy) {
      articles.push_back({std::to_string(articles.size()), text, {}, ""});
    }
  }
  EXPECT_THAT(RunPassages(oracle::AllPairs(), articles).passages, IsEmpty());
}

TEST(PassagesTest, EqualDocuments) {
  Prose prose(2);
  const std::string text = prose.Paragraph(10);
  Articles articles;
  for (int i = 0; i < 100; ++i) {
    articles.push_back({std::to_string(i), text, Day(100 - i), ""});
  }
  PassagesOptions options;
  const PassagesResult found = RunPassages(options, articles);
  ASSERT_THAT(found.passages, SizeIs(99));
  for (uint32_t i = 0; i < 99; ++i) {
    const ReusedPassage& passage = found.passages[i];
    EXPECT_EQ(passage.a, i);
    EXPECT_EQ(passage.b, 99U);  // the earliest
    EXPECT_EQ(passage.a_span, (OffsetSpan{0, text.size()}));
    EXPECT_EQ(passage.b_span, (OffsetSpan{0, text.size()}));
    EXPECT_EQ(passage.edits, 0U);
    EXPECT_EQ(passage.Identity(), 1);
    EXPECT_EQ(passage.kind, PassageKind::kCopy);
  }
  ASSERT_THAT(found.groups, SizeIs(1));
  EXPECT_THAT(found.groups[0].members, SizeIs(100));
  EXPECT_EQ(found.groups[0].first, 99U);
  EXPECT_THAT(found.lengths, Each(text.size()));
  options.all_pairs = true;
  EXPECT_THAT(RunPassages(options, articles).passages, SizeIs(100 * 99 / 2));
}

// Ill-formed bytes stand beside and within what two texts share.
TEST(PassagesTest, IllFormedUtf8) {
  Prose prose(4);
  const std::string shared = prose.Words(12) + " \xFF " + prose.Words(12) +
                             "\xED\xA0\x80 " + prose.Words(6);
  const std::string a = prose.Words(9) + " \xF0\x9F\x90. " + shared + ". \xC3";
  const std::string b = "\x80\x80 " + prose.Words(9) + ". " + shared + ". \xE2";
  const Articles articles = {{"a", a, {}, ""}, {"b", b, {}, ""}};
  PassagesOptions options;
  options.offsets = OffsetUnit::kByte;
  const PassagesResult found = RunPassages(options, articles);
  ASSERT_THAT(found.passages, SizeIs(1));
  EXPECT_EQ(oracle::TextAt(articles[0], found.passages[0].a_span),
            shared + ".");
  EXPECT_EQ(oracle::TextAt(articles[1], found.passages[0].b_span),
            shared + ".");
}

// The newsroom's bytes, some of them spoilt: places stay within their texts.
TEST(PassagesTest, SpoiltBytes) {
  std::mt19937_64 random(6);
  const auto newsroom = oracle::FindInNewsroom({});
  const auto reader = newsroom.corpus->NewReader();
  Articles articles;
  for (uint32_t d = 0; d < newsroom.corpus->size(); ++d) {
    std::string text(reader->Text(d));
    for (size_t i = 0; i < text.size() / 200; ++i) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    articles.push_back({std::to_string(d), text, {}, ""});
  }
  for (const OffsetUnit unit :
       {OffsetUnit::kCodePoint, OffsetUnit::kByte, OffsetUnit::kUtf16}) {
    PassagesOptions options = oracle::AllPairs();
    options.self = true;
    options.offsets = unit;
    const PassagesResult found = RunPassages(options, articles);
    EXPECT_GT(found.passages.size(), 60U);
    for (const ReusedPassage& passage : found.passages) {
      EXPECT_LT(passage.a_span.begin, passage.a_span.end);
      EXPECT_LE(passage.a_span.end, found.lengths[passage.a]);
      EXPECT_LT(passage.b_span.begin, passage.b_span.end);
      EXPECT_LE(passage.b_span.end, found.lengths[passage.b]);
    }
  }
}

// --- errors and progress -----------------------------------------------------

// Reads something shorter than there was.
class TruncatingReader : public TextReader {
 public:
  explicit TruncatingReader(std::unique_ptr<TextReader> reader)
      : reader_(std::move(reader)) {}

  std::string_view Text(uint32_t document) override {
    const std::string_view text = reader_->Text(document);
    return text.substr(0, text.size() / 2);
  }

 private:
  std::unique_ptr<TextReader> reader_;
};

// Fails where it is told to.
class FailingSource : public oracle::WrappedSource {
 public:
  FailingSource(const Articles& articles, absl::Status scan, absl::Status read)
      : WrappedSource(oracle::DocumentsOf(articles)),
        scan_(std::move(scan)),
        read_(std::move(read)) {}

  bool scanned() const { return scanned_; }

  absl::Status Scan(int threads, DocumentSink* sink) override {
    scanned_ = true;
    absl::Status status = WrappedSource::Scan(threads, sink);
    status.Update(scan_);
    return status;
  }
  std::unique_ptr<TextReader> NewReader() const override {
    auto reader = WrappedSource::NewReader();
    if (!truncates_) return reader;
    return std::make_unique<TruncatingReader>(std::move(reader));
  }
  absl::Status ReadError() const override { return read_; }

  void Truncate() { truncates_ = true; }

 private:
  absl::Status scan_;
  absl::Status read_;
  bool scanned_ = false;
  bool truncates_ = false;
};

TEST(PassagesTest, TextsThatChangedAreAnError) {
  const Articles articles = RandomArticles(1, 25, 20);
  FailingSource changed(articles, absl::OkStatus(), absl::OkStatus());
  changed.Truncate();
  EXPECT_EQ(FindPassages({}, &changed).status().code(),
            absl::StatusCode::kFailedPrecondition);
  FailingSource unreadable(articles, absl::OkStatus(),
                           absl::UnavailableError("gone"));
  unreadable.Truncate();
  EXPECT_EQ(FindPassages({}, &unreadable).status(),
            absl::UnavailableError("gone"));
}

TEST(PassagesTest, ErrorsOfTheSourceAreReported) {
  const Articles articles = RandomArticles(1, 25, 20);
  FailingSource no_scan(articles, absl::DataLossError("torn"),
                        absl::OkStatus());
  EXPECT_EQ(FindPassages({}, &no_scan).status(), absl::DataLossError("torn"));
  FailingSource no_read(articles, absl::OkStatus(),
                        absl::UnavailableError("gone"));
  EXPECT_EQ(FindPassages({}, &no_read).status(),
            absl::UnavailableError("gone"));
}

TEST(PassagesTest, BadOptionsAreRefusedBeforeAnythingIsRead) {
  struct Case {
    const char* named;  // in the message
    void (*spoil)(PassagesOptions*);
  };
  const Case cases[] = {
      {"0 threads", [](PassagesOptions* o) { o->threads = 0; }},
      {"at most 1 document", [](PassagesOptions* o) { o->most_documents = 1; }},
      {"min_run is", [](PassagesOptions* o) { o->passage.min_run = 2; }},
      {"min_run is", [](PassagesOptions* o) { o->passage.min_run = 65; }},
      {"words", [](PassagesOptions* o) { o->passage.min_words = 0; }},
      {"letters", [](PassagesOptions* o) { o->passage.min_letters = -1; }},
      {"fragment", [](PassagesOptions* o) { o->passage.fragment_words = 0; }},
      {"lone", [](PassagesOptions* o) { o->passage.lone_words = 0; }},
      {"gap", [](PassagesOptions* o) { o->passage.max_gap = -1; }},
      {"rarity", [](PassagesOptions* o) { o->passage.lone_rarity = -1; }},
      {"lone_rarity is nan",
       [](PassagesOptions* o) { o->passage.lone_rarity = std::nan(""); }},
      {"gap", [](PassagesOptions* o) { o->passage.max_gap = 1001; }},
  };
  for (const Case& c : cases) {
    PassagesOptions options;
    EXPECT_TRUE(Validate(options).ok());
    c.spoil(&options);
    FailingSource source({}, absl::OkStatus(), absl::OkStatus());
    const absl::Status status = FindPassages(options, &source).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.named));
    EXPECT_FALSE(source.scanned());
  }
}

TEST(PassagesTest, ProgressReachesTheEnd) {
  class Listener : public ProgressListener {
   public:
    void Advance(std::string_view stage, uint64_t done,
                 uint64_t total) override {
      if (stage == "aligning" && done == total) ++ends;
    }
    std::atomic<int> ends = 0;
  };
  Listener listener;
  PassagesOptions options;
  options.threads = 2;
  options.progress = &listener;
  RunPassages(options, RandomArticles(1, 25, 100));
  EXPECT_EQ(listener.ends, 1);
}

}  // namespace
}  // namespace wirecopy
