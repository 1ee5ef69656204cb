#include "provenance/candidate_parents.h"

#include <algorithm>
#include <cstddef>

#include "provenance/describe_cost.h"

namespace wirecopy {

const Candidate* FindCandidate(const std::vector<Candidate>& candidates,
                               uint32_t parent) {
  const auto at = std::lower_bound(
      candidates.begin(), candidates.end(), parent,
      [](const Candidate& c, uint32_t p) { return c.parent < p; });
  return at == candidates.end() || at->parent != parent ? nullptr : &*at;
}

CandidateTable DescribePairs(
    TextSpans texts, const std::vector<std::pair<uint32_t, uint32_t>>& pairs) {
  std::vector<std::vector<uint32_t>> children(texts.size());
  for (const auto& [a, b] : pairs) {
    children[a].push_back(b);
    children[b].push_back(a);
  }
  CandidateTable table(texts.size());
  for (uint32_t parent = 0; parent < texts.size(); ++parent) {
    std::vector<uint32_t>& list = children[parent];
    if (list.empty()) continue;
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    const TextAutomaton automaton(texts[parent]);
    for (const uint32_t child : list) {
      const Description description = automaton.Describe(texts[child]);
      table[child].push_back(
          {.parent = parent,
           .copied = static_cast<uint32_t>(description.copied_tokens()),
           .bits = description.Bits()});
    }
  }
  return table;
}

}  // namespace wirecopy
