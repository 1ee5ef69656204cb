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

// Finds the run around a hit that goes no further left than `least_a`; false
// where the hashes agree and the tokens do not. Within one text it is no longer
// than the places are apart, and no more of the text is looked at: that would
// be quadratic where it repeats itself.
bool Grow(const TokenPair& pair, const Hit& hit, uint32_t least_a,
          TokenRun* run) {
  const auto size_a = static_cast<uint32_t>(pair.a.size());
  const auto size_b = static_cast<uint32_t>(pair.b.size());
  const uint32_t most = pair.is_self ? hit.b - hit.a : size_a;
  const TokenCode* const at_a = pair.a.data() + hit.a;
  const TokenCode* const at_b = pair.b.data() + hit.b;
  const uint32_t left =
      EqualBehind(at_a, at_b, std::min({hit.a - least_a, hit.b, most - 1}));
  const uint32_t right = EqualAhead(
      at_a, at_b, std::min({size_a - hit.a, size_b - hit.b, most - left}));
  *run = {hit.a - left, hit.b - left, left + right};
  return right > 0;  // the left part alone is no run that the hit lies in
}

// Whether one of the last runs has the hit.
bool IsInLastRuns(std::span<const TokenRun> runs, const Hit& hit) {
  constexpr size_t kLooks = 8;
  const auto last = runs.last(std::min(runs.size(), kLooks));
  return std::any_of(last.rbegin(), last.rend(), [&hit](const TokenRun& run) {
    return run.b - run.a == hit.b - hit.a && hit.a - run.a < run.length;
  });
}

// The runs of two texts as the hits come, some twice perhaps. False where they
// come so that the same would be grown again and again.
bool GrowAsTheyCome(const TokenPair& pair, std::span<const Hit> hits,
                    std::vector<TokenRun>* anchors) {
  constexpr uint64_t kTimes = 4;
  uint64_t left = kTimes * (pair.a.size() + pair.b.size());
  for (const Hit& hit : hits) {
    if (IsInLastRuns(*anchors, hit)) continue;
    // Where it stays: a struct that is copied as soon as it is made waits for
    // its parts.
    TokenRun& run = anchors->emplace_back();
    if (!Grow(pair, hit, 0, &run)) {
      anchors->pop_back();
      continue;
    }
    if (run.length > left) return false;
    left -= run.length;
  }
  return true;
}

// The same of sorted hits, or of one text.
void GrowInOrder(const TokenPair& pair, std::span<Hit> hits,
                 std::vector<TokenRun>* anchors) {
  std::sort(hits.begin(), hits.end(),
            [](const Hit& x, const Hit& y) { return SortKey(x) < SortKey(y); });
  int32_t last_diagonal = 0;
  for (const Hit& hit : hits) {
    const bool goes_on = !anchors->empty() && Diagonal(hit) == last_diagonal;
    const uint32_t covered = goes_on ? anchors->back().a_end() : 0;
    if (goes_on && hit.a < covered) continue;
    TokenRun run;
    if (!Grow(pair, hit, covered, &run)) continue;
    last_diagonal = Diagonal(hit);
    anchors->push_back(run);
    // Of one text, what follows a run that ends where it would overlap.
    while (pair.is_self && run.a_end() == run.b &&
           Grow(pair, {run.a_end(), run.b_end()}, run.a_end(), &run)) {
      anchors->push_back(run);
    }
  }
}

}  // namespace

void GrowAnchors(const TokenPair& pair, std::span<Hit> hits,
                 std::vector<TokenRun>* anchors) {
  anchors->clear();
  if (pair.is_self || !GrowAsTheyCome(pair, hits, anchors)) {
    anchors->clear();
    GrowInOrder(pair, hits, anchors);
  }
  if (anchors->size() < 2) return;
  std::sort(anchors->begin(), anchors->end(),
            [](const TokenRun& x, const TokenRun& y) {
              return std::tuple(x.a_end(), x.b_end(), x.length) <
                     std::tuple(y.a_end(), y.b_end(), y.length);
            });
  if (pair.is_self) return;
  anchors->erase(std::unique(anchors->begin(), anchors->end()), anchors->end());
}

}  // namespace wirecopy
