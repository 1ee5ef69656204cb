#include "base/huge_pages.h"

#include <cstdlib>
#include <cstring>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace wirecopy {
namespace {

void* AllocateZeros(size_t bytes) {
  constexpr size_t kMost = static_cast<size_t>(-1) - kTableAlignment;
  const size_t lines = (bytes + kTableAlignment - 1) / kTableAlignment;
  void* const memory =
      bytes > kMost
          ? nullptr
          : std::aligned_alloc(kTableAlignment, lines * kTableAlignment);
  if (memory == nullptr) throw std::bad_alloc();
  return std::memset(memory, 0, bytes);
}

}  // namespace

#ifdef __linux__
namespace {

// Pages of its own are more work than they save for what is smaller.
bool IsSmall(size_t bytes) { return bytes < size_t{1} << 17; }

}  // namespace

void* AllocateHugePages(size_t bytes) {
  if (bytes == 0) return nullptr;
  if (IsSmall(bytes)) return AllocateZeros(bytes);
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  // A wish; all goes well without.
  madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

void FreeHugePages(void* memory, size_t bytes) {
  if (IsSmall(bytes)) {
    std::free(memory);
  } else {
    munmap(memory, bytes);
  }
}
#else
void* AllocateHugePages(size_t bytes) {
  return bytes == 0 ? nullptr : AllocateZeros(bytes);
}

void FreeHugePages(void* memory, size_t /*bytes*/) { std::free(memory); }
#endif

}  // namespace wirecopy
