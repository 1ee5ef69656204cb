// The instruction sets that this machine and build can run.

#ifndef WIRECOPY_TESTS_SUPPORT_SIMD_LEVELS_H_
#define WIRECOPY_TESTS_SUPPORT_SIMD_LEVELS_H_

#include <vector>

#include "base/simd.h"

namespace wirecopy::oracle {

inline std::vector<SimdLevel> SimdLevelsHere() {
  std::vector<SimdLevel> levels;
  for (const SimdLevel level :
       {SimdLevel::kPortable, SimdLevel::kAvx2, SimdLevel::kAvx512}) {
    if (level <= BestSimdLevel()) levels.push_back(level);
  }
  return levels;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_SIMD_LEVELS_H_
