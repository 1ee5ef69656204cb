#include "base/kernel_table.h"
#include "text/text_kernels.h"

namespace wirecopy {

namespace kernels_portable {
extern const TextKernels kTextKernels;
}
#if defined(WIRECOPY_X86_KERNELS)
namespace kernels_avx2 {
extern const TextKernels kTextKernels;
}
namespace kernels_avx512 {
extern const TextKernels kTextKernels;
}
#else
namespace kernels_avx2 = kernels_portable;
namespace kernels_avx512 = kernels_portable;
#endif

const TextKernels& TextKernelsFor(SimdLevel level) {
  return SelectKernels(level, kernels_portable::kTextKernels,
                       kernels_avx2::kTextKernels,
                       kernels_avx512::kTextKernels);
}

}  // namespace wirecopy
