#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "passage/furniture.h"
#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

std::vector<TokenSpan> SomeSpans(oracle::CodeSource* source) {
  std::vector<TokenSpan> spans;
  uint32_t at = source->Below(30);
  for (uint32_t i = source->Below(3); i > 0; --i) {
    const uint32_t end = at + 1 + source->Below(40);
    spans.push_back({at, end});
    at = end + 1 + source->Below(20);
  }
  return spans;
}

bool Covers(const std::vector<TokenSpan>& spans, uint32_t token) {
  for (const TokenSpan& span : spans) {
    if (token >= span.begin && token < span.end) return true;
  }
  return false;
}

struct Part {
  TokenPassage tokens;
  bool is_furniture = false;
};

// Token by token.
std::vector<Part> SlowParts(const std::vector<TokenRun>& runs,
                            const std::vector<TokenSpan>& furniture_a,
                            const std::vector<TokenSpan>& furniture_b) {
  std::vector<Part> parts;
  for (const TokenRun& run : runs) {
    for (uint32_t i = 0; i < run.length; ++i) {
      const uint32_t a = run.a + i;
      const uint32_t b = run.b + i;
      const bool is_furniture =
          Covers(furniture_a, a) || Covers(furniture_b, b);
      if (parts.empty() || parts.back().is_furniture != is_furniture) {
        parts.push_back({{{a, a}, {b, b}}, is_furniture});
      }
      TokenPassage& part = parts.back().tokens;
      part.edits += std::max(a - part.a.end, b - part.b.end);
      part.a.end = a + 1;
      part.b.end = b + 1;
      ++part.words;
    }
  }
  return parts;
}

TEST(FurnitureCutTest, TokenByToken) {
  oracle::CodeSource source(1);
  int cut = 0;
  std::vector<PassagePart> got;
  for (int trial = 0; trial < 4000; ++trial) {
    const oracle::Codes codes = source.New(200, 50);
    std::vector<TokenRun> runs;
    TokenPassage passage;
    uint32_t a = source.Below(20);
    uint32_t b = source.Below(20);
    passage.a.begin = a;
    passage.b.begin = b;
    for (uint32_t i = 1 + source.Below(4); i > 0; --i) {
      const uint32_t length = 1 + source.Below(12);
      runs.push_back({a, b, length});
      passage.words += length;
      passage.a.end = a + length;
      passage.b.end = b + length;
      const uint32_t gap_a = source.Below(3);
      const uint32_t gap_b = gap_a == 0 ? 1 : source.Below(3);
      if (i > 1) passage.edits += std::max(gap_a, gap_b);
      a = passage.a.end + gap_a;
      b = passage.b.end + gap_b;
    }
    passage.thirds = passage.words * kThirdsOfWord;
    passage.rarity = 5;
    const auto furniture_a = SomeSpans(&source);
    const auto furniture_b = SomeSpans(&source);
    CutAtFurniture(passage, {codes, codes, false}, runs, furniture_a,
                   furniture_b, &got);
    const auto expected = SlowParts(runs, furniture_a, furniture_b);
    ASSERT_EQ(got.size(), expected.size());
    cut += got.size() > 1 ? 1 : 0;
    for (size_t i = 0; i < got.size(); ++i) {
      const TokenPassage& part = got[i].tokens;
      ASSERT_EQ(got[i].is_furniture, expected[i].is_furniture);
      ASSERT_EQ(part.a, expected[i].tokens.a);
      ASSERT_EQ(part.b, expected[i].tokens.b);
      ASSERT_EQ(part.words, expected[i].tokens.words);
      ASSERT_EQ(part.edits, expected[i].tokens.edits);
      ASSERT_EQ(part.thirds, part.words * kThirdsOfWord);
      ASSERT_EQ(part.rarity, got.size() == 1 ? 5 : 0);
    }
  }
  EXPECT_GT(cut, 500);
}

}  // namespace
}  // namespace wirecopy
