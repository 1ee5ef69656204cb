// What wirecopy/passage.h promises of every passage, checked from outside: for
// tests and for fuzzing, so that what is wrong is returned as text.

#ifndef WIRECOPY_TESTS_SUPPORT_PASSAGE_CHECK_H_
#define WIRECOPY_TESTS_SUPPORT_PASSAGE_CHECK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/utf8_oracle.h"
#include "wirecopy/passage.h"
#include "wirecopy/text.h"

namespace wirecopy::oracle {

struct FoundPassage {
  Passage passage;
  std::vector<EqualRun> runs;
  friend bool operator==(const FoundPassage&, const FoundPassage&) = default;
};
using FoundPassages = std::vector<FoundPassage>;

inline FoundPassages Copy(const PassageAligner& aligner,
                          std::span<const Passage> passages) {
  FoundPassages found;
  for (size_t i = 0; i < passages.size(); ++i) {
    const auto runs = aligner.Runs(i);
    found.push_back({passages[i], {runs.begin(), runs.end()}});
  }
  return found;
}

inline FoundPassages Mirrored(FoundPassages passages) {
  for (FoundPassage& found : passages) {
    std::swap(found.passage.a, found.passage.b);
    for (EqualRun& run : found.runs) std::swap(run.a, run.b);
  }
  std::sort(passages.begin(), passages.end(),
            [](const FoundPassage& x, const FoundPassage& y) {
              const Passage& p = x.passage;
              const Passage& q = y.passage;
              return std::tie(p.a.begin, p.b.begin, p.a.end, p.b.end) <
                     std::tie(q.a.begin, q.b.begin, q.a.end, q.b.end);
            });
  return passages;
}

// A text's tokens, and where they stand in it.
struct TokensOfText {
  explicit TokensOfText(std::string_view text) : borders(text.size() + 1) {
    for (const SlowChar& c : Decode(text)) borders[c.begin] = true;
    borders[text.size()] = true;
    NormalizedText normal;
    Normalize(text, &normal);
    std::vector<ByteSpan> spans;
    Tokenize(normal.text, &spans);
    for (const ByteSpan span : spans) {
      tokens.push_back(normal.text.substr(span.begin, span.end - span.begin));
      places.push_back(normal.map.ToOriginal(span));
      const size_t before = normal.map.ToOriginal({0, span.begin}).end;
      if (places.back().begin < before) apart = false;
    }
  }

  // The first token that begins at this byte or behind it.
  size_t TokenAt(size_t offset) const {
    return static_cast<size_t>(
        std::partition_point(
            places.begin(), places.end(),
            [offset](const ByteSpan& place) { return place.begin < offset; }) -
        places.begin());
  }

  bool HasBorders(ByteSpan span) const {
    return span.begin < span.end && span.end < borders.size() &&
           borders[span.begin] && borders[span.end];
  }

  std::vector<std::string> tokens;
  std::vector<ByteSpan> places;
  std::vector<bool> borders;  // by byte: where characters begin
  // Not so where characters that changed as one have made several tokens, or
  // a mark and a token.
  bool apart = true;
};

// The tokens that stand in this stretch of bytes: [first, second).
inline std::pair<size_t, size_t> TokensIn(const TokensOfText& text,
                                          ByteSpan span) {
  return {text.TokenAt(span.begin), text.TokenAt(span.end)};
}

// Its tokens are those that the runs begin and end with, and the runs' tokens
// are equal and rise; words and edits are what these add up to.
inline std::string CheckTokens(const TokensOfText& a, const TokensOfText& b,
                               const FoundPassage& found) {
  const Passage& passage = found.passage;
  size_t words = 0;
  size_t edits = 0;
  auto [at_a, end_a] = TokensIn(a, passage.a);
  auto [at_b, end_b] = TokensIn(b, passage.b);
  bool first = true;
  for (const EqualRun& run : found.runs) {
    const auto [begin_in_a, end_in_a] = TokensIn(a, run.a);
    const auto [begin_in_b, end_in_b] = TokensIn(b, run.b);
    if (begin_in_a < at_a || begin_in_b < at_b) return "runs do not rise";
    if (begin_in_a == end_in_a) return "a run without tokens";
    if (!std::equal(a.tokens.begin() + static_cast<std::ptrdiff_t>(begin_in_a),
                    a.tokens.begin() + static_cast<std::ptrdiff_t>(end_in_a),
                    b.tokens.begin() + static_cast<std::ptrdiff_t>(begin_in_b),
                    b.tokens.begin() + static_cast<std::ptrdiff_t>(end_in_b))) {
      return "the tokens of a run differ";
    }
    const size_t edits_before = std::max(begin_in_a - at_a, begin_in_b - at_b);
    if (first && edits_before > 0) return "begins with no equal token";
    edits += edits_before;
    words += end_in_a - begin_in_a;
    at_a = end_in_a;
    at_b = end_in_b;
    first = false;
  }
  if (at_a != end_a || at_b != end_b) return "ends with no equal token";
  if (words != passage.words) return "another number of words";
  if (edits != passage.edits) return "another number of edits";
  return "";
}

inline std::string CheckPassage(const TokensOfText& a, const TokensOfText& b,
                                const FoundPassage& found) {
  const Passage& passage = found.passage;
  if (!a.HasBorders(passage.a) || !b.HasBorders(passage.b)) {
    return "a passage's border is no character's";
  }
  if (found.runs.empty()) return "no runs";
  for (const EqualRun& run : found.runs) {
    if (!a.HasBorders(run.a) || !b.HasBorders(run.b)) {
      return "a run's border is no character's";
    }
    if (run.a.begin < passage.a.begin || run.a.end > passage.a.end ||
        run.b.begin < passage.b.begin || run.b.end > passage.b.end) {
      return "a run is not in its passage";
    }
  }
  return a.apart && b.apart ? CheckTokens(a, b, found) : "";
}

// What is wrong with the passages of two texts; nothing if nothing is.
inline std::string CheckPassages(std::string_view a, std::string_view b,
                                 const FoundPassages& passages) {
  const TokensOfText of_a(a);
  const TokensOfText of_b(b);
  size_t begin = 0;
  for (const FoundPassage& found : passages) {
    const std::string wrong = CheckPassage(of_a, of_b, found);
    if (!wrong.empty()) return wrong;
    if (found.runs[0].a.begin < begin) return "not in the order of a";
    begin = found.runs[0].a.begin;
  }
  return "";
}

inline std::string CheckSelfPassages(std::string_view text,
                                     const FoundPassages& passages) {
  const bool apart = TokensOfText(text).apart;
  for (const FoundPassage& found : passages) {
    if (apart && found.passage.a.end > found.passage.b.begin) {
      return "places overlap";
    }
  }
  return CheckPassages(text, text, passages);
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_PASSAGE_CHECK_H_
