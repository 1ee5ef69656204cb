// What stretches of one document's tokens cover together.

#ifndef WIRECOPY_ENGINE_TOKEN_SPANS_H_
#define WIRECOPY_ENGINE_TOKEN_SPANS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "passage/token_text.h"

namespace wirecopy {

// Sorted and apart from one another. O(n log n).
std::vector<TokenSpan> Union(std::vector<TokenSpan> spans);

// Of spans that do not overlap.
uint32_t CountTokens(std::span<const TokenSpan> spans);

// How many tokens of `spans` are not in `by`. Both may overlap.
uint32_t CountUncovered(std::vector<TokenSpan> spans,
                        std::vector<TokenSpan> by);

// The share of the tokens of `spans` that `by` covers; 1 where there are none.
double CoveredShare(std::vector<TokenSpan> spans, std::vector<TokenSpan> by);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_TOKEN_SPANS_H_
