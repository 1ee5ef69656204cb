// Large tables that are read and written all over.

#ifndef WIRECOPY_BASE_ZEROED_TABLE_H_
#define WIRECOPY_BASE_ZEROED_TABLE_H_

#include <cstddef>
#include <type_traits>
#include <utility>

#include "base/huge_pages.h"

namespace wirecopy {

// A fixed number of values that are zero at first. Values never touched take no
// memory. Lies on huge pages.
template <typename T>
class ZeroedTable {
  static_assert(std::is_trivial_v<T>);

 public:
  // Throws std::bad_alloc.
  explicit ZeroedTable(size_t size)
      : size_(size),
        values_(static_cast<T*>(AllocateHugePages(size * sizeof(T)))) {}
  ~ZeroedTable() { FreeHugePages(values_, size_ * sizeof(T)); }
  ZeroedTable(ZeroedTable&& other) noexcept
      : size_(std::exchange(other.size_, 0)),
        values_(std::exchange(other.values_, nullptr)) {}
  ZeroedTable& operator=(ZeroedTable&& other) noexcept {
    std::swap(size_, other.size_);
    std::swap(values_, other.values_);
    return *this;
  }

  size_t size() const { return size_; }
  T* data() { return values_; }
  const T* data() const { return values_; }
  T& operator[](size_t i) { return values_[i]; }
  const T& operator[](size_t i) const { return values_[i]; }

 private:
  size_t size_;
  T* values_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_ZEROED_TABLE_H_
