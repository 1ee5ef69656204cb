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
  // Without a filter all members of a bucket stay in it.
  explicit BucketFinder(const SlotFilter* filter) : filter_(filter) {}

  // Adds the buckets that the documents of a part make to `found`, and their
  // members, each with its bucket as key, to the list of their region
  // (Buckets::kRegionBits), for which the part gives up its room.
  void Find(size_t part, KeyParts* parts, FoundBuckets* found,
            std::vector<EntryList>* regions);

 private:
  // A key that more than half of a large part's documents have: a hub that
  // would take the room of all that its keys are grouped in.
  static std::optional<uint32_t> HeavyKey(const EntryList& part);
  template <bool kHasHeavy>
  void KeepRepeated(const EntryList& part, uint32_t heavy);
  void TakeHeavy(FoundBuckets* found, EntryBlocks* blocks,
                 std::vector<EntryList>* regions);
  void SortKept();
  size_t EndOfRun(size_t begin);
  void ReadAhead(size_t begin);
  size_t Take(std::span<KeyedDocument> members);
  void AddBucket(std::span<KeyedDocument> members, FoundBuckets* found,
                 EntryBlocks* blocks, std::vector<EntryList>* regions);

  const SlotFilter* filter_;
  SlotFilter::Rooms rooms_;
  std::vector<uint32_t> heavy_;  // documents with the heavy key
  std::vector<uint8_t> seen_;
  std::vector<KeyedDocument> kept_;
  size_t kept_count_ = 0;
  std::vector<uint32_t> ends_;         // in sorted_, by the keys' lowest bits
  std::vector<KeyedDocument> sorted_;  // what is kept, by these
  size_t rows_ahead_ = 0;              // in sorted_
  size_t signatures_ahead_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_BUCKET_FINDER_H_
