#include "lsh/bucket_finder.h"

#include <algorithm>
#include <bit>
#include <bitset>

#include "lsh/buckets.h"

namespace wirecopy {

// By majority vote (Boyer and Moore 1981), and a count.
std::optional<uint32_t> BucketFinder::HeavyKey(const EntryList& part) {
  constexpr size_t kLarge = size_t{1} << 17;  // four times a part's usual size
  if (part.size() < kLarge) return std::nullopt;
  uint32_t key = 0;
  size_t votes = 0;
  part.ForEach([&](const KeyedDocument& entry) {
    if (votes == 0) key = entry.key;
    votes += entry.key == key ? 1 : size_t{0} - 1;
  });
  size_t count = 0;
  part.ForEach(
      [&](const KeyedDocument& entry) { count += entry.key == key ? 1 : 0; });
  if (2 * count <= part.size()) return std::nullopt;
  return key;
}

// Most keys are there once. Some bits of each tell most of those for a part of
// the time that looking them up would take (Bloom 1970, with one hash).
template <bool kHasHeavy>
void BucketFinder::KeepRepeated(const EntryList& part, uint32_t heavy) {
  heavy_.clear();
  size_t size = part.size();
  if constexpr (kHasHeavy) {
    part.ForEach([&](const KeyedDocument& entry) {
      if (entry.key == heavy) heavy_.push_back(entry.document);
    });
    size -= heavy_.size();
  }
  constexpr size_t kBitsPerKey = 16;
  seen_.assign(std::bit_ceil(size * kBitsPerKey / 64 + 1), {0, 0});
  const size_t mask = seen_.size() - 1;
  part.ForEach([&](const KeyedDocument& entry) {
    if (kHasHeavy && entry.key == heavy) return;
    Seen& seen = seen_[entry.key / 64 & mask];
    const uint64_t bit = uint64_t{1} << (entry.key % 64);
    seen.twice |= seen.once & bit;
    seen.once |= bit;
  });
  if (kept_.size() < size + 1) kept_.resize(size + 1);
  size_t count = 0;
  // Without a branch, which could not be foretold.
  part.ForEach([&](const KeyedDocument& entry) {
    if (kHasHeavy && entry.key == heavy) return;
    kept_[count] = entry;
    count += seen_[entry.key / 64 & mask].twice >> (entry.key % 64) & 1;
  });
  kept_count_ = count;
}

// The number of the key's group, which grows by one. The top bits chose the
// part; the low ones choose the place. Whether the key is new could not be
// foretold, so it is written where it would be, and then found in any case.
uint32_t BucketFinder::GroupOf(uint32_t key) {
  const size_t place = key & (table_.size() - 1);
  const uint32_t found = table_[place];
  groups_[group_count_] = {key, 0, 0};
  const auto group =
      found == 0 ? static_cast<uint32_t>(group_count_) : found - 1;
  if (groups_[group].key != key) [[unlikely]]
    return GroupBehind(place, key);
  group_count_ += found == 0 ? 1 : 0;
  table_[place] = group + 1;
  ++groups_[group].size;
  return group;
}

// The same where another key has the place.
uint32_t BucketFinder::GroupBehind(size_t place, uint32_t key) {
  const size_t mask = table_.size() - 1;
  while (table_[place] != 0 && groups_[table_[place] - 1].key != key) {
    place = (place + 1) & mask;
  }
  if (table_[place] == 0) {
    table_[place] = static_cast<uint32_t>(++group_count_);
  }
  const uint32_t group = table_[place] - 1;
  ++groups_[group].size;
  return group;
}

void BucketFinder::GroupKept() {
  table_.assign(std::bit_ceil(2 * kept_count_ + 1), 0);
  if (groups_.size() < kept_count_ + 1) {
    groups_.resize(kept_count_ + 1);
    group_of_.resize(kept_count_);
  }
  group_count_ = 0;
  for (size_t i = 0; i < kept_count_; ++i) group_of_[i] = GroupOf(kept_[i].key);
}

// Brings together the documents of each shared group. Those of others all go to
// one place behind them: again whether they are shared could not be foretold.
void BucketFinder::SortKept() {
  size_t shared = 0;
  for (size_t g = 0; g < group_count_; ++g) {
    groups_[g].end = shared;
    shared += groups_[g].size > 1 ? groups_[g].size : 0;
  }
  if (sorted_.size() < shared + 1) sorted_.resize(shared + 1);
  sorted_count_ = shared;
  for (size_t i = 0; i < kept_count_; ++i) {
    Group& group = groups_[group_of_[i]];
    const bool is_shared = group.size > 1;
    sorted_[is_shared ? group.end : shared] = kept_[i].document;
    group.end += is_shared ? 1 : 0;
  }
}

// Has the signatures of documents from `begin` on, which lie all over memory,
// come while those before are compared.
void BucketFinder::ReadAhead(size_t begin) {
  constexpr size_t kAhead = 16;  // documents
  const size_t rows = std::min(begin + 2 * kAhead, sorted_count_);
  for (; rows_ahead_ < rows; ++rows_ahead_) {
    filter_.PrefetchPlace(sorted_[rows_ahead_]);
  }
  const size_t signatures = std::min(begin + kAhead, sorted_count_);
  for (; signatures_ahead_ < signatures; ++signatures_ahead_) {
    filter_.Prefetch(sorted_[signatures_ahead_]);
  }
}

// Of the documents of a group that is no hub, moves those with a possible
// partner to the front and says how many they are.
size_t BucketFinder::Take(std::span<uint32_t> documents) {
  if (documents.size() == 2) {
    return filter_.MayReach(documents[0], documents[1], &rooms_) ? 2 : 0;
  }
  std::bitset<Buckets::kHubSize> has_partner;
  for (size_t i = 0; i < documents.size(); ++i) {
    for (size_t j = i + 1; j < documents.size(); ++j) {
      if (has_partner[i] && has_partner[j]) continue;
      if (!filter_.MayReach(documents[i], documents[j], &rooms_)) continue;
      has_partner[i] = true;
      has_partner[j] = true;
    }
  }
  size_t members = 0;
  for (size_t i = 0; i < documents.size(); ++i) {
    if (has_partner[i]) documents[members++] = documents[i];
  }
  return members;
}

void BucketFinder::TakeHeavy(FoundBuckets* found, EntryBlocks* blocks,
                             std::vector<EntryList>* regions) {
  if (heavy_.empty()) return;
  for (const uint32_t document : heavy_) {
    *(*regions)[document >> Buckets::kRegionBits].Append(1, blocks) = {
        found->count, document};
  }
  found->hubs.push_back(found->count++);
}

void BucketFinder::Find(size_t part, KeyParts* parts, FoundBuckets* found,
                        std::vector<EntryList>* regions) {
  const EntryList& entries = parts->Part(part);
  if (const std::optional<uint32_t> heavy = HeavyKey(entries)) {
    KeepRepeated<true>(entries, *heavy);
  } else {
    KeepRepeated<false>(entries, 0);
  }
  parts->Clear(part);
  TakeHeavy(found, parts->blocks(), regions);
  GroupKept();
  SortKept();
  rows_ahead_ = 0;
  signatures_ahead_ = 0;
  for (size_t g = 0; g < group_count_; ++g) {
    const Group& group = groups_[g];
    if (group.size < 2) continue;
    const size_t begin = group.end - group.size;
    ReadAhead(begin);
    const std::span documents(sorted_.data() + begin, group.size);
    const bool is_hub = group.size > Buckets::kHubSize;
    const size_t count = is_hub ? group.size : Take(documents);
    if (count == 0) continue;
    for (const uint32_t document : documents.first(count)) {
      EntryList& members = (*regions)[document >> Buckets::kRegionBits];
      *members.Append(1, parts->blocks()) = {found->count, document};
    }
    if (is_hub) found->hubs.push_back(found->count);
    ++found->count;
  }
}

}  // namespace wirecopy
