#include "base/huge_pages.h"

#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace wirecopy {

#ifdef __linux__
void* AllocateHugePages(size_t bytes) {
  if (bytes == 0) return nullptr;
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  // A wish; all goes well without.
  madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

void FreeHugePages(void* memory, size_t bytes) {
  if (bytes > 0) munmap(memory, bytes);
}
#else
void* AllocateHugePages(size_t bytes) {
  if (bytes == 0) return nullptr;
  void* const memory = std::calloc(bytes, 1);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void FreeHugePages(void* memory, size_t /*bytes*/) { std::free(memory); }
#endif

}  // namespace wirecopy
