#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/offset_oracle.h"
#include "tests/support/text_oracle.h"
#include "tests/support/text_samples.h"
#include "tests/support/utf8_oracle.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

using oracle::AlignedChar;
using oracle::Hex;

std::string_view Part(std::string_view text, ByteSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

std::string Normal(std::string_view text) {
  std::string out;
  NormalizeText(text, &out);
  return out;
}

NormalizedText NormalWithMap(std::string_view text) {
  NormalizedText out;
  Normalize(text, &out);
  return out;
}

// The original of the first place where `part` stands in the normal form.
std::string OriginalOf(std::string_view text, std::string_view part) {
  const NormalizedText normal = NormalWithMap(text);
  const size_t begin = normal.text.find(part);
  EXPECT_NE(begin, std::string::npos) << Hex(normal.text);
  return std::string(
      Part(text, normal.map.ToOriginal({begin, begin + part.size()})));
}

TEST(OffsetMapTest, WithoutEditsIsIdentity) {
  const OffsetMap map;
  EXPECT_EQ(map.ToOriginal({0, 0}), (ByteSpan{0, 0}));
  EXPECT_EQ(map.ToOriginal({3, 9}), (ByteSpan{3, 9}));
}

TEST(OffsetMapTest, ShiftsBehindEditsAndCoversThem) {
  OffsetMap map;
  map.AddEdit({2, 4}, {2, 7});
  map.AddEdit({6, 6}, {9, 10});
  EXPECT_EQ(map.ToOriginal({0, 2}), (ByteSpan{0, 2}));
  EXPECT_EQ(map.ToOriginal({2, 3}), (ByteSpan{2, 7}));
  EXPECT_EQ(map.ToOriginal({3, 4}), (ByteSpan{2, 7}));
  EXPECT_EQ(map.ToOriginal({1, 3}), (ByteSpan{1, 7}));
  EXPECT_EQ(map.ToOriginal({4, 6}), (ByteSpan{7, 9}));
  EXPECT_EQ(map.ToOriginal({5, 7}), (ByteSpan{8, 11}));
  EXPECT_EQ(map.ToOriginal({6, 7}), (ByteSpan{10, 11}));
  EXPECT_EQ(map.ToOriginal({6, 6}), (ByteSpan{10, 10}));
}

TEST(OffsetMapTest, DropsEditsFromAnOffsetOn) {
  OffsetMap map;
  map.AddEdit({1, 2}, {1, 4});
  map.AddEdit({5, 6}, {7, 7});
  map.AddEdit({8, 9}, {9, 12});
  map.DropEditsFrom(5);
  EXPECT_EQ(map.edit_count(), 1U);
  EXPECT_EQ(map.ToOriginal({8, 9}), (ByteSpan{10, 11}));
  map.Clear();
  EXPECT_EQ(map.edit_count(), 0U);
  EXPECT_EQ(map.ToOriginal({8, 9}), (ByteSpan{8, 9}));
}

TEST(OffsetMapTest, FindsTheOriginalOfWords) {
  const std::string text =
      "The co-oper\u00ADation of Stra\u00DFe e\u0301cole \uFB01x, \u2019tis";
  EXPECT_EQ(OriginalOf(text, "the"), "The");
  EXPECT_EQ(OriginalOf(text, "cooperation"), "co-oper\u00ADation");
  EXPECT_EQ(OriginalOf(text, "strasse"), "Stra\u00DFe");
  EXPECT_EQ(OriginalOf(text, "stras"), "Stra\u00DF");
  EXPECT_EQ(OriginalOf(text, "\u00E9cole"), "e\u0301cole");
  EXPECT_EQ(OriginalOf(text, "ix"), "\uFB01x");
  EXPECT_EQ(OriginalOf(text, "fi"), "\uFB01");
  EXPECT_EQ(OriginalOf(text, "tis"), "tis");
  EXPECT_EQ(OriginalOf(text, "'"), "\u2019");
  EXPECT_EQ(OriginalOf("a-b", "b"), "b");
  EXPECT_EQ(OriginalOf("a-b", "a"), "a");
  EXPECT_EQ(OriginalOf("\uFEFFa", "a"), "a");
}

// Texts in normal form need no edit, whatever combines in them: pointed Hebrew
// and Arabic, Devanagari, Thai.
TEST(OffsetMapTest, NormalFormNeedsNoEdits) {
  for (const char* text :
       {"plain words, 'quoted' - and 1-2", "\u05D1\u05B0\u05E8\u05D0",
        "\u0643\u064E\u062A\u064E\u0628\u064E",
        "\u0928\u092E\u0938\u094D\u0924", "\u0E01\u0E38\u0E49\u0E07 \u0E01",
        "\u0119\u0301x \u1E69", ""}) {
    const NormalizedText normal = NormalWithMap(text);
    EXPECT_EQ(normal.text, text);
    EXPECT_EQ(normal.map.edit_count(), 0U) << Hex(text);
  }
}

// Case and most punctuation change bytes but no lengths.
TEST(OffsetMapTest, SameLengthsNeedNoEdits) {
  const NormalizedText normal = NormalWithMap("\u00C9T\u00C9 \u2013 \uFFFD");
  EXPECT_EQ(normal.text, "\u00E9t\u00E9 \u2014 \uFFFD");
  EXPECT_EQ(normal.map.edit_count(), 0U);
}

// Memory grows with the places that differ: one edit each.
TEST(OffsetMapTest, OneEditAPlace) {
  const auto edits = [](std::string_view text) {
    return NormalWithMap(text).map.edit_count();
  };
  EXPECT_EQ(edits("a-b"), 1U);
  EXPECT_EQ(edits("a\u2010b\u2010c-\u00E9"), 3U);
  EXPECT_EQ(edits("a\uFF0D\u00ADb"), 1U);
  EXPECT_EQ(edits("e\u0301 \u00DF\u00A0\uFB01"), 4U);
}

TEST(OffsetMapTest, NormalizeReusesItsOutput) {
  NormalizedText out;
  Normalize("stra\u00DFe a-b", &out);
  EXPECT_GT(out.map.edit_count(), 0U);
  Normalize("plain", &out);
  EXPECT_EQ(out.text, "plain");
  EXPECT_EQ(out.map.edit_count(), 0U);
}

// One text, all that its offset map promises.
class MapChecker {
 public:
  explicit MapChecker(std::string_view text)
      : text_(text),
        normal_(NormalWithMap(text)),
        aligned_(oracle::Align(text)) {
    for (const oracle::SlowChar& c : oracle::Decode(text)) {
      borders_.insert(c.begin);
    }
    borders_.insert(text.size());
  }

  size_t size() const { return aligned_.size(); }

  // What holds for the text as a whole; empty or what is wrong.
  std::string CheckWhole() const {
    const size_t end = aligned_.empty() ? 0 : aligned_.back().normalized.end;
    if (normal_.text.size() != end) return "the oracles disagree";
    const ByteSpan full = normal_.map.ToOriginal({0, end});
    if (full.end > text_.size()) return "beyond the text";
    if (end > 0 && (!Normal(text_.substr(0, full.begin)).empty() ||
                    !Normal(text_.substr(full.end)).empty())) {
      return "the whole leaves out what left something";
    }
    if (normal_.text == text_ && normal_.map.edit_count() != 0) {
      return "edits where nothing changed";
    }
    return CheckEmptySpans();
  }

  // Characters [i, j) of the normal form, i < j.
  std::string CheckSpan(size_t i, size_t j) const {
    const AlignedChar& first = aligned_[i];
    const AlignedChar& last = aligned_[j - 1];
    const ByteSpan span = {first.normalized.begin, last.normalized.end};
    const ByteSpan original = normal_.map.ToOriginal(span);
    if (original != ByteSpan{first.original.begin, last.original.end}) {
      return "not what the oracle says";
    }
    if (!borders_.contains(original.begin) ||
        !borders_.contains(original.end)) {
      return "inside a character";
    }
    // A text that begins with a mark has lost what the mark belonged to.
    if (oracle::KindOf(first.code_point) == oracle::Kind::kMark) return "";
    const std::string again = Normal(Part(text_, original));
    const std::string_view part = Part(normal_.text, span);
    const bool whole = first.cut_before && last.cut_after;
    if (whole ? again != part : again.find(part) == std::string::npos) {
      return "normalises to something else: " + Hex(again);
    }
    return "";
  }

  // Later spans never map to an earlier place.
  std::string CheckOrder() const {
    ByteSpan previous;
    for (const AlignedChar& c : aligned_) {
      const ByteSpan original = normal_.map.ToOriginal(c.normalized);
      if (original.begin < previous.begin || original.end < previous.end) {
        return "not monotone";
      }
      previous = original;
    }
    return "";
  }

  // A token's original has nothing at its ends that the token does not.
  std::string CheckTokens() const {
    std::vector<ByteSpan> tokens;
    Tokenize(normal_.text, &tokens);
    for (const ByteSpan& token : tokens) {
      const ByteSpan span = normal_.map.ToOriginal(token);
      const std::u32string chars = oracle::CodePoints(Part(text_, span));
      if (chars.empty()) return "a token from nothing";
      // A token that begins amid characters that changed as one has them all.
      const auto at = std::find_if(
          aligned_.begin(), aligned_.end(),
          [&](const auto& c) { return c.normalized.begin == token.begin; });
      if (!at->cut_before) continue;
      if (!MayEndAToken(chars.front()) || !MayEndAToken(chars.back())) {
        return "a token with more around it";
      }
    }
    return "";
  }

 private:
  // What makes a part of a word, and what leaves nothing behind.
  static bool MayEndAToken(char32_t c) {
    const std::u32string folded = oracle::FoldCodePoints({c});
    return folded.empty() ||
           std::any_of(folded.begin(), folded.end(), [](char32_t f) {
             return oracle::KindOf(f) != oracle::Kind::kOther;
           });
  }

  std::string CheckEmptySpans() const {
    for (const AlignedChar& c : aligned_) {
      const size_t at = c.normalized.begin;
      const ByteSpan span = normal_.map.ToOriginal({at, at});
      if (span != ByteSpan{c.original.begin, c.original.begin}) {
        return "an empty span astray";
      }
    }
    const size_t end = normal_.text.size();
    const ByteSpan span = normal_.map.ToOriginal({end, end});
    return span.begin == span.end && span.end <= text_.size()
               ? ""
               : "the empty span at the end astray";
  }

  std::string_view text_;
  NormalizedText normal_;
  std::vector<AlignedChar> aligned_;
  std::set<size_t> borders_;
};

bool CheckText(std::string_view text) {
  const MapChecker checker(text);
  std::string wrong = checker.CheckWhole();
  if (wrong.empty()) wrong = checker.CheckOrder();
  if (wrong.empty()) wrong = checker.CheckTokens();
  for (size_t i = 0; i < checker.size() && wrong.empty(); ++i) {
    for (size_t j = i + 1; j <= checker.size() && wrong.empty(); ++j) {
      wrong = checker.CheckSpan(i, j);
    }
  }
  EXPECT_EQ(wrong, "") << Hex(text);
  return wrong.empty();
}

TEST(OffsetMapOracleTest, EverySpanOfEveryShortText) {
  for (size_t length = 0; length <= 3; ++length) {
    oracle::ForEachText(oracle::TroublePieces(), length, CheckText);
  }
  oracle::ForEachText(oracle::FewPieces(), 4, CheckText);
}

TEST(OffsetMapOracleTest, EverySpanOfRandomTexts) {
  oracle::TextSource source(11);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(CheckText(source.Text(8, oracle::TroublePieces())));
  }
}

TEST(OffsetMapOracleTest, SomeSpansOfLongRandomTexts) {
  oracle::TextSource source(12);
  for (int i = 0; i < 100; ++i) {
    const std::string text = source.Text(400, oracle::TroublePieces());
    const MapChecker checker(text);
    ASSERT_EQ(checker.CheckWhole(), "") << Hex(text);
    ASSERT_EQ(checker.CheckOrder(), "") << Hex(text);
    ASSERT_EQ(checker.CheckTokens(), "") << Hex(text);
    for (int n = 0; n < 100; ++n) {
      const size_t begin = source.Below(checker.size());
      const size_t left = checker.size() - begin;
      const size_t size = 1 + source.Below(n % 2 == 0 ? left : 1 + left / 20);
      ASSERT_EQ(checker.CheckSpan(begin, begin + size), "") << Hex(text);
    }
  }
}

}  // namespace
}  // namespace wirecopy
