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
  const size_t bytes = BytesOf(set);
  if (!where_.contains(document)) {
    bytes_ += bytes;
    entries_.emplace_front(document, std::move(set));
    where_[document] = entries_.begin();
    Forget();
  }
  // What is there already may be put to be filed, which takes memory too.
  if (!IsWatched()) return;
  put_since_ += bytes;
  if (put_since_ < watch_.step) return;
  put_since_ = 0;
  LookAtMemory();
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
  if (has_failed_ || !watch_.is_short(is_full_)) return;
  if (max_bytes_ / 2 >= (is_full_ ? watch_.least : watch_.least_to_file)) {
    max_bytes_ /= 2;
    Forget();
    ReturnFreedMemory();
  } else if (!is_full_) {
    is_full_ = true;
  } else if (!watch_.is_kept()) {
    Fail();
  }
}

void SetCache::MakeRoom() {
  is_full_ = false;
  max_bytes_ = most_bytes_;
  ReturnFreedMemory();
}

void SetCache::Fail() {
  has_failed_ = true;
  watch_.fail();
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

void ForEachSetInRounds(std::span<const uint32_t> documents, SetCache* cache,
                        const VisitAndFile& visit,
                        const std::function<void()>& forget) {
  const size_t least = documents.size() / kMostRounds + 1;
  const auto begin_anew = [&] {
    forget();
    cache->MakeRoom();
  };
  // Of a walk before, which needs it no more.
  if (cache->IsFull()) begin_anew();
  while (!documents.empty()) {
    size_t filed = 0;
    bool is_filed = true;
    ForEachSet(documents, cache, [&](uint32_t d, const ShingleSet& set) {
      if (cache->HasFailed()) return;
      is_filed = is_filed && !cache->IsFull();
      filed += is_filed ? 1 : 0;
      visit(d, set, is_filed);
    });
    if (cache->HasFailed()) return;
    documents = documents.subspan(filed);
    if (documents.empty()) return;
    if (filed < least) return cache->Fail();
    begin_anew();
  }
}

}  // namespace wirecopy
