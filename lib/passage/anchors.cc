#include "passage/anchors.h"

#include <algorithm>
#include <tuple>

#include "passage/token_match.h"

namespace wirecopy {
namespace {

// Normal forms are below 4 GiB, of which two bytes or more are a token's: a
// difference of places is no less than -2^31.
int32_t Diagonal(const Hit& hit) { return static_cast<int32_t>(hit.b - hit.a); }

// By rising diagonal, then place.
uint64_t SortKey(const Hit& hit) {
  constexpr uint32_t kLeastDiagonal = 1U << 31;
  return uint64_t{(hit.b - hit.a) ^ kLeastDiagonal} << 32 | hit.a;
}

// The run around a hit that goes no further left than `least_a`. Within one
// text it is no longer than the places are apart, and no more of the text is
// looked at: that would be quadratic where it repeats itself.
TokenRun Grow(const TokenPair& pair, const Hit& hit, uint32_t least_a) {
  const auto size_a = static_cast<uint32_t>(pair.a.size());
  const auto size_b = static_cast<uint32_t>(pair.b.size());
  const uint32_t most = pair.is_self ? hit.b - hit.a : size_a;
  const TokenCode* const at_a = pair.a.data() + hit.a;
  const TokenCode* const at_b = pair.b.data() + hit.b;
  const uint32_t left =
      EqualBehind(at_a, at_b, std::min({hit.a - least_a, hit.b, most - 1}));
  const uint32_t right = EqualAhead(
      at_a, at_b, std::min({size_a - hit.a, size_b - hit.b, most - left}));
  // The left part alone is no run that the hit lies in.
  return {hit.a - left, hit.b - left, right > 0 ? left + right : 0};
}

}  // namespace

void GrowAnchors(const TokenPair& pair, std::span<Hit> hits,
                 std::vector<TokenRun>* anchors) {
  anchors->clear();
  const auto comes_before = [](const Hit& x, const Hit& y) {
    return SortKey(x) < SortKey(y);
  };
  if (!std::is_sorted(hits.begin(), hits.end(), comes_before)) {
    std::sort(hits.begin(), hits.end(), comes_before);
  }
  int32_t last_diagonal = 0;
  for (const Hit& hit : hits) {
    const bool goes_on = !anchors->empty() && Diagonal(hit) == last_diagonal;
    const uint32_t covered = goes_on ? anchors->back().a_end() : 0;
    if (goes_on && hit.a < covered) continue;
    TokenRun run = Grow(pair, hit, covered);
    if (run.length == 0) continue;  // the hashes agreed, the tokens do not
    last_diagonal = Diagonal(hit);
    anchors->push_back(run);
    // Of one text, what follows a run that ends where it would overlap.
    while (pair.is_self && run.a_end() == run.b) {
      run = Grow(pair, {run.a_end(), run.b_end()}, run.a_end());
      if (run.length == 0) break;
      anchors->push_back(run);
    }
  }
  std::sort(anchors->begin(), anchors->end(),
            [](const TokenRun& x, const TokenRun& y) {
              return std::tuple(x.a_end(), x.b_end(), x.length) <
                     std::tuple(y.a_end(), y.b_end(), y.length);
            });
}

}  // namespace wirecopy
