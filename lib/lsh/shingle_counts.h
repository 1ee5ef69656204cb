// How many documents have a shingle, roughly.

#ifndef WIRECOPY_LSH_SHINGLE_COUNTS_H_
#define WIRECOPY_LSH_SHINGLE_COUNTS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/zeroed_table.h"

namespace wirecopy {

// Counters that shingles share where their hashes fall together: never too
// low. A prefix filter is right with any counts and fast with good ones, and a
// count of one is no guess: nobody else has that shingle. Add is thread-safe;
// sums do not depend on the order.
class ShingleCounts {
 public:
  // `expected` is about how many shingles will be added.
  explicit ShingleCounts(size_t expected)
      : bits_(BitsFor(expected)), counters_(size_t{1} << bits_) {}

  // What counters for so many take.
  static size_t BytesFor(size_t expected) {
    return sizeof(uint32_t) << BitsFor(expected);
  }

  // Adds one document's set.
  void Add(std::span<const uint64_t> set) {
    for (const uint64_t h : set) {
      std::atomic_ref<uint32_t>(counters_[Place(h)])
          .fetch_add(1, std::memory_order_relaxed);
    }
  }

  // The same while no other thread adds, several times faster.
  void AddAlone(std::span<const uint64_t> set) {
    for (const uint64_t h : set) ++counters_[Place(h)];
  }

  // Counters one by one, for whoever adds up what others have counted in as
  // many.
  size_t size() const { return size_t{1} << bits_; }
  uint32_t At(size_t place) const { return counters_[place]; }
  void AddAt(size_t place, uint32_t count) { counters_[place] += count; }

  // While no thread adds.
  uint32_t Count(uint64_t shingle) const { return counters_[Place(shingle)]; }

 private:
  static constexpr unsigned kMinBits = 10;
  static constexpr unsigned kMaxBits = 26;  // 256 MiB

  static unsigned BitsFor(size_t expected) {
    unsigned bits = kMinBits;
    while (bits < kMaxBits && (size_t{1} << bits) < expected) ++bits;
    return bits;
  }

  size_t Place(uint64_t shingle) const { return shingle >> (64 - bits_); }

  const unsigned bits_;
  ZeroedTable<uint32_t> counters_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_SHINGLE_COUNTS_H_
