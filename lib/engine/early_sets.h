// Sets of texts that look like one before them, kept from when they are read
// until they are compared, so that they need not be read again.

#ifndef WIRECOPY_ENGINE_EARLY_SETS_H_
#define WIRECOPY_ENGINE_EARLY_SETS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "cluster/shingle_sets.h"
#include "lsh/early_meetings.h"
#include "lsh/slot_packing.h"

namespace wirecopy {

// Says of which texts, but short ones, to keep them, as far as there is room.
// Safe to use from many threads.
class EarlyChoice {
 public:
  // Of about `expected_bytes` of text; the sets take about `most_bytes` at
  // most.
  EarlyChoice(const SlotPacking& packing, uint64_t expected_bytes,
              size_t most_bytes);

  // Whether to keep the set of a text of so many shingles, by its packed
  // signature and a hash of all of them. To be told of every text.
  bool Chooses(const uint64_t* packed, const Hash128Value& fingerprint,
               size_t shingles);

 private:
  EarlyMeetings meetings_;
  std::atomic<int64_t> room_;  // bytes
};

// Those of one block.
class EarlySets {
 public:
  // Of the block's index-th text; indices rise.
  void Add(size_t index, std::span<const uint64_t> set);
  // Null where it was not added.
  ShingleSet Take(size_t index);
  void Clear() { entries_.clear(); }

 private:
  struct Entry {
    size_t index;
    ShingleSet set;
  };
  std::vector<Entry> entries_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_EARLY_SETS_H_
