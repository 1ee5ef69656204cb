// For sources that are compiled once per instruction set (lib/CMakeLists.txt).
//
// Such a file must keep everything in WIRECOPY_KERNEL_NAMESPACE or in an
// unnamed namespace and use no inline function or template of the standard
// library: the linker keeps one copy of those, perhaps the one that an older
// processor cannot run.

#ifndef WIRECOPY_BASE_KERNEL_SET_H_
#define WIRECOPY_BASE_KERNEL_SET_H_

#if !defined(WIRECOPY_KERNEL_SET)
#error "compile this file as part of a kernel set"
#endif

#define WIRECOPY_KERNEL_CONCAT_INNER(a, b) a##b
#define WIRECOPY_KERNEL_CONCAT(a, b) WIRECOPY_KERNEL_CONCAT_INNER(a, b)
// kernels_portable, kernels_avx2 or kernels_avx512.
#define WIRECOPY_KERNEL_NAMESPACE \
  WIRECOPY_KERNEL_CONCAT(kernels_, WIRECOPY_KERNEL_SET)

#endif  // WIRECOPY_BASE_KERNEL_SET_H_
