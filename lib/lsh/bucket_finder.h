// The shared buckets of a band, from its keys one part after another.

#ifndef WIRECOPY_LSH_BUCKET_FINDER_H_
#define WIRECOPY_LSH_BUCKET_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "lsh/entry_list.h"
#include "lsh/found_buckets.h"
#include "lsh/key_parts.h"
#include "lsh/slot_filter.h"

namespace wirecopy {

// Reuses its memory.
class BucketFinder {
 public:
  explicit BucketFinder(const SlotFilter& filter) : filter_(filter) {}

  // Adds the buckets that the documents of a part make to `found`, and their
  // members, each with its bucket as key, to the list of their region
  // (Buckets::kRegionBits), for which the part gives up its room.
  void Find(size_t part, KeyParts* parts, FoundBuckets* found,
            std::vector<EntryList>* regions);

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

  // A key that more than half of a large part's documents have: a hub that
  // would take the room of all that its keys are grouped in.
  static std::optional<uint32_t> HeavyKey(const EntryList& part);
  template <bool kHasHeavy>
  void KeepRepeated(const EntryList& part, uint32_t heavy);
  void TakeHeavy(FoundBuckets* found, EntryBlocks* blocks,
                 std::vector<EntryList>* regions);
  void GroupKept();
  uint32_t GroupOf(uint32_t key);
  uint32_t GroupBehind(size_t place, uint32_t key);
  void SortKept();
  void ReadAhead(size_t begin);
  size_t Take(std::span<uint32_t> documents);

  const SlotFilter& filter_;
  SlotFilter::Rooms rooms_;
  std::vector<uint32_t> heavy_;  // documents with the heavy key
  std::vector<Seen> seen_;
  std::vector<KeyedDocument> kept_;
  size_t kept_count_ = 0;
  std::vector<uint32_t> table_;  // group number + 1, or 0
  std::vector<Group> groups_;    // and room for one more
  size_t group_count_ = 0;
  std::vector<uint32_t> group_of_;  // by place in kept_
  std::vector<uint32_t> sorted_;    // documents of shared groups, by group
  size_t sorted_count_ = 0;
  size_t rows_ahead_ = 0;  // in sorted_
  size_t signatures_ahead_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_BUCKET_FINDER_H_
