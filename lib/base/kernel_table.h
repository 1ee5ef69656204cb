// Picks the table of kernels that this process runs with.

#ifndef WIRECOPY_BASE_KERNEL_TABLE_H_
#define WIRECOPY_BASE_KERNEL_TABLE_H_

#include "base/simd.h"

namespace wirecopy {

// The table for `level`, of three that a layer's kernels define. A build
// without x86 kernels passes the portable one three times.
template <typename Table>
const Table& SelectKernels(SimdLevel level, const Table& portable,
                           const Table& avx2, const Table& avx512) {
  switch (level) {
    case SimdLevel::kAvx512:
      return avx512;
    case SimdLevel::kAvx2:
      return avx2;
    case SimdLevel::kPortable:
      break;
  }
  return portable;
}

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_KERNEL_TABLE_H_
