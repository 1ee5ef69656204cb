#include "cluster/shingle_sets.h"

#include <algorithm>
#include <utility>

#include "base/freed_memory.h"
#include "base/ordered_work.h"

namespace wirecopy {

ShingleSet SetCache::Get(uint32_t document) {
  if (const ShingleSet* const set = sets_.Use(document)) return *set;
  loader_.Announce(1);
  ShingleSet set = loader_.Load(0, document);
  Put(document, set);
  return set;
}

void SetCache::Put(uint32_t document, ShingleSet set) {
  const size_t bytes = BytesOf(set);
  if (sets_.Find(document) == nullptr) {
    sets_.Add(document, std::move(set), bytes);
  }
  // What is there already may be put to be filed, which takes memory too.
  if (!IsWatched()) return;
  put_since_ += bytes;
  if (put_since_ < watch_.step) return;
  put_since_ = 0;
  LookAtMemory();
}

void SetCache::LookAtMemory() {
  if (has_failed_ || !watch_.is_short(is_full_)) return;
  const size_t half = sets_.max_bytes() / 2;
  if (half >= (is_full_ ? watch_.least : watch_.least_to_file)) {
    sets_.SetMaxBytes(half);
    ReturnFreedMemory();
  } else if (!is_full_) {
    is_full_ = true;
  } else if (!watch_.is_kept()) {
    Fail();
  }
}

void SetCache::MakeRoom() {
  is_full_ = false;
  sets_.SetMaxBytes(most_bytes_);
  ReturnFreedMemory();
}

void SetCache::Fail() {
  has_failed_ = true;
  watch_.fail();
}

void AnnounceMissing(std::span<const uint32_t> documents, SetCache* cache) {
  cache->loader().Announce(static_cast<size_t>(std::count_if(
      documents.begin(), documents.end(),
      [cache](uint32_t d) { return cache->Find(d) == nullptr; })));
}

void ForEachSet(std::span<const uint32_t> documents, SetCache* cache,
                const std::function<void(uint32_t, const ShingleSet&)>& visit) {
  OrderedWorkBounds bounds;
  bounds.cost = cache->HashesAhead();
  SetLoader& loader = cache->loader();
  AnnounceMissing(documents, cache);
  std::vector<ShingleSet> ahead(bounds.pieces);
  const auto place = [&ahead](size_t i) -> ShingleSet& {
    return ahead[i % ahead.size()];
  };
  OrderedWork work;
  work.begin = [&](size_t i, size_t* cost) {
    const ShingleSet* const held = cache->Find(documents[i]);
    place(i) = held == nullptr ? nullptr : *held;
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

void WalkInRounds(std::span<const uint32_t> documents, SetCache* cache,
                  const std::function<size_t(std::span<const uint32_t>)>& walk,
                  const std::function<void()>& forget) {
  const size_t least = documents.size() / kMostRounds + 1;
  const auto begin_anew = [&] {
    forget();
    cache->MakeRoom();
  };
  // Of a walk before, which needs it no more.
  if (cache->IsFull()) begin_anew();
  while (!documents.empty()) {
    const size_t filed = walk(documents);
    if (cache->HasFailed()) return;
    documents = documents.subspan(filed);
    if (documents.empty()) return;
    if (filed < least) return cache->Fail();
    begin_anew();
  }
}

void ForEachSetInRounds(std::span<const uint32_t> documents, SetCache* cache,
                        const VisitAndFile& visit,
                        const std::function<void()>& forget) {
  const auto walk = [&](std::span<const uint32_t> left) {
    size_t filed = 0;
    bool is_filed = true;
    ForEachSet(left, cache, [&](uint32_t d, const ShingleSet& set) {
      if (cache->HasFailed()) return;
      is_filed = is_filed && !cache->IsFull();
      filed += is_filed ? 1 : 0;
      visit(d, set, is_filed);
    });
    return filed;
  };
  WalkInRounds(documents, cache, walk, forget);
}

}  // namespace wirecopy
