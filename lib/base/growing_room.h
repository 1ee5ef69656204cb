// A vector for a great many small things, of which nobody knows how many there
// will be.

#ifndef WIRECOPY_BASE_GROWING_ROOM_H_
#define WIRECOPY_BASE_GROWING_ROOM_H_

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace wirecopy {

// Grows where it lies if the system can: a large one's pages move, not what is
// on them, and room that it has to spare takes no memory. Not thread-safe.
template <typename T>
class GrowingRoom {
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert(alignof(T) <= alignof(std::max_align_t));

 public:
  GrowingRoom() = default;
  // Leaves the elements as the memory is. Throws std::bad_alloc, as do all that
  // make it larger.
  explicit GrowingRoom(size_t size) { Resize(size); }
  GrowingRoom(const GrowingRoom& other) { Append(other); }
  GrowingRoom(GrowingRoom&& other) noexcept { Swap(&other); }
  GrowingRoom& operator=(GrowingRoom other) noexcept {
    Swap(&other);
    return *this;
  }
  ~GrowingRoom() = default;

  size_t size() const { return size_; }
  T* data() { return values_.get(); }
  const T* data() const { return values_.get(); }
  T& operator[](size_t i) { return values_.get()[i]; }
  const T& operator[](size_t i) const { return values_.get()[i]; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }

  // None of `values` may be its own. Linear in these, on average.
  void Append(std::span<const T> values) {
    const size_t before = size_;
    Resize(size_ + values.size());
    std::copy(values.begin(), values.end(), data() + before);
  }

 private:
  struct Free {
    void operator()(T* values) const { std::free(values); }
  };

  void Resize(size_t size) {
    if (size > capacity_) {
      const size_t capacity = std::max(size, 2 * capacity_);
      if (capacity > static_cast<size_t>(-1) / sizeof(T)) {
        throw std::bad_alloc();
      }
      void* const grown = std::realloc(values_.get(), capacity * sizeof(T));
      if (grown == nullptr) throw std::bad_alloc();
      static_cast<void>(values_.release());  // realloc has freed it
      values_.reset(static_cast<T*>(grown));
      capacity_ = capacity;
    }
    size_ = size;
  }
  void Swap(GrowingRoom* other) {
    std::swap(size_, other->size_);
    std::swap(capacity_, other->capacity_);
    std::swap(values_, other->values_);
  }

  size_t size_ = 0;
  size_t capacity_ = 0;
  std::unique_ptr<T, Free> values_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_GROWING_ROOM_H_
