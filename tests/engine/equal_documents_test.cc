// Passages of texts that are equal word by word are copied from one to the
// other: they are those that aligning every pair finds.

#include "engine/equal_documents.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/passage_pairs.h"
#include "engine/publisher_numbers.h"
#include "engine/token_store.h"
#include "tests/support/passage_corpus.h"

namespace wirecopy {
namespace {

using oracle::Article;
using oracle::Articles;

// A scanned corpus.
struct Scanned {
  explicit Scanned(const Articles& articles)
      : documents(oracle::DocumentsOf(articles)),
        source(NewMemorySource(documents)) {
    auto scanned = TokenStore::Scan({}, 1, source.get());
    EXPECT_TRUE(scanned.ok()) << scanned.status();
    store = std::make_unique<TokenStore>(*std::move(scanned));
    order.resize(store->size());
    std::iota(order.begin(), order.end(), 0U);
    publishers = NumberPublishers(*source);
  }

  // Pairs whose runs are kept are all aligned, since runs are not copied.
  PassagePairs Find(const PassagesOptions& options, bool keeps_runs) const {
    return PassagePairFinder(options, *store, order, publishers, keeps_runs)
        .Find();
  }

  std::vector<Document> documents;
  std::unique_ptr<DocumentSource> source;
  std::unique_ptr<TokenStore> store;
  std::vector<uint32_t> order;
  std::vector<uint32_t> publishers;
};

// The same words in other marks, in one paragraph.
std::string Remarked(std::string text) {
  std::replace(text.begin(), text.end(), '.', ';');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// Each article up to four times, in any order, in its paper or in another one,
// which prints a line of its own below. Where that begins is told by
// paragraphs.
Articles Republished(uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::string line = oracle::Prose(seed).Sentence(30);
  Articles articles;
  for (const Article& article : oracle::RandomArticles(seed, 400, 60)) {
    for (size_t copies = 1 + random() % 4; copies > 0; --copies) {
      Article& copy = articles.emplace_back(article);
      copy.id += "-" + std::to_string(copies);
      if (random() % 2 == 0) {
        copy.publisher = "East";
        copy.text += "\n\n" + line;
      }
      if (random() % 2 == 0) copy.text = Remarked(copy.text);
    }
  }
  std::shuffle(articles.begin(), articles.end(), random);
  return articles;
}

auto Fields(const PairPassage& passage) {
  const TokenPassage& tokens = passage.tokens;
  return std::tuple(passage.a, passage.b, tokens.a.begin, tokens.a.end,
                    tokens.b.begin, tokens.b.end, tokens.words, tokens.edits,
                    tokens.thirds, tokens.rarity, passage.is_furniture);
}

TEST(EqualDocumentsTest, AreThoseOfTheSameWords) {
  const std::string text = "One two three, four.";
  Articles articles;
  for (const std::string& each :
       {text, std::string("One two three, five."), Remarked(text),
        std::string("ONE two three four"), text + " Five."}) {
    articles.emplace_back().text = each;
    articles.back().id = std::to_string(articles.size());
  }
  const Scanned scanned(articles);
  const EqualDocuments equal(*scanned.store);
  for (const uint32_t document : {0U, 2U, 3U}) {
    EXPECT_TRUE(equal.HasEqual(document)) << document;
    EXPECT_EQ(equal.FirstOf(document), 0U) << document;
  }
  for (const uint32_t document : {1U, 4U}) {
    EXPECT_FALSE(equal.HasEqual(document)) << document;
    EXPECT_EQ(equal.FirstOf(document), document);
  }
}

TEST(EqualDocumentsTest, HaveThePassagesThatAligningThemFinds) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const Scanned scanned(Republished(seed));
    size_t furniture = 0;
    for (PassagesOptions options : oracle::AllPassageWays()) {
      if (!options.all_pairs) continue;
      const PassagePairs expected = scanned.Find(options, true);
      for (const auto& spans : expected.furniture) furniture += spans.size();
      for (const int threads : {1, 2, 8}) {
        options.threads = threads;
        const PassagePairs found = scanned.Find(options, false);
        ASSERT_EQ(found.passages.size(), expected.passages.size());
        for (size_t i = 0; i < found.passages.size(); ++i) {
          ASSERT_EQ(Fields(found.passages[i]), Fields(expected.passages[i]));
        }
        EXPECT_EQ(found.stats.candidates, expected.stats.candidates);
        EXPECT_GT(found.copied, 0U);
        EXPECT_EQ(expected.copied, 0U);
      }
    }
    EXPECT_GT(furniture, 0U);
  }
}

// One thread knows all pairs of those before: it aligns the first two.
TEST(EqualDocumentsTest, AreAlignedOnce) {
  constexpr size_t kCopies = 100;
  Article article;
  article.text = oracle::Prose(1).Paragraph();
  const Scanned scanned(Articles(kCopies, article));
  const PassagePairs found = scanned.Find(oracle::AllPairs(), false);
  EXPECT_EQ(found.stats.candidates, kCopies * (kCopies - 1) / 2);
  EXPECT_EQ(found.copied, found.stats.candidates - 1);
  EXPECT_EQ(found.passages.size(), found.stats.candidates);
}

TEST(EqualDocumentsTest, AreFoundAsOftenAsAsked) {
  const Scanned scanned(Republished(6));
  const PassagesOptions options = oracle::AllPairs();
  PassagePairFinder finder(options, *scanned.store, scanned.order,
                           scanned.publishers);
  const PassagePairs once = finder.Find();
  const PassagePairs again = finder.Find();
  ASSERT_EQ(once.passages.size(), again.passages.size());
  EXPECT_EQ(once.copied, again.copied);
  for (size_t i = 0; i < once.passages.size(); ++i) {
    ASSERT_EQ(Fields(once.passages[i]), Fields(again.passages[i]));
  }
}

TEST(EqualDocumentsTest, MayHaveNoTokens) {
  Article article;
  article.text = "...";
  const Scanned empty(Articles(3, article));
  EXPECT_EQ(EqualDocuments(*empty.store).FirstOf(2), 0U);
  EXPECT_EQ(empty.Find(oracle::AllPairs(), false).passages.size(), 0U);
  const Scanned none(Articles{});
  EXPECT_EQ(none.Find(oracle::AllPairs(), false).passages.size(), 0U);
}

}  // namespace
}  // namespace wirecopy
