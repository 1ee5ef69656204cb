#include "base/simd.h"

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"

namespace wirecopy {

const char* SimdLevelName(SimdLevel level) {
  switch (level) {
    case SimdLevel::kAvx2:
      return "avx2";
    case SimdLevel::kAvx512:
      return "avx512";
    case SimdLevel::kPortable:
      break;
  }
  return "portable";
}

SimdLevel BestSimdLevel() {
#if defined(WIRECOPY_X86_KERNELS)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") &&
                    __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                      __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512vbmi") &&
                      __builtin_cpu_supports("avx512vbmi2");
  if (avx512) return SimdLevel::kAvx512;
  if (avx2) return SimdLevel::kAvx2;
#endif
  return SimdLevel::kPortable;
}

absl::StatusOr<SimdLevel> SimdLevelFromEnvironment() {
  const char* const value = std::getenv("WIRECOPY_SIMD");
  if (value == nullptr || *value == '\0') return BestSimdLevel();
  const std::string name(value);
  for (const SimdLevel level :
       {SimdLevel::kPortable, SimdLevel::kAvx2, SimdLevel::kAvx512}) {
    if (name != SimdLevelName(level)) continue;
    if (level <= BestSimdLevel()) return level;
    return absl::FailedPreconditionError(
        absl::StrCat("WIRECOPY_SIMD=", name,
                     ": this processor lacks it; the best it has is ",
                     SimdLevelName(BestSimdLevel())));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "WIRECOPY_SIMD=", name, ": not one of portable, avx2, avx512"));
}

SimdLevel ActiveSimdLevel() {
  static const SimdLevel level =
      SimdLevelFromEnvironment().value_or(BestSimdLevel());
  return level;
}

}  // namespace wirecopy
