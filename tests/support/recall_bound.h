// How many misses a stated recall still allows.

#ifndef WIRECOPY_TESTS_SUPPORT_RECALL_BOUND_H_
#define WIRECOPY_TESTS_SUPPORT_RECALL_BOUND_H_

#include <cmath>
#include <cstddef>

namespace wirecopy::oracle {

// The most misses in `trials` that a chance of `miss` each explains: more have
// a probability below one in a thousand (3.1 standard deviations, and one for
// the skew of small means).
inline double MostMisses(size_t trials, double miss) {
  const double mean = static_cast<double>(trials) * miss;
  return mean + 3.1 * std::sqrt(mean * (1 - miss)) + 1;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_RECALL_BOUND_H_
