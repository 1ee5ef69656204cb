// Whether passages cover the runs of tokens that two texts share: found by
// looking at all pairs of tokens.

#ifndef WIRECOPY_TESTS_SUPPORT_RUN_COVERAGE_H_
#define WIRECOPY_TESTS_SUPPORT_RUN_COVERAGE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/passage_check.h"
#include "tests/support/passage_oracle.h"
#include "wirecopy/passages.h"

namespace wirecopy::oracle {

// Texts as numbers, one for each word that there is, and where they stand.
class NumberedTexts {
 public:
  explicit NumberedTexts(const std::vector<std::string_view>& texts) {
    std::map<std::string, TokenCode> numbers;
    for (const std::string_view text : texts) {
      texts_.emplace_back(text);
      codes_.emplace_back();
      for (const std::string& token : texts_.back().tokens) {
        const auto next = static_cast<TokenCode>(numbers.size());
        codes_.back().push_back(numbers.try_emplace(token, next).first->second);
      }
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(codes_.size()); }
  const Codes& Of(uint32_t text) const { return codes_[text]; }
  ByteSpan Place(uint32_t text, uint32_t token) const {
    return texts_[text].places[token];
  }

 private:
  std::vector<TokensOfText> texts_;
  std::vector<Codes> codes_;
};

// Which tokens of each pair's two texts its passages cover. The passages'
// offsets are bytes.
class CoveredTokens {
 public:
  CoveredTokens(const NumberedTexts& texts, const PassagesResult& found)
      : texts_(texts) {
    for (const ReusedPassage& passage : found.passages) {
      Pair& pair = pairs_[{passage.a, passage.b}];
      Mark(passage.a, passage.a_span, &pair.a);
      Mark(passage.b, passage.b_span, &pair.b);
    }
  }

  // All of its tokens, on both sides.
  bool Covers(uint32_t a, uint32_t b, const TokenRun& run) const {
    const auto pair = pairs_.find({a, b});
    if (pair == pairs_.end()) return false;
    const auto all = [&run](const std::vector<bool>& covered, uint32_t begin) {
      return std::all_of(covered.begin() + begin,
                         covered.begin() + begin + run.length,
                         [](bool is_covered) { return is_covered; });
    };
    return all(pair->second.a, run.a) && all(pair->second.b, run.b);
  }

 private:
  struct Pair {
    std::vector<bool> a;
    std::vector<bool> b;
  };

  void Mark(uint32_t text, OffsetSpan span, std::vector<bool>* covered) const {
    covered->resize(texts_.Of(text).size());
    for (uint32_t i = 0; i < covered->size(); ++i) {
      const ByteSpan place = texts_.Place(text, i);
      if (span.begin <= place.begin && place.end <= span.end) {
        (*covered)[i] = true;
      }
    }
  }

  const NumberedTexts& texts_;
  std::map<std::pair<uint32_t, uint32_t>, Pair> pairs_;
};

// How many runs of at least `least` tokens the pairs of texts share, and how
// many of these the passages cover.
struct RunCounts {
  size_t all = 0;
  size_t covered = 0;
};

inline RunCounts CountRuns(const NumberedTexts& texts,
                           const PassagesResult& found, uint32_t least) {
  const CoveredTokens covered(texts, found);
  RunCounts counts;
  for (uint32_t a = 0; a < texts.size(); ++a) {
    for (uint32_t b = a + 1; b < texts.size(); ++b) {
      for (const TokenRun& run : MaximalRuns(texts.Of(a), texts.Of(b), least)) {
        ++counts.all;
        if (covered.Covers(a, b, run)) ++counts.covered;
      }
    }
  }
  return counts;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_RUN_COVERAGE_H_
