#include "engine/token_spans.h"

#include <algorithm>
#include <utility>

namespace wirecopy {

std::vector<TokenSpan> Union(std::vector<TokenSpan> spans) {
  std::sort(spans.begin(), spans.end(),
            [](TokenSpan x, TokenSpan y) { return x.begin < y.begin; });
  std::vector<TokenSpan> joined;
  for (const TokenSpan span : spans) {
    if (joined.empty() || span.begin > joined.back().end) {
      joined.push_back(span);
    } else {
      joined.back().end = std::max(joined.back().end, span.end);
    }
  }
  return joined;
}

uint32_t CountTokens(std::span<const TokenSpan> spans) {
  uint32_t tokens = 0;
  for (const TokenSpan span : spans) tokens += span.size();
  return tokens;
}

uint32_t CountUncovered(std::vector<TokenSpan> spans,
                        std::vector<TokenSpan> by) {
  const uint32_t known = CountTokens(Union(by));
  spans.insert(spans.end(), by.begin(), by.end());
  return CountTokens(Union(std::move(spans))) - known;
}

double CoveredShare(std::vector<TokenSpan> spans, std::vector<TokenSpan> by) {
  const uint32_t all = CountTokens(Union(spans));
  if (all == 0) return 1;
  const uint32_t uncovered = CountUncovered(std::move(spans), std::move(by));
  return static_cast<double>(all - uncovered) / all;
}

}  // namespace wirecopy
