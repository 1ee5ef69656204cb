#include "cluster/walk_batches.h"

#include "cluster/union_find.h"
#include "lsh/band_candidates.h"

namespace wirecopy {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

// By place in the walk.
UnionFind Connect(const Buckets& buckets, std::span<const uint32_t> walk) {
  UnionFind sets(walk.size());
  std::vector<uint32_t> first_of(buckets.count(), kNone);
  uint32_t first_in_hub = kNone;
  const auto join = [&sets](uint32_t place, uint32_t* first) {
    if (*first == kNone) *first = place;
    sets.Union(*first, place);
  };
  for (uint32_t place = 0; place < walk.size(); ++place) {
    for (const uint32_t bucket : buckets.Of(walk[place])) {
      join(place, buckets.IsHub(bucket) ? &first_in_hub : &first_of[bucket]);
    }
  }
  return sets;
}

}  // namespace

std::vector<WalkBatch> MakeWalkBatches(const Buckets& buckets,
                                       std::span<const uint32_t> walk,
                                       std::span<const uint32_t> costs,
                                       uint64_t target) {
  UnionFind sets = Connect(buckets, walk);
  std::vector<uint64_t> cost_of(walk.size());  // by set
  for (uint32_t place = 0; place < walk.size(); ++place) {
    cost_of[sets.Find(place)] += costs[walk[place]];
  }
  std::vector<WalkBatch> batches;
  std::vector<uint32_t> batch_of(walk.size(), kNone);  // by set
  for (uint32_t place = 0; place < walk.size(); ++place) {
    const uint32_t set = sets.Find(place);
    if (batch_of[set] == kNone) {
      if (batches.empty() || batches.back().cost >= target) {
        batches.emplace_back();
      }
      batch_of[set] = static_cast<uint32_t>(batches.size() - 1);
      batches.back().cost += cost_of[set];
    }
    WalkBatch& batch = batches[batch_of[set]];
    batch.documents.push_back(walk[place]);
    if (IsInHub(buckets, walk[place])) batch.has_hubs = true;
  }
  return batches;
}

}  // namespace wirecopy
