// The verdict on a pair: the sum of its evidence.

#ifndef WIRECOPY_PROVENANCE_DIRECTION_H_
#define WIRECOPY_PROVENANCE_DIRECTION_H_

#include <span>

#include "wirecopy/evidence.h"

namespace wirecopy {

// A verdict needs to be right at least this often.
inline constexpr double kLeastConfidence = 0.6;

struct Direction {
  double log_odds = 0;      // that a is the source: the sum of the weights
  double confidence = 0.5;  // that the likelier one is: 1 / (1 + e^-|log_odds|)
  bool decided = false;     // the confidence is kLeastConfidence or more

  bool a_is_source() const { return log_odds > 0; }
};

Direction Decide(std::span<const Evidence> evidence);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_DIRECTION_H_
