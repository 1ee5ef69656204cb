// Every run of tokens that two documents share is found, which brute force over
// all pairs of tokens tells.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/passage_corpus.h"
#include "tests/support/run_coverage.h"
#include "wirecopy/passages.h"

namespace wirecopy {
namespace {

using oracle::Article;
using oracle::Articles;
using oracle::CountRuns;
using oracle::NumberedTexts;
using oracle::Prose;
using oracle::RandomArticles;
using oracle::RunCounts;
using oracle::RunPassages;

NumberedTexts Number(const Articles& articles) {
  std::vector<std::string_view> texts;
  for (const Article& article : articles) texts.push_back(article.text);
  return NumberedTexts(texts);
}

PassagesOptions EveryRun(int min_run) {
  PassagesOptions options = oracle::AllPairs();
  options.passage.every_run = true;
  options.passage.min_run = min_run;
  options.offsets = OffsetUnit::kByte;
  return options;
}

TEST(PassagesEveryRunTest, OfRandomDocuments) {
  for (const int min_run : {4, 8, 12}) {
    size_t runs = 0;
    for (const size_t vocabulary : {6, 25, 100, 400}) {
      const Articles articles = RandomArticles(vocabulary, vocabulary, 50);
      const NumberedTexts texts = Number(articles);
      for (const uint64_t seed : {0, 12345}) {
        PassagesOptions options = EveryRun(min_run);
        options.passage.seed = seed;
        const RunCounts counts =
            CountRuns(texts, RunPassages(options, articles),
                      static_cast<uint32_t>(min_run));
        EXPECT_EQ(counts.covered, counts.all)
            << "runs of " << min_run << " of " << vocabulary << " words";
        runs += counts.all;
      }
    }
    EXPECT_GT(runs, 1000U);
  }
}

// Of what two texts have in common many times over, a bounded number of
// pairings is looked at: with two or three words to choose from, short runs get
// lost, long ones do not.
TEST(PassagesEveryRunTest, OfDocumentsOfAFewWords) {
  for (const size_t vocabulary : {2, 3}) {
    const Articles articles = RandomArticles(vocabulary, vocabulary, 40);
    const NumberedTexts texts = Number(articles);
    for (const uint32_t min_run : {4, 8, 12}) {
      const RunCounts counts = CountRuns(
          texts, RunPassages(EveryRun(static_cast<int>(min_run)), articles),
          min_run);
      const double share =
          static_cast<double>(counts.covered) / static_cast<double>(counts.all);
      EXPECT_GE(share, min_run == 4 ? 0.97 : 1)
          << "runs of " << min_run << " of " << vocabulary << " words";
    }
  }
}

// Without the flag, what is short or amid a sentence may stay unreported; so
// the test above would notice if the flag did nothing.
TEST(PassagesEveryRunTest, OnlyWhereAskedFor) {
  PassagesOptions options = EveryRun(4);
  options.passage.every_run = false;
  const Articles articles = RandomArticles(25, 25, 40);
  const RunCounts counts =
      CountRuns(Number(articles), RunPassages(options, articles), 4);
  EXPECT_LT(counts.covered, counts.all);
}

TEST(PassagesEveryRunTest, OfTheNewsroom) {
  for (const int min_run : {4, 8, 12}) {
    const auto newsroom = oracle::FindInNewsroom(EveryRun(min_run));
    const auto reader = newsroom.corpus->NewReader();
    std::vector<std::string> owned;
    for (uint32_t d = 0; d < newsroom.corpus->size(); ++d) {
      owned.emplace_back(reader->Text(d));
    }
    const RunCounts counts =
        CountRuns(NumberedTexts({owned.begin(), owned.end()}), newsroom.found,
                  static_cast<uint32_t>(min_run));
    EXPECT_GT(counts.all, 150U);
    EXPECT_EQ(counts.covered, counts.all) << "runs of " << min_run;
  }
}

// Of each document, the tokens that its passages with earlier ones cover.
std::vector<std::vector<bool>> CoveredByEarlier(const Articles& articles,
                                                const NumberedTexts& texts,
                                                const PassagesResult& found) {
  std::vector<std::vector<bool>> covered;
  for (uint32_t d = 0; d < texts.size(); ++d) {
    covered.emplace_back(texts.Of(d).size());
  }
  for (const ReusedPassage& passage : found.passages) {
    const bool a_is_later =
        oracle::IsEarlier(articles[passage.b], articles[passage.a]);
    const uint32_t later = a_is_later ? passage.a : passage.b;
    const OffsetSpan span = a_is_later ? passage.a_span : passage.b_span;
    for (uint32_t i = 0; i < covered[later].size(); ++i) {
      const ByteSpan place = texts.Place(later, i);
      if (span.begin <= place.begin && place.end <= span.end) {
        covered[later][i] = true;
      }
    }
  }
  return covered;
}

// Without all_pairs, not each pair that has a run is aligned, but of each
// document all is found that an earlier one had: fingerprints overlap, and each
// is found where it was first. At either end of a run, that of another pair may
// come to two tokens less.
TEST(PassagesEveryRunTest, WhatAnEarlierDocumentHadIsFoundWithoutAllPairs) {
  constexpr uint32_t kMinRun = 8;
  constexpr uint32_t kWindow = 3;  // n-grams of 6 tokens
  size_t runs = 0;
  for (const size_t vocabulary : {25, 100, 400}) {
    const Articles articles = RandomArticles(91 + vocabulary, vocabulary, 400);
    const NumberedTexts texts = Number(articles);
    PassagesOptions options = EveryRun(kMinRun);
    options.all_pairs = false;
    const PassagesResult found = RunPassages(options, articles);
    const auto covered = CoveredByEarlier(articles, texts, found);
    for (uint32_t d = 0; d < articles.size(); ++d) {
      for (uint32_t earlier = 0; earlier < articles.size(); ++earlier) {
        if (!oracle::IsEarlier(articles[earlier], articles[d])) continue;
        for (const TokenRun& run :
             oracle::MaximalRuns(texts.Of(earlier), texts.Of(d), kMinRun)) {
          ++runs;
          for (uint32_t i = run.b + kWindow - 1; i + kWindow <= run.b_end();
               ++i) {
            EXPECT_TRUE(covered[d][i]) << articles[d].id << " token " << i;
          }
        }
      }
    }
  }
  EXPECT_GT(runs, 1000U);
}

// Twenty articles that share a line of each of these numbers of words, each in
// an order of its own.
Articles SharedLines(const std::vector<size_t>& sizes) {
  Prose prose(7);
  std::vector<std::string> lines;
  for (const size_t size : sizes) lines.push_back(prose.Sentence(size));
  Articles articles;
  for (int i = 0; i < 20; ++i) {
    std::string text = prose.Paragraph();
    for (size_t n = 0; n < lines.size(); ++n) {
      const size_t line = (n * 3 + static_cast<size_t>(i)) % lines.size();
      text += "\n\n" + lines[line] + "\n\n" + prose.Paragraph();
    }
    articles.push_back({"d" + std::to_string(i), text, oracle::Day(i % 7), ""});
  }
  return articles;
}

TEST(PassagesCapTest, LongRunsAreFoundWhateverTheCap) {
  const Articles articles =
      SharedLines({kLongRun + 1, kLongRun + 2, kLongRun + 10, 100});
  const NumberedTexts texts = Number(articles);
  for (const uint32_t most : {2, 5, 19}) {
    PassagesOptions options = oracle::AllPairs();
    options.offsets = OffsetUnit::kByte;
    options.most_documents = most;
    const PassagesResult found = RunPassages(options, articles);
    EXPECT_EQ(found.stats.most_documents, most);
    EXPECT_GT(found.stats.capped_fingerprints, 0U);
    const RunCounts counts = CountRuns(texts, found, kLongRun + 1);
    EXPECT_EQ(counts.all, 4U * 20 * 19 / 2);
    EXPECT_EQ(counts.covered, counts.all) << "of at most " << most;
  }
}

TEST(PassagesCapTest, ShorterRunsNeedFewDocuments) {
  const Articles articles = SharedLines({20});
  PassagesOptions options = oracle::AllPairs();
  options.most_documents = 20;
  PassagesResult found = RunPassages(options, articles);
  EXPECT_EQ(found.passages.size(), 20U * 19 / 2);
  EXPECT_EQ(found.stats.capped_fingerprints, 0U);
  // At the line's ends, what is chosen depends on what stands beside it, so
  // that fewer documents have those fingerprints.
  options.most_documents = 2;
  found = RunPassages(options, articles);
  EXPECT_LT(found.passages.size(), 10U);
  EXPECT_GT(found.stats.capped_fingerprints, 0U);
  // By itself, the cap is such that so small a corpus has none.
  options.most_documents = 0;
  found = RunPassages(options, articles);
  EXPECT_EQ(found.passages.size(), 20U * 19 / 2);
  EXPECT_EQ(found.stats.capped_fingerprints, 0U);
}

// Runs overlap, repeat and meet by chance here, of any length.
TEST(PassagesCapTest, LongRunsOfRandomDocuments) {
  size_t long_runs = 0;
  for (const size_t vocabulary : {3, 25, 400}) {
    const Articles articles = RandomArticles(31 + vocabulary, vocabulary, 60);
    PassagesOptions options = EveryRun(8);
    options.most_documents = 2;
    const PassagesResult found = RunPassages(options, articles);
    EXPECT_GT(found.stats.capped_fingerprints, 0U);
    const NumberedTexts texts = Number(articles);
    const RunCounts counts = CountRuns(texts, found, kLongRun + 1);
    EXPECT_EQ(counts.covered, counts.all) << vocabulary << " words";
    long_runs += counts.all;
    const RunCounts shorter = CountRuns(texts, found, 8);
    EXPECT_LT(shorter.covered, shorter.all) << vocabulary << " words";
  }
  EXPECT_GT(long_runs, 50U);
}

// A repeated run: each place is covered once, be it with any other.
TEST(PassagesEveryRunTest, PlacesOfARepetitionAreAllCovered) {
  Prose prose(3);
  const std::string line = prose.Sentence(12);
  Articles articles;
  for (const int times : {1, 2, 7, 40}) {
    std::string text = prose.Sentence();
    for (int i = 0; i < times; ++i) text += " " + line + " " + prose.Sentence();
    articles.push_back({"d" + std::to_string(times), text, {}, ""});
  }
  const RunCounts counts =
      CountRuns(Number(articles), RunPassages(EveryRun(8), articles), 8);
  EXPECT_EQ(counts.all, 1U * 2 + 7 + 40 + 2 * 7 + 2 * 40 + 7 * 40);
  EXPECT_EQ(counts.covered, counts.all);
}

}  // namespace
}  // namespace wirecopy
