#include "index/recent_sets.h"

#include <utility>

namespace wirecopy {

RecentSets::RecentSets(size_t max_bytes) {
  for (Shard& shard : shards_) shard.sets.SetMaxBytes(max_bytes / kShards);
}

ShingleSet RecentSets::Find(uint32_t document) {
  Shard& shard = ShardOf(document);
  const std::lock_guard<std::mutex> lock(shard.mutex);
  const ShingleSet* const set = shard.sets.Use(document);
  return set == nullptr ? nullptr : *set;
}

void RecentSets::Keep(uint32_t document, ShingleSet set) {
  constexpr size_t kLeastSets = 4;  // that a shard has room for
  const size_t bytes = BytesOf(set);
  Shard& shard = ShardOf(document);
  const std::lock_guard<std::mutex> lock(shard.mutex);
  if (bytes > shard.sets.max_bytes() / kLeastSets) return;
  if (shard.sets.Find(document) != nullptr) return;
  shard.sets.Add(document, std::move(set), bytes);
}

}  // namespace wirecopy
