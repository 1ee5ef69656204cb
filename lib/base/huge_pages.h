// Memory for large arrays that are read and written all over. Lies on huge
// pages where the system has them, without which most of the time of a random
// access goes into finding the page.

#ifndef WIRECOPY_BASE_HUGE_PAGES_H_
#define WIRECOPY_BASE_HUGE_PAGES_H_

#include <cstddef>

namespace wirecopy {

// In bytes: a line of the processor's caches.
inline constexpr size_t kTableAlignment = 64;

// Zeros, aligned to kTableAlignment; pages that are never touched take no
// memory. Throws std::bad_alloc.
void* AllocateHugePages(size_t bytes);
void FreeHugePages(void* memory, size_t bytes);

// For a standard container that is to lie there.
template <typename T>
struct HugePageAllocator {
  static_assert(alignof(T) <= kTableAlignment);
  using value_type = T;

  HugePageAllocator() = default;
  template <typename U>
  explicit HugePageAllocator(const HugePageAllocator<U>& /*other*/) {}

  T* allocate(size_t count) {
    return static_cast<T*>(AllocateHugePages(count * sizeof(T)));
  }
  void deallocate(T* memory, size_t count) {
    FreeHugePages(memory, count * sizeof(T));
  }
  bool operator==(const HugePageAllocator& /*other*/) const { return true; }
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_HUGE_PAGES_H_
