#include "provenance/forest.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "provenance/arborescence.h"
#include "provenance/spanning_marginals.h"
#include "provenance/tree_shares.h"

namespace wirecopy {
namespace {

void TakeMarginals(const CandidateTable& table, std::span<const double> roots,
                   Forest* forest) {
  ArcTable weights(table.size(), -std::numeric_limits<double>::infinity());
  for (uint32_t child = 0; child < table.size(); ++child) {
    weights.roots[child] = roots[child];
    for (const Candidate& c : table[child]) {
      weights.Arc(child, c.parent) = c.total();
    }
  }
  const ArcTable marginals = SpanningMarginals(weights);
  for (uint32_t child = 0; child < table.size(); ++child) {
    forest->root_probabilities[child] = marginals.roots[child];
    for (size_t i = 0; i < table[child].size(); ++i) {
      forest->probabilities[child][i] =
          marginals.Arc(child, table[child][i].parent);
    }
  }
}

// `root_weight` of having no parent, `weight` of a child's candidate by its
// place.
template <typename RootWeight, typename Weight>
void TakeHeaviest(const CandidateTable& table, RootWeight root_weight,
                  Weight weight, Forest* forest) {
  const auto root = static_cast<uint32_t>(table.size());
  std::vector<WeightedArc> arcs;
  for (uint32_t child = 0; child < root; ++child) {
    arcs.push_back({root, child, root_weight(child)});
    for (size_t i = 0; i < table[child].size(); ++i) {
      arcs.push_back({table[child][i].parent, child, weight(child, i)});
    }
  }
  const std::vector<uint32_t> parents =
      MaximumArborescence(root + 1, root, arcs);
  for (uint32_t child = 0; child < root; ++child) {
    forest->parents[child].reset();
    if (parents[child] != root) forest->parents[child] = parents[child];
  }
}

}  // namespace

bool Forest::IsBelow(uint32_t node, uint32_t top) const {
  while (node != top) {
    if (!parents[node].has_value()) return false;
    node = *parents[node];
  }
  return true;
}

std::vector<std::vector<uint32_t>> TreesOf(const Forest& forest) {
  std::vector<std::vector<uint32_t>> trees(forest.parents.size());
  for (uint32_t i = 0; i < forest.parents.size(); ++i) {
    uint32_t top = i;
    while (forest.parents[top].has_value()) top = *forest.parents[top];
    trees[top].push_back(i);
  }
  std::erase_if(trees, [](const auto& tree) { return tree.empty(); });
  return trees;
}

double* ShareOf(const CandidateTable& table, uint32_t child, uint32_t parent,
                Forest* forest) {
  const Candidate* const found = FindCandidate(table[child], parent);
  return found == nullptr ? nullptr
                          : &forest->probabilities[child][static_cast<size_t>(
                                found - table[child].data())];
}

void ReplaceParent(const CandidateTable& table, uint32_t child, uint32_t parent,
                   Forest* forest) {
  const std::optional<uint32_t> before = forest->parents[child];
  double* const share = before.has_value()
                            ? ShareOf(table, child, *before, forest)
                            : &forest->root_probabilities[child];
  if (share != nullptr)
    std::swap(*share, *ShareOf(table, child, parent, forest));
  forest->parents[child] = parent;
}

void MakeRoot(uint32_t child, Forest* forest) {
  constexpr double kTossed = 0.5;
  forest->parents[child].reset();
  double& sure = forest->root_probabilities[child];
  sure = std::max(kTossed, sure);
}

void ChooseParents(const CandidateTable& table, std::span<const double> roots,
                   Forest* forest) {
  constexpr double kTie = 1e-6;  // the weights tell where shares are 0
  TakeHeaviest(
      table,
      [&](uint32_t child) {
        return forest->root_probabilities[child] +
               kTie * std::max(roots[child], -1e3);
      },
      [&](uint32_t child, size_t i) {
        return forest->probabilities[child][i] +
               kTie * std::max(table[child][i].total(), -1e3);
      },
      forest);
}

Forest ChooseForest(const CandidateTable& table,
                    std::span<const double> roots) {
  Forest forest;
  forest.parents.resize(table.size());
  forest.root_probabilities.resize(table.size());
  forest.probabilities.resize(table.size());
  for (uint32_t child = 0; child < table.size(); ++child) {
    forest.probabilities[child].resize(table[child].size());
  }
  if (table.size() <= kMostDense) {
    TakeMarginals(table, roots, &forest);
    ChooseParents(table, roots, &forest);
    return forest;
  }
  TakeHeaviest(
      table, [&](uint32_t child) { return roots[child]; },
      [&](uint32_t child, size_t i) { return table[child][i].total(); },
      &forest);
  TakeTreeShares(table, roots, 0, &forest);
  return forest;
}

}  // namespace wirecopy
