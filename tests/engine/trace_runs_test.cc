// What traces say is equal within passages.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/corpus.h"
#include "provenance/text_profile.h"
#include "tests/support/passage_corpus.h"
#include "tests/support/trace_corpus.h"
#include "wirecopy/passage.h"
#include "wirecopy/trace.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::RandomArticles;
using oracle::RunTrace;

TraceOptions WithRuns() {
  TraceOptions options;
  options.keeps_runs = true;
  options.passages.all_pairs = true;
  return options;
}

Articles OfNobody(Articles articles) {
  for (auto& article : articles) article.publisher.clear();
  return articles;
}

Articles Newsroom() {
  CorpusOptions options;
  options.paths = {WIRECOPY_CORPUS_DIR "/newsroom/articles.jsonl"};
  const auto corpus = Corpus::Open(options);
  EXPECT_TRUE(corpus.ok()) << corpus.status();
  if (!corpus.ok()) return {};
  const auto empty = FindPassages({}, corpus->get());  // scans it
  EXPECT_TRUE(empty.ok()) << empty.status();
  Articles articles;
  const auto reader = (*corpus)->NewReader();
  for (uint32_t d = 0; d < (*corpus)->size(); ++d) {
    articles.push_back({(*corpus)->Id(d).text, std::string(reader->Text(d)),
                        (*corpus)->Published(d), ""});
  }
  return articles;
}

std::vector<EqualRun> Copy(std::span<const EqualRun> runs) {
  return {runs.begin(), runs.end()};
}

// Where nothing is furniture, and none is too common for its length, a pair has
// what its texts alone have. Returns how many runs there were.
size_t CheckAgainstTwoTexts(const Articles& articles) {
  TraceOptions options = WithRuns();
  options.passages.passage.lone_rarity = 0;
  const TraceResult trace = RunTrace(options, articles);
  EXPECT_EQ(trace.run_ends.size(), trace.passages.passages.size());
  PassageAligner aligner(options.passages.passage);
  for (const TraceEdge& edge : trace.edges) {
    const size_t count =
        aligner.Align(articles[edge.a].text, articles[edge.b].text).size();
    EXPECT_EQ(count, edge.last_passage - edge.first_passage);
    for (size_t i = 0; i < count; ++i) {
      EXPECT_EQ(Copy(trace.Runs(edge.first_passage + i)),
                Copy(aligner.Runs(i)));
    }
  }
  return trace.runs.size();
}

TEST(TraceRunsTest, AreThoseOfTwoTextsOfTheNewsroom) {
  EXPECT_GT(CheckAgainstTwoTexts(Newsroom()), 100U);
}

TEST(TraceRunsTest, AreThoseOfTwoRandomTexts) {
  size_t runs = 0;
  for (const size_t vocabulary : {20, 400}) {
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      SCOPED_TRACE(seed);
      runs +=
          CheckAgainstTwoTexts(OfNobody(RandomArticles(seed, vocabulary, 40)));
    }
  }
  EXPECT_GT(runs, 100U);
}

void AddCodes(std::string_view text, ByteSpan span,
              std::vector<TokenCode>* codes) {
  const std::string_view run = text.substr(span.begin, span.end - span.begin);
  for (const ProfileWord& word : ReadTextProfile(run).words) {
    codes->push_back(word.code);
  }
}

// A passage's runs lie within it, in order, hold the same words on either side,
// and as many as the passage has.
void CheckRuns(const ReusedPassage& passage, std::span<const EqualRun> runs,
               std::string_view a, std::string_view b) {
  std::vector<TokenCode> in_a;
  std::vector<TokenCode> in_b;
  EqualRun before{{passage.a_span.begin, passage.a_span.begin},
                  {passage.b_span.begin, passage.b_span.begin}};
  for (const EqualRun& run : runs) {
    EXPECT_GE(run.a.begin, before.a.end);
    EXPECT_GE(run.b.begin, before.b.end);
    AddCodes(a, run.a, &in_a);
    AddCodes(b, run.b, &in_b);
    before = run;
  }
  EXPECT_LE(before.a.end, passage.a_span.end);
  EXPECT_LE(before.b.end, passage.b_span.end);
  EXPECT_EQ(in_a, in_b);
  EXPECT_EQ(in_a.size(), passage.words);
}

TEST(TraceRunsTest, MakeUpPassages) {
  size_t checked = 0;
  for (const bool all_pairs : {false, true}) {
    for (uint64_t seed = 1; seed <= 6; ++seed) {
      TraceOptions options = WithRuns();
      options.passages.all_pairs = all_pairs;
      const Articles articles = RandomArticles(seed, 400, 60);
      const TraceResult trace = RunTrace(options, articles);
      for (const TraceEdge& edge : trace.edges) {
        for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
          CheckRuns(trace.passages.passages[i], trace.Runs(i),
                    articles[edge.a].text, articles[edge.b].text);
          ++checked;
        }
      }
    }
  }
  EXPECT_GT(checked, 100U);
}

// Two copies of a story with all else that a paper prints below it: what is
// equal goes on where the story ends, and belongs to two passages.
TEST(TraceRunsTest, AreCutWhereFurnitureBegins) {
  oracle::Prose prose(3);
  const std::string story = prose.Paragraph(6);
  const std::string footer = prose.Sentence(22);
  Articles articles;
  const auto add = [&](const std::string& text, const char* publisher) {
    articles.push_back({"d" + std::to_string(10 + articles.size()), text,
                        std::nullopt, publisher});
  };
  for (int i = 0; i < 2; ++i) {
    add(prose.Paragraph() + "\n\n" + story + "\n\n" + footer, "P");
  }
  for (int i = 0; i < 2; ++i) add(prose.Paragraph(5) + "\n\n" + footer, "P");
  for (int i = 0; i < 10; ++i) add(prose.Paragraph(5), "Q");
  const TraceResult trace = RunTrace(WithRuns(), articles);
  ASSERT_EQ(trace.edges.size(), 1U);
  const TraceEdge& edge = trace.edges[0];
  ASSERT_EQ(edge.last_passage - edge.first_passage, 2U);
  for (const auto& [passage, expected] :
       {std::pair(edge.first_passage, story),
        std::pair(edge.first_passage + 1, footer)}) {
    const std::span<const EqualRun> runs = trace.Runs(passage);
    ASSERT_EQ(runs.size(), 1U);
    const auto text = [&](uint32_t document, ByteSpan span) {
      return articles[document].text.substr(span.begin, span.end - span.begin);
    };
    EXPECT_EQ(text(edge.a, runs[0].a) + ".", expected);
    EXPECT_EQ(text(edge.b, runs[0].b) + ".", expected);
  }
}

TEST(TraceRunsTest, AreThereForThreads) {
  const Articles articles = RandomArticles(3, 400, 60);
  TraceOptions options = WithRuns();
  const TraceResult one = RunTrace(options, articles);
  options.passages.threads = 4;
  const TraceResult four = RunTrace(options, articles);
  EXPECT_FALSE(one.runs.empty());
  EXPECT_EQ(one.runs, four.runs);
  EXPECT_EQ(one.run_ends, four.run_ends);
}

TEST(TraceRunsTest, NobodyWhoDoesNotAskHasThem) {
  const TraceResult trace = RunTrace({}, RandomArticles(1, 400, 40));
  EXPECT_FALSE(trace.edges.empty());
  EXPECT_TRUE(trace.runs.empty());
  EXPECT_TRUE(trace.run_ends.empty());
}

}  // namespace
}  // namespace wirecopy
