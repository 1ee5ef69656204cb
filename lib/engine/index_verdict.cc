#include "engine/index_verdict.h"

#include <algorithm>
#include <utility>

namespace wirecopy {
namespace {

double IdentityOf(const SeenPassage& passage) {
  const double words = passage.words;
  return words / (words + passage.edits);
}

SeenSpan SpanOf(const SeenPassage& passage) {
  return {passage.begin, passage.end, passage.other, passage.words,
          IdentityOf(passage)};
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
  std::vector<const SeenPassage*> by_place;
  by_place.reserve(passages.size());
  for (const SeenPassage& passage : passages) {
    if (passage.words >= min_words) by_place.push_back(&passage);
  }
  // Stable: of equals the first stays first.
  std::stable_sort(by_place.begin(), by_place.end(),
                   [](const SeenPassage* a, const SeenPassage* b) {
                     return a->begin < b->begin;
                   });
  std::vector<SeenSpan> spans;
  for (const SeenPassage* passage : by_place) {
    if (spans.empty() || passage->begin > spans.back().end) {
      spans.push_back(SpanOf(*passage));
      continue;
    }
    SeenSpan& span = spans.back();
    SeenSpan joined = passage->words > span.words ? SpanOf(*passage) : span;
    joined.begin = span.begin;
    joined.end = std::max(span.end, passage->end);
    span = std::move(joined);
  }
  return spans;
}

IndexVerdict JudgeAnswer(const Document& document, const IndexAnswer& answer,
                         const IndexVerdictOptions& options) {
  IndexVerdict verdict;
  if (answer.of) {
    verdict.removal = {*answer.of, answer.similarity, false};
    return verdict;
  }
  if (answer.status == IndexStatus::kPresent && !options.keeps_present) {
    verdict.removal = {document.id, 1, false};
    return verdict;
  }
  if (options.passages == PassageUse::kNone) return verdict;
  verdict.spans = JoinPassages(answer.passages, options.min_words);
  if (verdict.spans.empty()) return verdict;
  const bool goes =
      options.passages == PassageUse::kDrop ||
      (options.passages == PassageUse::kRemove &&
       !HasWords(WithoutCuts(document.text, CutsOf(verdict.spans))));
  if (goes) verdict.removal = ByPassages(document.text, verdict.spans);
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
