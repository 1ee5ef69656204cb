// XXH3 as its authors' header compiles for each instruction set: what hashing
// a whole text could cost at least.

#ifndef WIRECOPY_BENCH_XXH3_H_
#define WIRECOPY_BENCH_XXH3_H_

#include <cstddef>
#include <cstdint>

#include "base/simd.h"

namespace wirecopy::bench {

namespace kernels_portable {
uint64_t HashXxh3(const char* data, size_t size);
}
#if defined(WIRECOPY_X86_KERNELS)
namespace kernels_avx2 {
uint64_t HashXxh3(const char* data, size_t size);
}
namespace kernels_avx512 {
uint64_t HashXxh3(const char* data, size_t size);
}
#else
namespace kernels_avx2 = kernels_portable;
namespace kernels_avx512 = kernels_portable;
#endif

using Xxh3 = uint64_t (*)(const char* data, size_t size);

inline Xxh3 Xxh3For(SimdLevel level) {
  switch (level) {
    case SimdLevel::kAvx512:
      return kernels_avx512::HashXxh3;
    case SimdLevel::kAvx2:
      return kernels_avx2::HashXxh3;
    case SimdLevel::kPortable:
      break;
  }
  return kernels_portable::HashXxh3;
}

}  // namespace wirecopy::bench

#endif  // WIRECOPY_BENCH_XXH3_H_
