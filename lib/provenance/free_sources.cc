#include "provenance/free_sources.h"

#include <vector>

#include "provenance/lineage_weights.h"

namespace wirecopy {
void FreeSources(const TracedFamily& traced, Forest* forest) {
  std::vector<bool> has_copies(traced.size(), false);
  for (const auto& parent : forest->parents) {
    if (parent.has_value()) has_copies[*parent] = true;
  }
  for (uint32_t child = 0; child < traced.size(); ++child) {
    if (!forest->parents[child].has_value()) continue;
    const uint32_t parent = *forest->parents[child];
    const bool is_earlier = traced.Precedes(child, parent, false);
    const Candidate* const from = traced.Find(parent, child);
    const bool is_part = traced.GivesLittle(from, child);
    // The forest has it somewhere rather than nowhere.
    const bool is_unrelated =
        is_part && (from == nullptr || from->copied < kSecondWords);
    const auto& above = forest->parents[parent];
    const bool is_apart = above.has_value() &&
                          traced.GivesLittle(traced.Find(*above, child), child);
    if (is_unrelated || (is_part && (has_copies[child] || is_earlier)) ||
        (is_apart && is_earlier)) {
      MakeRoot(child, forest);
    }
  }
}

}  // namespace wirecopy
