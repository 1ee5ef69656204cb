#include "provenance/forest.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "provenance/arborescence.h"
#include "provenance/spanning_marginals.h"

namespace wirecopy {
namespace {

void TakeShares(const CandidateTable& table, std::span<const double> roots,
                Forest* forest) {
  for (uint32_t child = 0; child < table.size(); ++child) {
    double most = roots[child];
    for (const Candidate& c : table[child]) most = std::max(most, c.total());
    double sum = std::exp(roots[child] - most);
    forest->root_probabilities[child] = sum;
    std::vector<double>& shares = forest->probabilities[child];
    for (size_t i = 0; i < table[child].size(); ++i) {
      shares[i] = std::exp(table[child][i].total() - most);
      sum += shares[i];
    }
    forest->root_probabilities[child] /= sum;
    for (double& share : shares) share /= sum;
  }
}

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

void ChooseParents(const CandidateTable& table, std::span<const double> roots,
                   Forest* forest) {
  const auto root = static_cast<uint32_t>(table.size());
  std::vector<WeightedArc> arcs;
  constexpr double kTie = 1e-6;  // the weights tell where shares are 0
  for (uint32_t child = 0; child < root; ++child) {
    arcs.push_back({root, child,
                    forest->root_probabilities[child] +
                        kTie * std::max(roots[child], -1e3)});
    for (size_t i = 0; i < table[child].size(); ++i) {
      const Candidate& candidate = table[child][i];
      arcs.push_back({candidate.parent, child,
                      forest->probabilities[child][i] +
                          kTie * std::max(candidate.total(), -1e3)});
    }
  }
  const std::vector<uint32_t> parents =
      MaximumArborescence(root + 1, root, arcs);
  for (uint32_t child = 0; child < root; ++child) {
    forest->parents[child].reset();
    if (parents[child] != root) forest->parents[child] = parents[child];
  }
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
  } else {
    TakeShares(table, roots, &forest);
  }
  ChooseParents(table, roots, &forest);
  return forest;
}

}  // namespace wirecopy
