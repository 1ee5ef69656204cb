#include "lsh/bucket_finder.h"

#include <algorithm>
#include <bit>
#include <bitset>
#include <utility>

#include "lsh/buckets.h"

namespace wirecopy {

// By majority vote (Boyer and Moore 1981), and a count.
std::optional<uint32_t> BucketFinder::HeavyKey(const EntryList& part) {
  constexpr size_t kLarge = size_t{1} << 16;  // four times a part's usual size
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

// Most keys are there once. A count of those with some bits in common tells
// most of them for a part of the time that looking them up would take (Bloom
// 1970, with one hash).
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
  constexpr size_t kCountsPerKey = 8;
  // A part of so many keys that are hashes repeats them.
  constexpr size_t kMostCounts = size_t{1} << 22;
  seen_.assign(std::min(std::bit_ceil(size * kCountsPerKey + 1), kMostCounts),
               0);
  const size_t mask = seen_.size() - 1;
  uint8_t* const seen = seen_.data();  // what is written may not be any member
  part.ForEach([=](const KeyedDocument& entry) {
    if (kHasHeavy && entry.key == heavy) return;
    uint8_t& count = seen[entry.key & mask];
    count = static_cast<uint8_t>(2 * count + 1);  // as many ones as keys
  });
  if (kept_.size() < size + 1) kept_.resize(size + 1);
  KeyedDocument* end = kept_.data();
  // Without a branch, which could not be foretold.
  part.ForEach([=, &end](const KeyedDocument& entry) {
    if (kHasHeavy && entry.key == heavy) return;
    *end = entry;
    end += seen[entry.key & mask] >> 1 & 1;
  });
  kept_count_ = static_cast<size_t>(end - kept_.data());
}

// By the lowest bits of their keys, which bring nearly all equal keys together
// and few others between them: the top bits chose the part.
void BucketFinder::SortKept() {
  ends_.assign(std::bit_ceil(2 * kept_count_ + 1), 0);
  const size_t mask = ends_.size() - 1;
  const std::span kept(kept_.data(), kept_count_);
  for (const KeyedDocument& entry : kept) ++ends_[entry.key & mask];
  uint32_t begin = 0;
  for (uint32_t& end : ends_) begin += std::exchange(end, begin);
  if (sorted_.size() < kept_count_) sorted_.resize(kept_count_);
  for (const KeyedDocument& entry : kept) {
    sorted_[ends_[entry.key & mask]++] = entry;
  }
}

// Where those end whose keys have the lowest bits of the one at `begin`; brings
// together equal ones of them.
size_t BucketFinder::EndOfRun(size_t begin) {
  const size_t mask = ends_.size() - 1;
  const uint32_t key = sorted_[begin].key;
  uint32_t different = 0;
  size_t end = begin + 1;
  for (; end < kept_count_ && ((sorted_[end].key ^ key) & mask) == 0; ++end) {
    different |= sorted_[end].key ^ key;
  }
  if (different != 0) {
    std::sort(&sorted_[begin], sorted_.data() + end,
              [](const KeyedDocument& x, const KeyedDocument& y) {
                return x.key != y.key ? x.key < y.key : x.document < y.document;
              });
  }
  return end;
}

// Has the signatures of documents from `begin` on, which lie all over memory,
// come while those before are compared.
void BucketFinder::ReadAhead(size_t begin) {
  constexpr size_t kAhead = 16;  // documents
  const size_t rows = std::min(begin + 2 * kAhead, kept_count_);
  for (; rows_ahead_ < rows; ++rows_ahead_) {
    filter_->PrefetchPlace(sorted_[rows_ahead_].document);
  }
  const size_t signatures = std::min(begin + kAhead, kept_count_);
  for (; signatures_ahead_ < signatures; ++signatures_ahead_) {
    filter_->Prefetch(sorted_[signatures_ahead_].document);
  }
}

// Of the members of a bucket that is no hub, moves those with a possible
// partner to the front and says how many they are.
size_t BucketFinder::Take(std::span<KeyedDocument> members) {
  const auto may_reach = [&](size_t i, size_t j) {
    return filter_->MayReach(members[i].document, members[j].document, &rooms_);
  };
  if (members.size() == 2) return may_reach(0, 1) ? 2 : 0;
  std::bitset<Buckets::kHubSize> has_partner;
  for (size_t i = 0; i < members.size(); ++i) {
    for (size_t j = i + 1; j < members.size(); ++j) {
      if (has_partner[i] && has_partner[j]) continue;
      if (!may_reach(i, j)) continue;
      has_partner[i] = true;
      has_partner[j] = true;
    }
  }
  size_t count = 0;
  for (size_t i = 0; i < members.size(); ++i) {
    if (has_partner[i]) members[count++] = members[i];
  }
  return count;
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

void BucketFinder::AddBucket(std::span<KeyedDocument> members,
                             FoundBuckets* found, EntryBlocks* blocks,
                             std::vector<EntryList>* regions) {
  const bool is_hub = members.size() > Buckets::kHubSize;
  const bool takes_all = is_hub || filter_ == nullptr;
  const size_t count = takes_all ? members.size() : Take(members);
  if (count == 0) return;
  for (const KeyedDocument& member : members.first(count)) {
    EntryList& region = (*regions)[member.document >> Buckets::kRegionBits];
    *region.Append(1, blocks) = {found->count, member.document};
  }
  if (is_hub) found->hubs.push_back(found->count);
  ++found->count;
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
  SortKept();
  rows_ahead_ = 0;
  signatures_ahead_ = 0;
  for (size_t begin = 0; begin < kept_count_;) {
    const size_t end_of_run = EndOfRun(begin);
    while (begin < end_of_run) {
      const size_t first = begin++;
      while (begin < end_of_run && sorted_[begin].key == sorted_[first].key) {
        ++begin;
      }
      if (begin - first < 2) continue;
      if (filter_ != nullptr) ReadAhead(first);
      AddBucket({&sorted_[first], begin - first}, found, parts->blocks(),
                regions);
    }
  }
}

}  // namespace wirecopy
