// Tells most chance meetings of a bucket from real candidates, before any
// text is read again.

#ifndef WIRECOPY_LSH_SLOT_FILTER_H_
#define WIRECOPY_LSH_SLOT_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

// Four bits of each slot of each document (b-bit minwise hashing, Li and König
// 2010). Two documents pass where no fewer slots agree than nearly all pairs at
// the threshold have. Safe to read from many threads.
class SlotFilter {
 public:
  // A small part of the pairs that a search with this recall may miss, for the
  // filter to lose.
  static double LossFor(double recall) { return (1 - recall) / 20; }

  // `loss` is the share of pairs at the threshold that may be lost.
  SlotFilter(size_t slots, double threshold, double loss);

  // 64-bit words a document.
  size_t words() const { return (slots_ + kSlotsPerWord - 1) / kSlotsPerWord; }

  // Packs a signature's slots into words() words.
  void Pack(std::span<const uint64_t> slots, uint64_t* packed) const;

  // Adds the next document's packed words.
  void Add(const uint64_t* packed) {
    packed_.insert(packed_.end(), packed, packed + words());
  }
  void Reserve(size_t documents) { packed_.reserve(documents * words()); }

  // Whether documents a and b, numbered as they were added, may reach the
  // threshold.
  bool MayReach(uint32_t a, uint32_t b) const;

  double loss() const { return loss_; }

 private:
  static constexpr size_t kBits = 4;
  static constexpr size_t kSlotsPerWord = 64 / kBits;

  size_t slots_;
  double loss_;
  size_t most_different_;
  std::vector<uint64_t> packed_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_SLOT_FILTER_H_
