// The shared buckets of a band, from its keys one part after another.

#ifndef WIRECOPY_LSH_BUCKET_FINDER_H_
#define WIRECOPY_LSH_BUCKET_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lsh/found_buckets.h"
#include "lsh/key_parts.h"
#include "lsh/slot_filter.h"

namespace wirecopy {

// Reuses its memory.
class BucketFinder {
 public:
  explicit BucketFinder(const SlotFilter& filter) : filter_(filter) {}

  // Adds the buckets that the documents of a part make to `found`. Writes their
  // members over the part's beginning, each with its bucket as key, and says
  // how many they are.
  size_t Find(std::span<KeyedDocument> part, FoundBuckets* found);

 private:
  // For keys that have some of their bits in common: which were there, and
  // which more than once.
  struct Seen {
    uint64_t once;
    uint64_t twice;
  };
  // A key and how many documents have it.
  struct Group {
    uint32_t key;
    uint32_t size;
    size_t end;  // in sorted_, once that is filled
  };

  void KeepRepeated(std::span<const KeyedDocument> part);
  void GroupKept();
  uint32_t GroupOf(uint32_t key);
  void ReadAhead(size_t begin);
  size_t Take(std::span<const uint32_t> documents, FoundBuckets* found,
              KeyedDocument* out);

  const SlotFilter& filter_;
  SlotFilter::Rooms rooms_;
  std::vector<Seen> seen_;
  std::vector<KeyedDocument> kept_;
  size_t kept_count_ = 0;
  std::vector<uint32_t> table_;  // group number + 1, or 0
  std::vector<Group> groups_;
  std::vector<uint32_t> group_of_;  // by place in kept_
  std::vector<uint32_t> sorted_;    // documents of shared groups, by group
  size_t rows_ahead_ = 0;           // in sorted_
  size_t signatures_ahead_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_BUCKET_FINDER_H_
