// Compiled once per instruction set (CMakeLists.txt).

#include "bench/xxh3.h"

#include "base/kernel_set.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace wirecopy::bench::WIRECOPY_KERNEL_NAMESPACE {

uint64_t HashXxh3(const char* data, size_t size) {
  return XXH3_64bits(data, size);
}

}  // namespace wirecopy::bench::WIRECOPY_KERNEL_NAMESPACE
