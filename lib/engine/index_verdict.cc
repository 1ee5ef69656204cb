#include "engine/index_verdict.h"

#include <algorithm>
#include <utility>

#include "passage/token_text.h"

namespace wirecopy {
namespace {

// What a span is joined from; names its passage, for an id is long.
struct Piece {
  size_t begin;
  size_t end;
  uint32_t words;
  double identity;
  const SeenPassage* passage;
};

SeenSpan SpanOf(const Piece& piece) {
  return {piece.begin, piece.end, piece.passage->other, piece.words,
          piece.identity};
}

std::vector<SeenSpan> Join(std::vector<Piece> pieces) {
  // Stable: of equals the first stays first.
  std::stable_sort(
      pieces.begin(), pieces.end(),
      [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
  std::vector<SeenSpan> spans;
  for (const Piece& piece : pieces) {
    if (spans.empty() || piece.begin > spans.back().end) {
      spans.push_back(SpanOf(piece));
      continue;
    }
    SeenSpan& span = spans.back();
    SeenSpan joined = piece.words > span.words ? SpanOf(piece) : span;
    joined.begin = span.begin;
    joined.end = std::max(span.end, piece.end);
    span = std::move(joined);
  }
  return spans;
}

bool HasWords(std::string_view text) {
  std::string normalized;
  NormalizeText(text, &normalized);
  std::vector<ByteSpan> tokens;
  Tokenize(normalized, &tokens);
  return !tokens.empty();
}

IndexVerdict::Removal ByPassages(std::string_view text,
                                 std::span<const SeenSpan> spans) {
  size_t bytes = 0;
  for (const SeenSpan& span : spans) bytes += span.end - span.begin;
  const auto longest = std::max_element(
      spans.begin(), spans.end(),
      [](const SeenSpan& a, const SeenSpan& b) { return a.words < b.words; });
  return {longest->other,
          static_cast<double>(bytes) / static_cast<double>(text.size()), true};
}

}  // namespace

std::vector<SeenSpan> JoinPassages(std::span<const SeenPassage> passages,
                                   uint32_t min_words) {
  std::vector<Piece> pieces;
  pieces.reserve(passages.size());
  for (const SeenPassage& passage : passages) {
    if (passage.thirds < kThirdsOfWord * min_words) continue;
    const double words = passage.words;
    pieces.push_back({passage.begin, passage.end, passage.words,
                      words / (words + passage.edits), &passage});
  }
  return Join(std::move(pieces));
}

std::vector<SeenSpan> JoinRuns(std::span<const SeenPassage> passages,
                               uint32_t min_words, bool with_unkept) {
  std::vector<Piece> pieces;
  for (const SeenPassage& passage : passages) {
    if (passage.other_is_unkept && !with_unkept) continue;
    for (const SeenRun& run : passage.runs) {
      if (run.thirds < kThirdsOfWord * min_words) continue;
      pieces.push_back({run.begin, run.end, run.words, 1, &passage});
    }
  }
  return Join(std::move(pieces));
}

IndexVerdict JudgeAnswer(const Document& document, const IndexAnswer& answer,
                         const IndexVerdictOptions& options) {
  IndexVerdict verdict;
  if (answer.of) {
    verdict.removal = {*answer.of, answer.similarity, false};
    return verdict;
  }
  if (answer.status == IndexStatus::kPresent && !answer.was_orphan &&
      !options.keeps_present) {
    verdict.removal = {answer.held_as.value_or(document.id), 1, false};
    return verdict;
  }
  if (options.passages == PassageUse::kNone) return verdict;
  const auto cuts = [&] {
    return JoinRuns(answer.passages, options.min_words, options.cuts_by_unkept);
  };
  if (options.passages == PassageUse::kRemove) {
    verdict.spans = cuts();
    if (verdict.spans.empty()) return verdict;
    if (!HasWords(WithoutCuts(document.text, CutsOf(verdict.spans)))) {
      verdict.removal = ByPassages(document.text, verdict.spans);
    }
    return verdict;
  }
  verdict.spans = JoinPassages(answer.passages, options.min_words);
  if (options.passages == PassageUse::kAnnotate) {
    verdict.cuts = cuts();
  } else if (!verdict.spans.empty()) {
    verdict.removal = ByPassages(document.text, verdict.spans);
  }
  return verdict;
}

std::vector<ByteSpan> CutsOf(std::span<const SeenSpan> spans) {
  std::vector<ByteSpan> cuts;
  cuts.reserve(spans.size());
  for (const SeenSpan& span : spans) cuts.push_back({span.begin, span.end});
  return cuts;
}

std::string WithoutCuts(std::string_view text, std::span<const ByteSpan> cuts) {
  std::string left;
  left.reserve(text.size());
  size_t at = 0;
  for (const ByteSpan& cut : cuts) {
    left += text.substr(at, cut.begin - at);
    at = cut.end;
  }
  return left += text.substr(at);
}

}  // namespace wirecopy
