#include "provenance/mosaic.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "provenance/describe_cost.h"
#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

constexpr size_t kMostSeconds = 3;
constexpr size_t kMostLooked = 16;
constexpr uint32_t kLeastRun = 8;  // tokens of a block that count

// Runs of tokens that nobody has given yet.
std::vector<TokenSpan> Missing(const std::vector<bool>& is_given) {
  std::vector<TokenSpan> runs;
  for (uint32_t i = 0; i < is_given.size(); ++i) {
    if (is_given[i]) continue;
    if (runs.empty() || runs.back().end != i) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  std::erase_if(runs, [](TokenSpan run) { return run.size() < kLeastRun; });
  return runs;
}

void Give(const Description& description, std::vector<bool>* is_given) {
  for (const CopiedBlock& block : description.blocks) {
    std::fill_n(is_given->begin() + block.copy, block.length, true);
  }
}

uint64_t Gain(std::span<const TokenSpan> missing,
              const Description& description) {
  uint64_t gain = 0;
  for (const CopiedBlock& block : description.blocks) {
    for (const TokenSpan run : missing) {
      const uint32_t begin = std::max(run.begin, block.copy);
      const uint32_t end = std::min(run.end, block.copy_end());
      if (begin + kLeastRun <= end) gain += end - begin;
    }
  }
  return gain;
}

}  // namespace

std::vector<SecondParent> FindSecondParents(TextSpans texts,
                                            const CandidateTable& table,
                                            const Forest& forest,
                                            uint32_t child) {
  const std::span<const TokenCode> text = texts[child];
  std::vector<SecondParent> found;
  std::vector<bool> is_given(text.size(), false);
  Give(TextAutomaton(texts[*forest.parents[child]]).Describe(text), &is_given);
  if (Missing(is_given).empty()) return found;
  std::vector<const Candidate*> others;
  for (const Candidate& candidate : table[child]) {
    if (candidate.clock > -1 && !forest.IsBelow(candidate.parent, child)) {
      others.push_back(&candidate);
    }
  }
  std::stable_sort(others.begin(), others.end(),
                   [](auto* a, auto* b) { return a->total() > b->total(); });
  others.resize(std::min(others.size(), kMostLooked));
  std::vector<Description> descriptions;
  descriptions.reserve(others.size());
  for (const Candidate* other : others) {
    descriptions.push_back(TextAutomaton(texts[other->parent]).Describe(text));
  }
  while (found.size() < kMostSeconds) {
    const std::vector<TokenSpan> missing = Missing(is_given);
    size_t best = 0;
    uint64_t most = 0;
    for (size_t i = 0; i < others.size(); ++i) {
      const uint64_t gain = Gain(missing, descriptions[i]);
      if (gain > most) {
        most = gain;
        best = i;
      }
    }
    if (static_cast<double>(most) < kSecondWords) break;
    found.push_back({others[best]->parent, most, 0.5});
    Give(descriptions[best], &is_given);
  }
  return found;
}

}  // namespace wirecopy
