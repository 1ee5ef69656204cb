// How many documents have a shingle, roughly.

#ifndef WIRECOPY_LSH_SHINGLE_COUNTS_H_
#define WIRECOPY_LSH_SHINGLE_COUNTS_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

// Counters that shingles share where their hashes fall together: never too
// low. A prefix filter is right with any counts and fast with good ones, and a
// count of one is no guess: nobody else has that shingle. Add is thread-safe;
// sums do not depend on the order.
class ShingleCounts {
 public:
  // `expected` is about how many shingles will be added.
  explicit ShingleCounts(size_t expected) {
    unsigned bits = kMinBits;
    while (bits < kMaxBits && (size_t{1} << bits) < expected) ++bits;
    shift_ = 64 - bits;
    counters_ = std::vector<std::atomic<uint32_t>>(size_t{1} << bits);
  }

  // Adds one document's set.
  void Add(std::span<const uint64_t> set) {
    for (const uint64_t h : set) {
      counters_[h >> shift_].fetch_add(1, std::memory_order_relaxed);
    }
  }

  uint32_t Count(uint64_t shingle) const {
    return counters_[shingle >> shift_].load(std::memory_order_relaxed);
  }

 private:
  static constexpr unsigned kMinBits = 10;
  static constexpr unsigned kMaxBits = 26;  // 256 MiB

  unsigned shift_ = 0;
  std::vector<std::atomic<uint32_t>> counters_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_SHINGLE_COUNTS_H_
