#include "lsh/bucket_finder.h"

#include <algorithm>
#include <bit>
#include <bitset>

#include "lsh/buckets.h"

namespace wirecopy {

// Most keys are there once. Some bits of each tell most of those for a part of
// the time that looking them up would take (Bloom 1970, with one hash).
void BucketFinder::KeepRepeated(std::span<const KeyedDocument> part) {
  constexpr size_t kBitsPerKey = 16;
  seen_.assign(std::bit_ceil(part.size() * kBitsPerKey / 64 + 1), {0, 0});
  const size_t mask = seen_.size() - 1;
  for (const KeyedDocument& entry : part) {
    Seen& seen = seen_[entry.key / 64 & mask];
    const uint64_t bit = uint64_t{1} << (entry.key % 64);
    seen.twice |= seen.once & bit;
    seen.once |= bit;
  }
  if (kept_.size() < part.size()) kept_.resize(part.size());
  kept_count_ = 0;
  // Without a branch, which could not be foretold.
  for (const KeyedDocument& entry : part) {
    kept_[kept_count_] = entry;
    kept_count_ += seen_[entry.key / 64 & mask].twice >> (entry.key % 64) & 1;
  }
}

// The number of the key's group, which grows by one. The top bits chose the
// part; the low ones choose the place.
uint32_t BucketFinder::GroupOf(uint32_t key) {
  const size_t mask = table_.size() - 1;
  size_t i = key & mask;
  for (; table_[i] != 0; i = (i + 1) & mask) {
    Group& group = groups_[table_[i] - 1];
    if (group.key != key) continue;
    ++group.size;
    return table_[i] - 1;
  }
  groups_.push_back({key, 1, 0});
  table_[i] = static_cast<uint32_t>(groups_.size());
  return table_[i] - 1;
}

void BucketFinder::GroupKept() {
  table_.assign(std::bit_ceil(2 * kept_count_ + 1), 0);
  groups_.clear();
  group_of_.resize(kept_count_);
  for (size_t i = 0; i < kept_count_; ++i) group_of_[i] = GroupOf(kept_[i].key);
  size_t shared = 0;
  for (Group& group : groups_) {
    group.end = shared;
    if (group.size > 1) shared += group.size;
  }
  sorted_.resize(shared);
  for (size_t i = 0; i < kept_count_; ++i) {
    Group& group = groups_[group_of_[i]];
    if (group.size > 1) sorted_[group.end++] = kept_[i].document;
  }
}

// Has the signatures of documents from `begin` on, which lie all over memory,
// come while those before are compared.
void BucketFinder::ReadAhead(size_t begin) {
  constexpr size_t kAhead = 16;  // documents
  const size_t rows = std::min(begin + 2 * kAhead, sorted_.size());
  for (; rows_ahead_ < rows; ++rows_ahead_) {
    filter_.PrefetchPlace(sorted_[rows_ahead_]);
  }
  const size_t signatures = std::min(begin + kAhead, sorted_.size());
  for (; signatures_ahead_ < signatures; ++signatures_ahead_) {
    filter_.Prefetch(sorted_[signatures_ahead_]);
  }
}

// Adds a bucket of these documents, or of those with a possible partner, and
// says how many they are.
size_t BucketFinder::Take(std::span<const uint32_t> documents,
                          FoundBuckets* found, KeyedDocument* out) {
  const bool is_hub = documents.size() > Buckets::kHubSize;
  std::bitset<Buckets::kHubSize> has_partner;
  for (size_t i = 0; !is_hub && i < documents.size(); ++i) {
    for (size_t j = i + 1; j < documents.size(); ++j) {
      if (has_partner[i] && has_partner[j]) continue;
      if (!filter_.MayReach(documents[i], documents[j], &rooms_)) continue;
      has_partner[i] = true;
      has_partner[j] = true;
    }
  }
  size_t members = 0;
  for (size_t i = 0; i < documents.size(); ++i) {
    if (is_hub || has_partner[i]) out[members++] = {found->count, documents[i]};
  }
  if (is_hub) found->hubs.push_back(found->count);
  if (members > 0) ++found->count;
  return members;
}

size_t BucketFinder::Find(std::span<KeyedDocument> part, FoundBuckets* found) {
  KeepRepeated(part);
  GroupKept();
  rows_ahead_ = 0;
  signatures_ahead_ = 0;
  size_t members = 0;
  for (const Group& group : groups_) {
    if (group.size < 2) continue;
    const size_t begin = group.end - group.size;
    ReadAhead(begin);
    members += Take({sorted_.data() + begin, group.size}, found,
                    part.data() + members);
  }
  return members;
}

}  // namespace wirecopy
