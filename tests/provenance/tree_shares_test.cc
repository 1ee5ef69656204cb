#include "provenance/tree_shares.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

constexpr double kClose = 1e-9;

// A forest of so many texts, each with a parent among those before it or none,
// and candidates at random, its parent among them. Some arcs cannot be turned.
struct Grown {
  CandidateTable table;
  std::vector<double> roots;
  Forest forest;

  Grown(uint32_t size, std::mt19937* random) : table(size), roots(size) {
    std::uniform_real_distribution<double> nats(-3, 3);
    forest.parents.resize(size);
    forest.root_probabilities.resize(size);
    for (uint32_t child = 0; child < size; ++child) {
      if (child > 0 && (*random)() % 6 != 0) {
        forest.parents[child] = static_cast<uint32_t>((*random)() % child);
      }
      roots[child] = nats(*random);
      for (uint32_t parent = 0; parent < size; ++parent) {
        const bool is_needed = forest.parents[child] == parent;
        if (parent == child || (!is_needed && (*random)() % 3 == 0)) continue;
        table[child].push_back(
            {.parent = parent, .score = nats(*random), .clock = nats(*random)});
      }
      forest.probabilities.emplace_back(table[child].size());
    }
  }
};

using Parents = std::vector<std::optional<uint32_t>>;

uint32_t TopOf(const Parents& parents, uint32_t text) {
  while (parents[text].has_value()) text = *parents[text];
  return text;
}

bool ComesFrom(const Parents& parents, uint32_t text, uint32_t top) {
  while (text != top && parents[text].has_value()) text = *parents[text];
  return text == top;
}

// The same tree with another root.
Parents Rerooted(const Parents& parents, uint32_t root) {
  Parents turned = parents;
  turned[root].reset();
  uint32_t child = root;
  for (auto above = parents[root]; above.has_value(); above = parents[*above]) {
    turned[*above] = child;
    child = *above;
  }
  return turned;
}

// Of the arcs of the root's tree; none where an arc is no candidate.
std::optional<double> WeightOf(const Grown& grown, const Parents& parents,
                               uint32_t root, double nats) {
  double weight = grown.roots[root];
  for (uint32_t text = 0; text < parents.size(); ++text) {
    if (text == root || !ComesFrom(parents, text, root)) continue;
    const Candidate* const arc =
        FindCandidate(grown.table[text], *parents[text]);
    if (arc == nullptr) return std::nullopt;
    weight += arc->total() + (*parents[text] == root ? nats : 0);
  }
  return weight;
}

// Rooting after rooting, each turned anew and added up whole.
Forest SlowShares(const Grown& grown, double nats) {
  Forest sums = grown.forest;
  for (uint32_t text = 0; text < grown.table.size(); ++text) {
    double all = 0;
    for (uint32_t root = 0; root < grown.table.size(); ++root) {
      if (TopOf(grown.forest.parents, root) !=
          TopOf(grown.forest.parents, text))
        continue;
      const Parents turned = Rerooted(grown.forest.parents, root);
      const auto weight = WeightOf(grown, turned, root, nats);
      if (!weight.has_value()) continue;
      const double rooting = std::exp(*weight);
      all += rooting;
      const std::vector<Candidate>& candidates = grown.table[text];
      if (root == text) {
        sums.root_probabilities[text] += rooting;
      } else if (ComesFrom(grown.forest.parents, root, text)) {
        for (size_t i = 0; i < candidates.size(); ++i) {
          if (candidates[i].parent == *turned[text]) {
            sums.probabilities[text][i] += rooting;
          }
        }
      } else {
        double sum = std::exp(grown.roots[text]);
        const auto may = [&](const Candidate& c) {
          return !ComesFrom(grown.forest.parents, c.parent, text);
        };
        for (const Candidate& c : candidates) {
          if (may(c)) sum += std::exp(c.total());
        }
        sums.root_probabilities[text] +=
            rooting * std::exp(grown.roots[text]) / sum;
        for (size_t i = 0; i < candidates.size(); ++i) {
          if (!may(candidates[i])) continue;
          sums.probabilities[text][i] +=
              rooting * std::exp(candidates[i].total()) / sum;
        }
      }
    }
    sums.root_probabilities[text] /= all;
    for (double& share : sums.probabilities[text]) share /= all;
  }
  return sums;
}

TEST(TreeShares, AreTheSlowOnes) {
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    Grown grown(static_cast<uint32_t>(1 + random() % 12), &random);
    const double nats = round % 2 == 0 ? 0 : 0.7;
    const Forest slow = SlowShares(grown, nats);
    TakeTreeShares(grown.table, grown.roots, nats, &grown.forest);
    for (size_t i = 0; i < grown.table.size(); ++i) {
      EXPECT_NEAR(grown.forest.root_probabilities[i],
                  slow.root_probabilities[i], kClose);
      double sum = grown.forest.root_probabilities[i];
      for (size_t k = 0; k < grown.table[i].size(); ++k) {
        EXPECT_NEAR(grown.forest.probabilities[i][k], slow.probabilities[i][k],
                    kClose);
        sum += grown.forest.probabilities[i][k];
      }
      EXPECT_NEAR(sum, 1, kClose);
    }
  }
}

TEST(TreeShares, NobodysForestHasNone) {
  Forest forest;
  TakeTreeShares({}, {}, 0, &forest);
  EXPECT_TRUE(forest.probabilities.empty());
}

}  // namespace
}  // namespace wirecopy
