#include "passage/anchors.h"

#include <algorithm>
#include <tuple>

namespace wirecopy {
namespace {

int64_t Diagonal(const Hit& hit) { return int64_t{hit.b} - int64_t{hit.a}; }

// The run around a hit that goes no further left than `least_a`.
TokenRun Grow(const TokenPair& pair, const Hit& hit, uint32_t least_a) {
  uint32_t a = hit.a;
  uint32_t b = hit.b;
  while (a > least_a && b > 0 && pair.a[a - 1] == pair.b[b - 1]) {
    --a;
    --b;
  }
  uint32_t a_end = hit.a;
  uint32_t b_end = hit.b;
  while (a_end < pair.a.size() && b_end < pair.b.size() &&
         pair.a[a_end] == pair.b[b_end]) {
    ++a_end;
    ++b_end;
  }
  uint32_t length = a_end - a;
  if (pair.is_self) length = std::min(length, b - a);
  return {a, b, length};
}

}  // namespace

void GrowAnchors(const TokenPair& pair, std::span<Hit> hits,
                 std::vector<TokenRun>* anchors) {
  anchors->clear();
  std::sort(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) {
    const int64_t of_x = Diagonal(x);
    const int64_t of_y = Diagonal(y);
    return of_x != of_y ? of_x < of_y : x.a < y.a;
  });
  int64_t last_diagonal = 0;
  for (const Hit& hit : hits) {
    const bool goes_on = !anchors->empty() && Diagonal(hit) == last_diagonal;
    const uint32_t covered = goes_on ? anchors->back().a_end() : 0;
    if (goes_on && hit.a < covered) continue;
    const TokenRun run = Grow(pair, hit, covered);
    if (run.length == 0) continue;  // the hashes agreed, the tokens do not
    anchors->push_back(run);
    last_diagonal = Diagonal(hit);
  }
  std::sort(anchors->begin(), anchors->end(),
            [](const TokenRun& x, const TokenRun& y) {
              return std::tuple(x.a_end(), x.b_end(), x.length) <
                     std::tuple(y.a_end(), y.b_end(), y.length);
            });
}

}  // namespace wirecopy
