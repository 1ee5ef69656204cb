// Vectors that are made large at once and filled by many threads, or over and
// over by kernels.

#ifndef WIRECOPY_BASE_ROOM_H_
#define WIRECOPY_BASE_ROOM_H_

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/huge_pages.h"

namespace wirecopy {

// Leaves elements that are made without a value as the memory is: who fills
// them touches it first, on a thread of its own, and once.
template <typename T, template <typename> typename Memory>
struct RoomAllocator : Memory<T> {
  static_assert(std::is_trivially_copyable_v<T>);
  template <typename U>
  struct rebind {  // NOLINT(readability-identifier-naming): the standard's
    using other = RoomAllocator<U, Memory>;
  };
  template <typename U>
  void construct(U* /*element*/) {}
  template <typename U, typename... Args>
  void construct(U* element, Args&&... args) {
    std::construct_at(element, std::forward<Args>(args)...);
  }
};

// Of Room<T> room(n), each element is to be written before it is read.
template <typename T>
using Room = std::vector<T, RoomAllocator<T, std::allocator>>;

// The same on huge pages, for what is looked at all over.
template <typename T>
using HugeRoom = std::vector<T, RoomAllocator<T, HugePageAllocator>>;

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_ROOM_H_
