#include "provenance/rooted_trees.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

#include "provenance/lineage_weights.h"
#include "provenance/spanning_marginals.h"
#include "provenance/tree_shares.h"

namespace wirecopy {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
// What all rootings of a tree may cost, in steps of an elimination.
constexpr double kMostSteps = 3e8;
constexpr size_t kLeastRoots = 8;
constexpr double kLeastShare = 1e-9;  // of a rooting that counts

// One tree of a forest, its texts numbered anew.
class RootedTrees {
 public:
  RootedTrees(const CandidateTable& table, std::span<const double> roots,
              double root_nats, std::span<const uint32_t> texts, Forest* forest)
      : roots_(roots),
        root_nats_(root_nats),
        texts_(texts),
        forest_(*forest),
        weights_(texts.size(), kNever),
        sum_(texts.size()) {
    std::vector<uint32_t> numbers(table.size(), kNone);
    for (uint32_t i = 0; i < texts.size(); ++i) numbers[texts[i]] = i;
    places_.resize(texts.size());
    for (uint32_t i = 0; i < texts.size(); ++i) {
      for (uint32_t k = 0; k < table[texts[i]].size(); ++k) {
        const Candidate& c = table[texts[i]][k];
        const uint32_t parent = numbers[c.parent];
        places_[i].push_back(parent);
        if (parent != kNone) weights_.Arc(i, parent) = c.total();
      }
    }
  }

  void Run() {
    std::vector<double> log_weights;
    std::vector<ArcTable> marginals;
    for (const uint32_t root : Roots()) {
      log_weights.push_back(0);
      marginals.push_back(Rooted(root, &log_weights.back()));
    }
    const double most =
        *std::max_element(log_weights.begin(), log_weights.end());
    double all = 0;
    for (double& weight : log_weights) all += weight = std::exp(weight - most);
    for (size_t i = 0; i < marginals.size(); ++i) {
      Add(marginals[i], log_weights[i] / all);
    }
    Store();
  }

 private:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

  // Those that the forest holds likeliest, as many as there is time for.
  std::vector<uint32_t> Roots() const {
    std::vector<uint32_t> roots(texts_.size());
    std::iota(roots.begin(), roots.end(), 0U);
    const auto size = static_cast<double>(texts_.size());
    const auto most = static_cast<size_t>(kMostSteps / (size * size * size));
    if (roots.size() <= std::max(most, kLeastRoots)) return roots;
    std::stable_sort(roots.begin(), roots.end(), [&](uint32_t a, uint32_t b) {
      return forest_.root_probabilities[texts_[a]] >
             forest_.root_probabilities[texts_[b]];
    });
    roots.resize(std::max(most, kLeastRoots));
    return roots;
  }

  ArcTable Rooted(uint32_t root, double* log_weight) const {
    ArcTable weights = weights_;
    weights.roots[root] = roots_[texts_[root]];
    for (uint32_t child = 0; child < texts_.size(); ++child) {
      weights.Arc(root, child) = kNever;
      if (child != root) weights.Arc(child, root) += root_nats_;
    }
    return SpanningMarginals(weights, log_weight);
  }

  void Add(const ArcTable& marginals, double share) {
    if (share < kLeastShare) return;
    for (size_t i = 0; i < sum_.arcs.size(); ++i) {
      sum_.arcs[i] += share * marginals.arcs[i];
    }
    for (size_t i = 0; i < sum_.roots.size(); ++i) {
      sum_.roots[i] += share * marginals.roots[i];
    }
  }

  void Store() {
    for (uint32_t i = 0; i < texts_.size(); ++i) {
      forest_.root_probabilities[texts_[i]] = sum_.roots[i];
      std::vector<double>& shares = forest_.probabilities[texts_[i]];
      for (size_t k = 0; k < shares.size(); ++k) {
        shares[k] = places_[i][k] == kNone ? 0 : sum_.Arc(i, places_[i][k]);
      }
    }
  }

  std::span<const double> roots_;
  double root_nats_;
  std::span<const uint32_t> texts_;
  Forest& forest_;
  std::vector<std::vector<uint32_t>> places_;  // of candidates, by child
  ArcTable weights_;
  ArcTable sum_;
};

}  // namespace

std::vector<double> RootWeights(const CandidateTable& table,
                                std::span<const double> saved) {
  constexpr double kLeast = -8;
  std::vector<double> sums(table.size());
  std::vector<double> counts(table.size());
  for (const std::vector<Candidate>& candidates : table) {
    for (const Candidate& c : candidates) {
      sums[c.parent] += std::max(c.score, kLeast);
      counts[c.parent] += 1;
    }
  }
  std::vector<double> roots(table.size());
  for (size_t i = 0; i < roots.size(); ++i) {
    roots[i] = kRootNats - saved[i] +
               kRootSpread * sums[i] / (counts[i] + kRootShrink);
  }
  return roots;
}

void WeighRoots(const CandidateTable& table, std::span<const double> roots,
                double nats, Forest* forest) {
  const std::vector<std::vector<uint32_t>> trees = TreesOf(*forest);
  const auto is_large = [](const auto& tree) {
    return tree.size() > kMostDense;
  };
  if (std::any_of(trees.begin(), trees.end(), is_large)) {
    TakeTreeShares(table, roots, nats, forest);
  }
  for (const std::vector<uint32_t>& tree : trees) {
    if (tree.size() < 2 || is_large(tree)) continue;
    RootedTrees(table, roots, nats, tree, forest).Run();
  }
}

}  // namespace wirecopy
