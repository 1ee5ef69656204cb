#include "cluster/shingle_sets.h"

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

void ForEachSet(std::span<const uint32_t> documents, SetLoader* loader,
                const std::function<void(uint32_t, const ShingleSet&)>& visit) {
  constexpr size_t kBatchDocuments = 1024;
  constexpr size_t kBatchShingles = size_t{4} << 20;  // 32 MiB of hashes
  std::vector<ShingleSet> sets;
  size_t begin = 0;
  loader->Announce(documents.size());
  while (begin < documents.size()) {
    size_t end = begin;
    size_t shingles = 0;
    while (end < documents.size() && end - begin < kBatchDocuments &&
           (end == begin || shingles < kBatchShingles)) {
      shingles += loader->SizeBound(documents[end++]);
    }
    loader->Load(documents.subspan(begin, end - begin), &sets);
    for (size_t i = begin; i < end; ++i) {
      visit(documents[i], sets[i - begin]);
      sets[i - begin].reset();
    }
    begin = end;
  }
}

}  // namespace wirecopy
