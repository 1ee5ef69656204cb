#include "cluster/shingle_sets.h"

#include <algorithm>
#include <utility>

namespace wirecopy {
namespace {

size_t BytesOf(const ShingleSet& set) {
  constexpr size_t kOverhead = 128;  // of the entry, its list and its table
  return set->size() * sizeof(uint64_t) + kOverhead;
}

}  // namespace

ShingleSet SetCache::Get(uint32_t document) {
  const auto found = where_.find(document);
  if (found != where_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->second;
  }
  std::vector<ShingleSet> sets;
  loader_.Announce(1);
  loader_.Load({&document, 1}, &sets);
  Put(document, sets[0]);
  return sets[0];
}

ShingleSet SetCache::Find(uint32_t document) const {
  const auto found = where_.find(document);
  return found == where_.end() ? nullptr : found->second->second;
}

void SetCache::Put(uint32_t document, ShingleSet set) {
  if (where_.contains(document)) return;
  bytes_ += BytesOf(set);
  entries_.emplace_front(document, std::move(set));
  where_[document] = entries_.begin();
  while (bytes_ > max_bytes_ && entries_.size() > 1) {
    bytes_ -= BytesOf(entries_.back().second);
    where_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

void ForEachSet(std::span<const uint32_t> documents, SetCache* cache,
                const std::function<void(uint32_t, const ShingleSet&)>& visit) {
  constexpr size_t kBatchDocuments = 1024;
  constexpr size_t kBatchShingles = size_t{4} << 20;  // 32 MiB of hashes
  SetLoader& loader = cache->loader();
  std::vector<ShingleSet> batch;
  std::vector<uint32_t> missing;
  std::vector<ShingleSet> loaded;
  loader.Announce(static_cast<size_t>(std::count_if(
      documents.begin(), documents.end(),
      [cache](uint32_t d) { return cache->Find(d) == nullptr; })));
  size_t begin = 0;
  while (begin < documents.size()) {
    size_t end = begin;
    size_t shingles = 0;
    batch.clear();
    missing.clear();
    while (end < documents.size() && end - begin < kBatchDocuments &&
           (end == begin || shingles < kBatchShingles)) {
      const uint32_t document = documents[end++];
      batch.push_back(cache->Find(document));
      if (batch.back() == nullptr) missing.push_back(document);
      shingles += loader.SizeBound(document);
    }
    if (!missing.empty()) loader.Load(missing, &loaded);
    auto next = loaded.begin();
    for (size_t i = begin; i < end; ++i) {
      ShingleSet set = std::move(batch[i - begin]);
      if (set == nullptr) set = std::move(*next++);
      visit(documents[i], set);
    }
    begin = end;
  }
}

}  // namespace wirecopy
