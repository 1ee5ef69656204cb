#include "cluster/shingle_sets.h"

#include <algorithm>
#include <utility>

#include "base/freed_memory.h"
#include "base/ordered_work.h"

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
  loader_.Announce(1);
  ShingleSet set = loader_.Load(0, document);
  Put(document, set);
  return set;
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
  Forget();
  constexpr uint64_t kStep = 256;
  if (watch_.is_short != nullptr && ++puts_ % kStep == 0) LookAtMemory();
}

// What was used longest ago, until the rest keeps to the bound.
void SetCache::Forget() {
  while (bytes_ > max_bytes_ && entries_.size() > 1) {
    bytes_ -= BytesOf(entries_.back().second);
    where_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

void SetCache::LookAtMemory() {
  if (has_given_up_ || !watch_.is_short()) return;
  if (max_bytes_ / 2 < watch_.least) {
    has_given_up_ = watch_.give_up();
    return;
  }
  max_bytes_ /= 2;
  Forget();
  ReturnFreedMemory();
}

void ForEachSet(std::span<const uint32_t> documents, SetCache* cache,
                const std::function<void(uint32_t, const ShingleSet&)>& visit) {
  OrderedWorkBounds bounds;
  bounds.cost = cache->HashesAhead();
  SetLoader& loader = cache->loader();
  loader.Announce(static_cast<size_t>(std::count_if(
      documents.begin(), documents.end(),
      [cache](uint32_t d) { return cache->Find(d) == nullptr; })));
  std::vector<ShingleSet> ahead(bounds.pieces);
  const auto place = [&ahead](size_t i) -> ShingleSet& {
    return ahead[i % ahead.size()];
  };
  OrderedWork work;
  work.begin = [&](size_t i, size_t* cost) {
    place(i) = cache->Find(documents[i]);
    *cost += loader.SizeBound(documents[i]);
    return place(i) == nullptr;
  };
  work.make = [&](int worker, size_t i) {
    place(i) = loader.Load(worker, documents[i]);
  };
  work.take = [&](size_t i) {
    visit(documents[i], place(i));
    place(i) = nullptr;
  };
  DoInOrder(loader.workers(), documents.size(), bounds, work);
}

}  // namespace wirecopy
