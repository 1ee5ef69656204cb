#include "provenance/candidate_pairs.h"

#include <algorithm>
#include <cstddef>

#include "provenance/forest.h"
#include "provenance/shortlist.h"

namespace wirecopy {
namespace {

using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

// Up to so many texts the callers name every pair that there is.
constexpr size_t kMostComplete = 300;
// By text; above them a shortlist is made.
constexpr size_t kMostPairs = 64;
// Who shares with more than these tells nothing of two of them.
constexpr size_t kMostNeighbours = 128;

void SortPairs(Pairs* pairs) {
  for (auto& [a, b] : *pairs) {
    if (a > b) std::swap(a, b);
  }
  std::sort(pairs->begin(), pairs->end());
  pairs->erase(std::unique(pairs->begin(), pairs->end()), pairs->end());
}

// Stops soon after `most`.
void AddNeighboursOfNeighbours(size_t texts, size_t most, Pairs* pairs) {
  std::vector<std::vector<uint32_t>> neighbours(texts);
  for (const auto& [a, b] : *pairs) {
    neighbours[a].push_back(b);
    neighbours[b].push_back(a);
  }
  std::vector<uint32_t> list;
  for (uint32_t a = 0; a < texts && pairs->size() <= most; ++a) {
    list.clear();
    for (const uint32_t b : neighbours[a]) {
      if (neighbours[b].size() > kMostNeighbours) continue;
      for (const uint32_t c : neighbours[b]) {
        if (c > a) list.push_back(c);
      }
    }
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    for (const uint32_t c : list) pairs->emplace_back(a, c);
  }
}

}  // namespace

Pairs CandidatePairs(TextSpans texts, Pairs shared) {
  SortPairs(&shared);
  if (texts.size() <= kMostComplete) return shared;
  const size_t most = kMostPairs * texts.size();
  AddNeighboursOfNeighbours(texts.size(), shared.size() + most, &shared);
  SortPairs(&shared);
  Pairs shortlist = ShortlistPairs(texts);
  if (texts.size() > kMostDense && shared.size() > most) return shortlist;
  shared.insert(shared.end(), shortlist.begin(), shortlist.end());
  SortPairs(&shared);
  return shared;
}

}  // namespace wirecopy
