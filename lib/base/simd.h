// Which instruction set the kernels run with, chosen once a process.
//
// Every kernel is compiled from one source for each set (see
// lib/CMakeLists.txt), so the sets differ in speed alone.

#ifndef WIRECOPY_BASE_SIMD_H_
#define WIRECOPY_BASE_SIMD_H_

#include "absl/status/statusor.h"

namespace wirecopy {

// kAvx512 is what Ice Lake and Zen 4 have: F, BW, DQ, VL, VBMI and VBMI2.
// Processors with AVX-512 but without the last two run with kAvx2.
enum class SimdLevel { kPortable, kAvx2, kAvx512 };

// "portable", "avx2" or "avx512".
const char* SimdLevelName(SimdLevel level);

// The best set that this processor and build have.
SimdLevel BestSimdLevel();

// The set that the environment variable WIRECOPY_SIMD names, else the best.
// InvalidArgument where it names none, FailedPrecondition where this machine
// lacks it.
absl::StatusOr<SimdLevel> SimdLevelFromEnvironment();

// What the kernels use: SimdLevelFromEnvironment() as first asked, or the best
// set where that is an error (a program that wants to report the error asks
// SimdLevelFromEnvironment itself). Thread-safe.
SimdLevel ActiveSimdLevel();

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_SIMD_H_
