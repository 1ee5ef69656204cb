#include "base/kernel_table.h"
#include "sketch/sketch_kernels.h"

namespace wirecopy {

namespace kernels_portable {
extern const SketchKernels kSketchKernels;
}
#if defined(WIRECOPY_X86_KERNELS)
namespace kernels_avx2 {
extern const SketchKernels kSketchKernels;
}
namespace kernels_avx512 {
extern const SketchKernels kSketchKernels;
}
#else
namespace kernels_avx2 = kernels_portable;
namespace kernels_avx512 = kernels_portable;
#endif

const SketchKernels& SketchKernelsFor(SimdLevel level) {
  return SelectKernels(level, kernels_portable::kSketchKernels,
                       kernels_avx2::kSketchKernels,
                       kernels_avx512::kSketchKernels);
}

}  // namespace wirecopy
