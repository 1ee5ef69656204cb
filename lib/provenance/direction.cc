#include "provenance/direction.h"

#include <cmath>

namespace wirecopy {

Direction Decide(std::span<const Evidence> evidence) {
  Direction direction;
  for (const Evidence& piece : evidence) direction.log_odds += piece.weight;
  direction.confidence = 1 / (1 + std::exp(-std::abs(direction.log_odds)));
  direction.decided = direction.confidence >= kLeastConfidence;
  return direction;
}

}  // namespace wirecopy
