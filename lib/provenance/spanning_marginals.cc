#include "provenance/spanning_marginals.h"

#include <algorithm>
#include <cmath>

namespace wirecopy {
namespace {

// exp of it is still a normal number.
constexpr double kLeastNats = -690;
// Roots are counted in units of exp(-this) at least.
constexpr double kMostLift = 600;

// Weights as shares of each child's heaviest, which leaves the marginals as
// they are. Roots are much less likely than arcs, all of them; they are counted
// in units of their own.
struct Weights {
  ArcTable table;
  double root_unit;
  double log_unit;  // of the weight of a forest
};

Weights Scaled(const ArcTable& log_weights) {
  const size_t n = log_weights.nodes;
  std::vector<double> most = log_weights.roots;
  double lift = 0;
  for (size_t child = 0; child < n; ++child) {
    for (size_t p = 0; p < n; ++p) {
      if (p != child)
        most[child] = std::max(most[child], log_weights.Arc(child, p));
    }
    lift = std::max(lift, most[child] - log_weights.roots[child]);
  }
  lift = std::min(lift, kMostLift);
  const auto scaled = [](double nats) {
    return std::exp(std::max(nats, kLeastNats));
  };
  Weights weights{ArcTable(n), std::exp(-lift), 0};
  for (size_t child = 0; child < n; ++child) {
    weights.log_unit += most[child];
    weights.table.roots[child] =
        std::exp(std::max(log_weights.roots[child] - most[child] + lift, 0.0));
    for (size_t p = 0; p < n; ++p) {
      if (p == child || std::isinf(log_weights.Arc(child, p))) continue;
      weights.table.Arc(child, p) =
          scaled(log_weights.Arc(child, p) - most[child]);
    }
  }
  return weights;
}

// Takes out the nodes from the last on: whoever had one for a parent gets that
// one's parents instead. The product of the sums is the weight of all forests.
// Row and column k stay as they were when k was taken out.
std::vector<double> Eliminate(double root_unit, ArcTable* weights) {
  std::vector<double> sums(weights->nodes);
  for (size_t k = weights->nodes; k-- > 0;) {
    double sum = root_unit * weights->roots[k];
    for (size_t j = 0; j < k; ++j) sum += weights->Arc(k, j);
    sums[k] = sum;
    for (size_t i = 0; i < k; ++i) {
      const double share = weights->Arc(i, k) / sum;
      if (share == 0) continue;
      weights->roots[i] += share * weights->roots[k];
      for (size_t j = 0; j < k; ++j) {
        weights->Arc(i, j) += share * weights->Arc(k, j);
      }
      weights->Arc(i, i) = 0;  // no forest has loops
    }
  }
  return sums;
}

// The derivatives of the logarithm of that product by all weights: the steps of
// the elimination backwards.
ArcTable Derivatives(const ArcTable& weights, double root_unit,
                     const std::vector<double>& sums) {
  ArcTable slopes(weights.nodes);
  for (size_t k = 0; k < weights.nodes; ++k) {
    double* const row = &slopes.Arc(k, 0);
    double through = 0;
    for (size_t i = 0; i < k; ++i) {
      double slope = weights.roots[k] * slopes.roots[i];
      for (size_t j = 0; j < k; ++j) {
        slope += weights.Arc(k, j) * slopes.Arc(i, j);
      }
      slopes.Arc(i, k) = slope / sums[k];
      through += weights.Arc(i, k) * slopes.Arc(i, k);
    }
    const double own = (1 - through) / sums[k];
    slopes.roots[k] = own * root_unit;
    std::fill_n(row, k, own);
    for (size_t i = 0; i < k; ++i) {
      const double share = weights.Arc(i, k) / sums[k];
      if (share == 0) continue;
      slopes.roots[k] += share * slopes.roots[i];
      for (size_t j = 0; j < k; ++j) row[j] += share * slopes.Arc(i, j);
    }
  }
  return slopes;
}

// Rounding leaves rows that do not sum up to one.
void Normalize(ArcTable* table) {
  const size_t n = table->nodes;
  for (size_t child = 0; child < n; ++child) {
    double sum = table->roots[child] = std::max(0.0, table->roots[child]);
    for (size_t p = 0; p < n; ++p) {
      double& value = table->Arc(child, p);
      sum += value = std::max(0.0, value);
    }
    table->roots[child] /= sum;
    for (size_t p = 0; p < n; ++p) table->Arc(child, p) /= sum;
  }
}

}  // namespace

ArcTable SpanningMarginals(const ArcTable& log_weights, double* log_weight) {
  const size_t n = log_weights.nodes;
  const Weights weights = Scaled(log_weights);
  ArcTable eliminated = weights.table;
  const std::vector<double> sums = Eliminate(weights.root_unit, &eliminated);
  if (log_weight != nullptr) {
    *log_weight = weights.log_unit;
    for (const double sum : sums) *log_weight += std::log(sum);
  }
  ArcTable marginals = Derivatives(eliminated, weights.root_unit, sums);
  for (size_t child = 0; child < n; ++child) {
    marginals.roots[child] *= weights.table.roots[child];
    for (size_t p = 0; p < n; ++p) {
      marginals.Arc(child, p) *= weights.table.Arc(child, p);
    }
  }
  Normalize(&marginals);
  return marginals;
}

}  // namespace wirecopy
