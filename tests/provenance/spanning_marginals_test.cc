#include "provenance/spanning_marginals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

// Adds up the weights of all forests; the parent n stands for none.
ArcTable SlowMarginals(const ArcTable& log_weights) {
  const size_t n = log_weights.nodes;
  ArcTable sums(n);
  double total = 0;
  std::vector<size_t> parents(n, 0);
  while (true) {
    double nats = 0;
    bool is_forest = true;
    for (size_t node = 0; node < n; ++node) {
      nats += parents[node] == n      ? log_weights.roots[node]
              : parents[node] == node ? -std::numeric_limits<double>::infinity()
                                      : log_weights.Arc(node, parents[node]);
      size_t at = node;
      for (size_t steps = 0; at != n; ++steps) {
        if (steps > n) {
          is_forest = false;
          break;
        }
        at = parents[at];
      }
    }
    if (is_forest) {
      const double weight = std::exp(nats);
      total += weight;
      for (size_t node = 0; node < n; ++node) {
        double& sum = parents[node] == n ? sums.roots[node]
                                         : sums.Arc(node, parents[node]);
        sum += weight;
      }
    }
    size_t node = 0;
    while (node < n && ++parents[node] > n) parents[node++] = 0;
    if (node == n) break;
  }
  for (double& sum : sums.arcs) sum /= total;
  for (double& sum : sums.roots) sum /= total;
  return sums;
}

void ExpectNear(const ArcTable& found, const ArcTable& expected) {
  for (size_t i = 0; i < found.arcs.size(); ++i) {
    EXPECT_NEAR(found.arcs[i], expected.arcs[i], 1e-9);
  }
  for (size_t i = 0; i < found.nodes; ++i) {
    EXPECT_NEAR(found.roots[i], expected.roots[i], 1e-9);
  }
}

TEST(SpanningMarginals, AreThoseOfAllForests) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> weight(-6, 6);
  for (int round = 0; round < 40; ++round) {
    ArcTable table(static_cast<size_t>(1 + round % 5));
    for (double& value : table.arcs) {
      value = random() % 5 == 0 ? -std::numeric_limits<double>::infinity()
                                : weight(random);
    }
    for (double& value : table.roots) value = weight(random);
    ExpectNear(SpanningMarginals(table), SlowMarginals(table));
  }
}

TEST(SpanningMarginals, RootsMayBeVeryUnlikely) {
  std::mt19937 random(6);
  std::uniform_real_distribution<double> weight(-3, 3);
  ArcTable near(5);
  for (double& value : near.arcs) value = weight(random);
  for (double& value : near.roots) value = weight(random) - 30;
  ArcTable far = near;
  for (double& value : far.roots) value -= 470;
  // One root, as good as surely, so that both are the same.
  ExpectNear(SpanningMarginals(far), SpanningMarginals(near));
  ExpectNear(SpanningMarginals(near), SlowMarginals(near));
}

TEST(SpanningMarginals, OfNobody) {
  EXPECT_EQ(SpanningMarginals(ArcTable(0)).nodes, 0);
}

}  // namespace
}  // namespace wirecopy
