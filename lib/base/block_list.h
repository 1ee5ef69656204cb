// A list that grows without moving what it has.

#ifndef WIRECOPY_BASE_BLOCK_LIST_H_
#define WIRECOPY_BASE_BLOCK_LIST_H_

#include <cstddef>
#include <memory>
#include <vector>

namespace wirecopy {

// Grows by blocks of 2^bits elements, so that nothing is held twice meanwhile:
// for what may become most of a bounded memory. Not thread-safe.
template <typename T, unsigned bits = 14>
class BlockList {
 public:
  T& operator[](size_t i) { return blocks_[i >> bits][i & kMask]; }
  const T& operator[](size_t i) const { return blocks_[i >> bits][i & kMask]; }

  size_t size() const { return size_; }

  void push_back(const T& value) {
    // Not touched before it is used.
    if ((size_ & kMask) == 0) blocks_.emplace_back(new T[kMask + 1]);
    (*this)[size_++] = value;
  }

 private:
  static constexpr size_t kMask = (size_t{1} << bits) - 1;

  std::vector<std::unique_ptr<T[]>> blocks_;
  size_t size_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_BLOCK_LIST_H_
