// Passages in tokens, against all pairs of tokens.

#include "passage/token_aligner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "passage/winnow.h"
#include "tests/support/align_codes.h"
#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

using oracle::Codes;

using Found = oracle::CodePassage;
using FoundPassages = oracle::CodePassages;
using oracle::AlignCodes;
using oracle::AlignSelfCodes;

// Texts that have much in common: edited, moved, repeated.
struct Texts {
  Codes a;
  Codes b;
};

Texts Related(oracle::CodeSource* source, uint32_t vocabulary) {
  const Codes base = source->New(source->Below(150), vocabulary);
  Texts texts;
  for (Codes* text : {&texts.a, &texts.b}) {
    *text = source->Edited(base, source->Below(20), vocabulary);
    if (source->Below(2) == 0) *text = source->Moved(*text);
    *text = oracle::Joined(*text, source->New(source->Below(30), vocabulary));
    if (source->Below(3) == 0) {
      *text = oracle::Joined(
          *text, source->Edited(base, source->Below(9), vocabulary));
    }
  }
  return texts;
}

PassageOptions SomeOptions(oracle::CodeSource* source) {
  PassageOptions options;
  options.min_run = 3 + static_cast<int>(source->Below(8));
  options.min_words = 1 + static_cast<int>(source->Below(12));
  options.max_gap = static_cast<int>(source->Below(40));
  options.every_run = source->Below(2) == 0;
  return options;
}

bool TokensAreEqual(const Codes& a, const Codes& b, const TokenRun& run) {
  return run.a_end() <= a.size() && run.b_end() <= b.size() &&
         std::equal(a.begin() + run.a, a.begin() + run.a_end(),
                    b.begin() + run.b);
}

void CheckRuns(const Codes& a, const Codes& b, const Found& found) {
  const TokenPassage& passage = found.passage;
  ASSERT_FALSE(found.runs.empty());
  uint32_t words = 0;
  uint32_t edits = 0;
  TokenRun last{passage.a.begin, passage.b.begin, 0};
  for (const TokenRun& run : found.runs) {
    ASSERT_GT(run.length, 0U);
    ASSERT_TRUE(TokensAreEqual(a, b, run));
    ASSERT_TRUE(run.a >= last.a_end() && run.b >= last.b_end());
    const Codes gap_a(a.begin() + last.a_end(), a.begin() + run.a);
    const Codes gap_b(b.begin() + last.b_end(), b.begin() + run.b);
    edits += oracle::EditDistance(gap_a, gap_b);
    words += run.length;
    last = run;
  }
  ASSERT_EQ(found.runs[0].a, passage.a.begin);
  ASSERT_EQ(found.runs[0].b, passage.b.begin);
  ASSERT_EQ(last.a_end(), passage.a.end);
  ASSERT_EQ(last.b_end(), passage.b.end);
  ASSERT_EQ(words, passage.words);
  ASSERT_EQ(edits, passage.edits);
  ASSERT_EQ(passage.thirds, kThirdsOfWord * words);
}

TEST(TokenAlignerTest, PassagesAreWhatTheySay) {
  oracle::CodeSource source(1);
  size_t passages = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const Texts texts = Related(&source, 2 + source.Below(60));
    const PassageOptions options = SomeOptions(&source);
    for (const Found& found : AlignCodes(options, texts.a, texts.b)) {
      ASSERT_NO_FATAL_FAILURE(CheckRuns(texts.a, texts.b, found)) << trial;
      if (!options.every_run) {
        ASSERT_GE(found.passage.words,
                  static_cast<uint32_t>(options.min_words));
      }
      ++passages;
    }
    for (const Found& found : AlignSelfCodes(options, texts.a)) {
      ASSERT_NO_FATAL_FAILURE(CheckRuns(texts.a, texts.a, found)) << trial;
      ASSERT_LE(found.passage.a.end, found.passage.b.begin);
      ++passages;
    }
  }
  EXPECT_GT(passages, 2000U);
}

using Key = std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>;

std::map<Key, std::vector<TokenRun>> ByPlace(const FoundPassages& passages,
                                             bool exchanged) {
  std::map<Key, std::vector<TokenRun>> map;
  for (const Found& found : passages) {
    TokenSpan a = found.passage.a;
    TokenSpan b = found.passage.b;
    std::vector<TokenRun> runs = found.runs;
    if (exchanged) {
      std::swap(a, b);
      for (TokenRun& run : runs) std::swap(run.a, run.b);
    }
    map[{a.begin, b.begin, a.end, b.end}] = runs;
  }
  return map;
}

TEST(TokenAlignerTest, EitherTextMayComeFirst) {
  oracle::CodeSource source(2);
  for (int trial = 0; trial < 2000; ++trial) {
    const Texts texts = Related(&source, 1 + source.Below(40));
    const PassageOptions options = SomeOptions(&source);
    const FoundPassages one = AlignCodes(options, texts.a, texts.b);
    const FoundPassages other = AlignCodes(options, texts.b, texts.a);
    ASSERT_EQ(one.size(), other.size());
    ASSERT_EQ(ByPlace(one, false), ByPlace(other, true)) << trial;
    ASSERT_TRUE(std::is_sorted(
        one.begin(), one.end(), [](const Found& x, const Found& y) {
          return std::tie(x.passage.a.begin, x.passage.b.begin) <
                 std::tie(y.passage.a.begin, y.passage.b.begin);
        }));
  }
}

// A passage goes on where both texts do, up to where another one is.
TEST(TokenAlignerTest, EndsAreWhereTextsDiffer) {
  oracle::CodeSource source(3);
  PassageOptions options;
  options.every_run = true;
  options.min_run = 5;
  size_t ends = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const auto [a, b] = Related(&source, 200);
    const FoundPassages passages = AlignCodes(options, a, b);
    for (const Found& found : passages) {
      const TokenPassage& passage = found.passage;
      const auto begins_at = [&passage](const Found& other) {
        return other.passage.a.begin == passage.a.end ||
               other.passage.b.begin == passage.b.end;
      };
      const auto ends_at = [&passage](const Found& other) {
        return other.passage.a.end == passage.a.begin ||
               other.passage.b.end == passage.b.begin;
      };
      ASSERT_TRUE(passage.a.begin == 0 || passage.b.begin == 0 ||
                  a[passage.a.begin - 1] != b[passage.b.begin - 1] ||
                  std::any_of(passages.begin(), passages.end(), ends_at))
          << trial;
      ASSERT_TRUE(passage.a.end == a.size() || passage.b.end == b.size() ||
                  a[passage.a.end] != b[passage.b.end] ||
                  std::any_of(passages.begin(), passages.end(), begins_at))
          << trial;
      ++ends;
    }
  }
  EXPECT_GT(ends, 1000U);
}

// --- every_run ---------------------------------------------------------------

// The most places that the same `gram` tokens have in a text.
size_t MostRepeats(const Codes& text, size_t gram) {
  std::map<Codes, size_t> counts;
  size_t most = 0;
  for (size_t i = 0; i + gram <= text.size(); ++i) {
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(i);
    most = std::max(
        most,
        ++counts[Codes(begin, begin + static_cast<std::ptrdiff_t>(gram))]);
  }
  return most;
}

bool IsCovered(uint32_t begin, uint32_t end, const FoundPassages& passages,
               TokenSpan TokenPassage::*side) {
  for (uint32_t i = begin; i < end; ++i) {
    const auto holds = [&](const Found& found) {
      const TokenSpan span = found.passage.*side;
      return span.begin <= i && i < span.end;
    };
    if (std::none_of(passages.begin(), passages.end(), holds)) return false;
  }
  return true;
}

struct Coverage {
  size_t runs = 0;
  size_t covered = 0;
};

// Counts the maximal runs that stand in passages.
void CountCovered(const Texts& texts, int min_run, Coverage* coverage) {
  PassageOptions options;
  options.min_run = min_run;
  options.every_run = true;
  const FoundPassages passages = AlignCodes(options, texts.a, texts.b);
  for (const TokenRun& run :
       oracle::MaximalRuns(texts.a, texts.b, static_cast<uint32_t>(min_run))) {
    ++coverage->runs;
    if (IsCovered(run.a, run.a_end(), passages, &TokenPassage::a) &&
        IsCovered(run.b, run.b_end(), passages, &TokenPassage::b)) {
      ++coverage->covered;
    }
  }
}

TEST(EveryRunTest, CoversAllRunsOfWhatRepeatsAFewTimes) {
  oracle::CodeSource source(4);
  Coverage coverage;
  for (int trial = 0; trial < 3000; ++trial) {
    const int min_run = 3 + static_cast<int>(source.Below(8));
    const Texts texts = Related(&source, 2 + source.Below(100));
    const size_t gram = SizesForRun(min_run).gram;
    if (MostRepeats(texts.a, gram) * MostRepeats(texts.b, gram) >
        kMostPairings) {
      continue;
    }
    CountCovered(texts, min_run, &coverage);
    ASSERT_EQ(coverage.covered, coverage.runs) << trial;
  }
  EXPECT_GT(coverage.runs, 5000U);
}

// Where more pairings are possible than are looked at, a place may go
// unpaired with another, but few places go without a passage.
TEST(EveryRunTest, CoversMostRunsOfWhatRepeatsManyTimes) {
  oracle::CodeSource source(5);
  Coverage coverage;
  for (int trial = 0; trial < 1000; ++trial) {
    const int min_run = 3 + static_cast<int>(source.Below(8));
    CountCovered(Related(&source, 2 + source.Below(3)), min_run, &coverage);
  }
  EXPECT_GT(coverage.runs, 5000U);
  RecordProperty("covered_per_mille",
                 static_cast<int>(1000 * coverage.covered / coverage.runs));
  EXPECT_GE(static_cast<double>(coverage.covered),
            0.99 * static_cast<double>(coverage.runs));
}

TEST(EveryRunTest, CoversWhatATextRepeats) {
  oracle::CodeSource source(6);
  size_t runs = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    PassageOptions options;
    options.min_run = 3 + static_cast<int>(source.Below(8));
    options.every_run = true;
    const auto least = static_cast<uint32_t>(options.min_run);
    const Codes text = Related(&source, 2 + source.Below(100)).a;
    if (MostRepeats(text, SizesForRun(options.min_run).gram) > 4) continue;
    const FoundPassages passages = AlignSelfCodes(options, text);
    for (TokenRun run : oracle::MaximalRuns(text, text, least)) {
      // As far as the earlier place does not reach into the later one.
      if (run.a >= run.b) continue;
      run.length = std::min(run.length, run.b - run.a);
      if (run.length < least) continue;
      ++runs;
      ASSERT_TRUE(IsCovered(run.a, run.a_end(), passages, &TokenPassage::a) &&
                  IsCovered(run.b, run.b_end(), passages, &TokenPassage::b))
          << trial << ": " << run.a << ", " << run.b << " +" << run.length;
    }
  }
  EXPECT_GT(runs, 1000U);
}

// --- choosing ----------------------------------------------------------------

uint32_t Overlap(TokenSpan x, TokenSpan y) {
  const uint32_t begin = std::max(x.begin, y.begin);
  const uint32_t end = std::min(x.end, y.end);
  return end > begin ? end - begin : 0;
}

// Of two, the one with fewer words is half new on either side.
TEST(TokenAlignerTest, PassagesOverlapByHalfAtTheMost) {
  oracle::CodeSource source(7);
  size_t pairs = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    PassageOptions options = SomeOptions(&source);
    options.every_run = false;
    const Texts texts = Related(&source, 2 + source.Below(40));
    const FoundPassages passages = AlignCodes(options, texts.a, texts.b);
    for (const Found& x : passages) {
      for (const Found& y : passages) {
        if (&x == &y || x.passage.words > y.passage.words) continue;
        if (x.passage.words == y.passage.words) continue;
        ASSERT_LE(2 * Overlap(x.passage.a, y.passage.a), x.passage.a.size());
        ASSERT_LE(2 * Overlap(x.passage.b, y.passage.b), x.passage.b.size());
        ++pairs;
      }
    }
  }
  EXPECT_GT(pairs, 100U);
}

}  // namespace
}  // namespace wirecopy
