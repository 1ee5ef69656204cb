#include "base/kernel_table.h"
#include "io/json_kernels.h"

namespace wirecopy {

namespace kernels_portable {
extern const JsonKernels kJsonKernels;
}
#if defined(WIRECOPY_X86_KERNELS)
namespace kernels_avx2 {
extern const JsonKernels kJsonKernels;
}
namespace kernels_avx512 {
extern const JsonKernels kJsonKernels;
}
#else
namespace kernels_avx2 = kernels_portable;
namespace kernels_avx512 = kernels_portable;
#endif

const JsonKernels& JsonKernelsFor(SimdLevel level) {
  return SelectKernels(level, kernels_portable::kJsonKernels,
                       kernels_avx2::kJsonKernels,
                       kernels_avx512::kJsonKernels);
}

}  // namespace wirecopy
