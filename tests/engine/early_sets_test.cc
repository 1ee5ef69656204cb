// Texts that look like one before them are not read again, which changes no
// answer.

#include "engine/early_sets.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/run_match.h"
#include "tests/support/stories.h"
#include "tests/support/wrapped_source.h"
#include "wirecopy/dedup.h"

namespace wirecopy {
namespace {

using oracle::Stories;
using oracle::StoryMaker;
using oracle::Words;

// Counts how many texts are read again.
class CountedSource : public oracle::WrappedSource {
 public:
  using WrappedSource::WrappedSource;

  size_t reads() const { return reads_; }

  std::unique_ptr<TextReader> NewReader() const override {
    return std::make_unique<Reader>(WrappedSource::NewReader(), &reads_);
  }

 private:
  class Reader : public TextReader {
   public:
    Reader(std::unique_ptr<TextReader> reader, std::atomic<size_t>* reads)
        : reader_(std::move(reader)), reads_(*reads) {}
    std::string_view Text(uint32_t document) override {
      ++reads_;
      return reader_->Text(document);
    }

   private:
    std::unique_ptr<TextReader> reader_;
    std::atomic<size_t>& reads_;
  };

  mutable std::atomic<size_t> reads_ = 0;
};

constexpr size_t kTexts = 100;

// Texts, and then as many with one other word in a hundred, at a similarity of
// 0.9.
Stories TextsAndEdits(size_t words_each) {
  StoryMaker maker(8, 1000);
  std::vector<Words> texts;
  for (size_t i = 0; i < kTexts; ++i) {
    texts.push_back(maker.UniqueWords(words_each));
  }
  for (const Words& words : texts) maker.Add(words);
  for (Words& words : texts) {
    for (size_t at = 50; at < words.size(); at += 100) {
      words[at] = maker.UniqueWords(1)[0];
    }
    maker.Add(words);
  }
  return maker.Take();
}

size_t ReadsWith(const DedupOptions& options, const Stories& stories) {
  CountedSource source(oracle::DocumentsOf(stories));
  const auto result = Dedup(options, &source);
  EXPECT_TRUE(result.ok()) << result.status();
  if (result.ok()) {
    EXPECT_EQ(result->removed.size(), kTexts);
  }
  return source.reads();
}

TEST(EarlySetsTest, SparesTextsFromBeingReadAgain) {
  const Stories stories = TextsAndEdits(300);
  for (const int threads : {1, 4}) {
    DedupOptions options;
    options.match.threads = threads;
    // Of those edited, 95 % share one of four bands: all but 5, and all but 17
    // where chance goes five standard errors astray.
    const size_t reads = ReadsWith(options, stories);
    EXPECT_GE(reads, kTexts);
    EXPECT_LE(reads, kTexts + 17);
    options.match.cache_bytes = 0;
    EXPECT_GE(ReadsWith(options, stories), 2 * kTexts);
  }
}

TEST(EarlySetsTest, ReadsShortTextsAgain) {
  EXPECT_GE(ReadsWith({}, TextsAndEdits(100)), 2 * kTexts);
}

TEST(EarlySetsTest, ChangesNothing) {
  for (const Stories& stories :
       {oracle::FamilyStories(2), oracle::MixedStories(23, 300),
        TextsAndEdits(200)}) {
    for (const auto cluster :
         {ClusterMethod::kStar, ClusterMethod::kComponents}) {
      DedupOptions options;
      options.cluster = cluster;
      options.match.threshold = 0.6;
      options.match.cache_bytes = 0;
      const DedupResult expected = oracle::RunDedup(options, stories);
      EXPECT_GT(expected.removed.size(), 20U);
      for (const size_t cache : {size_t{20000}, size_t{1} << 28}) {
        options.match.cache_bytes = cache;
        for (const int threads : {1, 4}) {
          options.match.threads = threads;
          oracle::ExpectSame(oracle::RunDedup(options, stories), expected);
        }
      }
    }
  }
}

TEST(EarlySetsTest, AreTakenByTheirIndex) {
  EarlySets sets;
  const std::vector<uint64_t> first = {1, 2};
  const std::vector<uint64_t> second = {3};
  sets.Add(4, first);
  sets.Add(9, second);
  for (const size_t absent : {0U, 5U, 10U}) {
    EXPECT_EQ(sets.Take(absent), nullptr);
  }
  EXPECT_EQ(*sets.Take(9), second);
  EXPECT_EQ(*sets.Take(4), first);
  sets.Clear();
  EXPECT_EQ(sets.Take(4), nullptr);
}

}  // namespace
}  // namespace wirecopy
