// Corpora for tests of passages: texts made up of sentences that nobody else
// has, and corpus/newsroom.

#ifndef WIRECOPY_TESTS_SUPPORT_PASSAGE_CORPUS_H_
#define WIRECOPY_TESTS_SUPPORT_PASSAGE_CORPUS_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "absl/time/time.h"
#include "io/corpus.h"
#include "tests/support/stories.h"
#include "wirecopy/document.h"
#include "wirecopy/passages.h"

namespace wirecopy::oracle {

// A document that owns its text.
struct Article {
  std::string id;
  std::string text;
  std::optional<absl::Time> published;
  std::string publisher;
  bool published_is_uncertain = false;
};
using Articles = std::vector<Article>;

inline absl::Time Day(int64_t day) {
  return absl::FromUnixSeconds(1700000000 + day * 86400);
}

// Whether a text counts as x's rather than y's where both have it.
inline bool IsEarlier(const Article& x, const Article& y) {
  const auto key = [](const Article& article) {
    return std::tuple(!article.published,
                      article.published.value_or(absl::Time()), article.id);
  };
  return key(x) < key(y);
}

// The documents of articles, which must outlive them.
inline std::vector<Document> DocumentsOf(const Articles& articles) {
  std::vector<Document> documents;
  for (const Article& article : articles) {
    documents.push_back({{false, article.id},
                         article.text,
                         article.published,
                         article.publisher});
    documents.back().details.published_is_uncertain =
        article.published_is_uncertain;
  }
  return documents;
}

inline PassagesResult RunPassages(const PassagesOptions& options,
                                  const Articles& articles) {
  const std::vector<Document> documents = DocumentsOf(articles);
  const auto source = NewMemorySource(documents);
  auto result = FindPassages(options, source.get());
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : PassagesResult{};
}

inline PassagesOptions AllPairs() {
  PassagesOptions options;
  options.all_pairs = true;
  return options;
}

// Options that go different ways.
inline std::vector<PassagesOptions> AllPassageWays() {
  std::vector<PassagesOptions> ways(4);
  ways[1].self = true;
  ways[2].all_pairs = true;
  ways[3].all_pairs = true;
  ways[3].most_documents = 4;
  ways[3].self = true;
  ways[3].passage.every_run = true;
  return ways;
}

// Of a text that counts bytes.
inline std::string TextAt(const Article& article, OffsetSpan span) {
  return article.text.substr(span.begin, span.end - span.begin);
}

// Prose of invented words. There are so many that two sentences have nothing
// in common.
class Prose {
 public:
  explicit Prose(uint64_t seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }

  std::string Word() {
    static constexpr const char* kSyllables[] = {
        "ba", "ke", "lo", "mi", "nu", "pra", "ste", "vol", "wir", "zan"};
    std::string word;
    for (int i = 0; i < 4; ++i) word += kSyllables[Below(10)];
    return word;
  }

  // Without a full stop.
  std::string Words(size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) {
      if (i > 0) text += ' ';
      text += Word();
    }
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  std::string Sentence(size_t words = 14) { return Words(words) + "."; }

  std::string Paragraph(size_t sentences = 3) {
    std::string text = Sentence();
    for (size_t i = 1; i < sentences; ++i) text += " " + Sentence();
    return text;
  }

  // An article around a text, which has a paragraph of its own.
  std::string Around(const std::string& text) {
    return Paragraph() + "\n\n" + text + "\n\n" + Paragraph();
  }

 private:
  std::mt19937_64 random_;
};

// Copies, excerpts, repetitions and chance meetings, in some publishers' papers
// so that there is furniture to cut at.
inline Articles RandomArticles(uint64_t seed, size_t vocabulary, size_t count) {
  StoryMaker maker(seed, vocabulary);
  for (size_t i = 0; i < count; ++i) maker.AddAny();
  Articles articles;
  for (const Story& story : maker.stories()) {
    static constexpr const char* kPublishers[] = {"", "North", "South"};
    articles.push_back({"d" + std::to_string(articles.size()), story.text,
                        story.published, kPublishers[maker.Below(3)]});
  }
  return articles;
}

// corpus/newsroom, and what is found in it.
struct NewsroomPassages {
  std::unique_ptr<Corpus> corpus;
  PassagesResult found;
};

inline NewsroomPassages FindInNewsroom(const PassagesOptions& options) {
  CorpusOptions corpus_options;
  corpus_options.paths = {WIRECOPY_CORPUS_DIR "/newsroom/articles.jsonl"};
  corpus_options.keeps_publishers = true;
  NewsroomPassages newsroom;
  auto corpus = Corpus::Open(corpus_options);
  EXPECT_TRUE(corpus.ok()) << corpus.status();
  if (!corpus.ok()) return newsroom;
  newsroom.corpus = *std::move(corpus);
  auto found = FindPassages(options, newsroom.corpus.get());
  EXPECT_TRUE(found.ok()) << found.status();
  if (found.ok()) newsroom.found = *std::move(found);
  return newsroom;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_PASSAGE_CORPUS_H_
