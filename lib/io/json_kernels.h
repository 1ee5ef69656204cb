// The hot loop of reading JSON, one of it per instruction set.

#ifndef WIRECOPY_IO_JSON_KERNELS_H_
#define WIRECOPY_IO_JSON_KERNELS_H_

#include <cstddef>

#include "base/simd.h"

namespace wirecopy {

// Bytes that a kernel may read behind its input, and write behind its output.
inline constexpr size_t kJsonPadding = 64;

struct JsonKernels {
  struct Progress {
    size_t read;
    size_t written;
    bool has_wide;  // whether any byte that was read is no ASCII
  };
  // Copies the inside of a string literal, its escapes of two characters
  // resolved, up to what it cannot copy: a quotation mark, a control character,
  // an escape of any other kind, or the end of the `size` bytes. Neither
  // checks UTF-8. `to` takes as many bytes and the padding.
  Progress (*copy_string)(const char* from, size_t size, char* to);
};

const JsonKernels& JsonKernelsFor(SimdLevel level);

inline const JsonKernels& ActiveJsonKernels() {
  static const JsonKernels& kernels = JsonKernelsFor(ActiveSimdLevel());
  return kernels;
}

}  // namespace wirecopy

#endif  // WIRECOPY_IO_JSON_KERNELS_H_
