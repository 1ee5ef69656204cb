// Shingle sets at hand of documents that others are compared with.

#ifndef WIRECOPY_INDEX_RECENT_SETS_H_
#define WIRECOPY_INDEX_RECENT_SETS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "base/recently_used.h"
#include "cluster/shingle_sets.h"

namespace wirecopy {

// Of an index's documents by their numbers, none of which ever comes to mean
// another text: nothing here can be out of date. Thread-safe.
class RecentSets {
 public:
  // Takes no more bytes than these.
  explicit RecentSets(size_t max_bytes);

  // Null where it is not here.
  ShingleSet Find(uint32_t document);
  // Lets those go that nobody has asked for the longest. A set that would have
  // most of the room for itself is not kept.
  void Keep(uint32_t document, ShingleSet set);

 private:
  struct Shard {
    std::mutex mutex;
    RecentlyUsed<ShingleSet> sets{0};
  };
  // Threads seldom wait for each other.
  static constexpr size_t kShards = 16;

  Shard& ShardOf(uint32_t document) { return shards_[document % kShards]; }

  std::array<Shard, kShards> shards_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_RECENT_SETS_H_
