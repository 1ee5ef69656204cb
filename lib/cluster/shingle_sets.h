// Shingle sets while clusters are made: made in parallel ahead of the walk
// that needs them, and kept within a bound.

#ifndef WIRECOPY_CLUSTER_SHINGLE_SETS_H_
#define WIRECOPY_CLUSTER_SHINGLE_SETS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/recently_used.h"

namespace wirecopy {

// Sorted and distinct.
using ShingleSet = std::shared_ptr<const std::vector<uint64_t>>;
inline ShingleSet NewShingleSet(std::span<const uint64_t> set) {
  return std::make_shared<const std::vector<uint64_t>>(set.begin(), set.end());
}

// Sets of some documents, which rise.
using ShingleSetList = std::vector<std::pair<uint32_t, ShingleSet>>;

// What a set takes: hashes, and what holds them.
constexpr size_t BytesOfSet(size_t hashes) {
  constexpr size_t kBesides = 72;  // the vector, its count of holders
  return hashes * sizeof(uint64_t) + kBesides;
}
inline size_t BytesOf(const ShingleSet& set) { return BytesOfSet(set->size()); }

// Makes sets from texts.
class SetLoader {
 public:
  virtual ~SetLoader() = default;

  // How many threads may load at once.
  virtual int workers() const = 0;

  // Says that Load will be asked for about this many documents more.
  virtual void Announce(size_t documents) = 0;

  // The set of a document. Calls of one worker (below workers()) never overlap;
  // those of different workers may.
  virtual ShingleSet Load(int worker, uint32_t document) = 0;

  // At least the size of the document's set.
  virtual size_t SizeBound(uint32_t document) const = 0;
};

// The sets used last, up to a bound in bytes; others are made again. Not
// thread-safe.
class SetCache {
 public:
  SetCache(SetLoader* loader, size_t max_bytes)
      : loader_(*loader), sets_(max_bytes), most_bytes_(max_bytes) {}

  SetLoader& loader() { return loader_; }

  // Looks after memory that has a bound.
  struct Watch {
    // Of what more may be filed in, or, when that is full, of what all else
    // needs. Null where nobody watches.
    std::function<bool(bool is_full)> is_short;
    // Whether the bound is still kept, though nothing is to spare.
    std::function<bool()> is_kept;
    // Told when it cannot be kept.
    std::function<void()> fail;
    size_t least = 0;          // bytes of sets
    size_t least_to_file = 0;  // no less than that
    // Bytes that are put from one look to the next.
    size_t step = size_t{256} << 10;
  };

  // Now and then, when a set is put, asks whether memory is short, and where it
  // is halves the bound on sets, and forgets what is beyond. Where half would
  // be too little for more to be filed, memory is full; where it would be too
  // little for anything, and the bound on memory is not kept, this has failed.
  void WatchMemory(Watch watch) { watch_ = std::move(watch); }
  bool IsWatched() const { return watch_.is_short != nullptr; }

  // Whether whoever files documents is to file no more before MakeRoom.
  bool IsFull() const { return is_full_; }
  // All that was filed has been forgotten.
  void MakeRoom();

  // Whether all that is found from now on is in vain.
  bool HasFailed() const { return has_failed_; }
  void Fail();

  // How many hashes may wait for a walk to come to them, beside those that are
  // kept: a part of the bound, and no more than a walk has use for.
  size_t HashesAhead() const {
    constexpr size_t kMost = size_t{2} << 20;  // 16 MiB
    constexpr size_t kPart = 8 * sizeof(uint64_t);
    return std::min(kMost, sets_.max_bytes() / kPart);
  }

  ShingleSet Get(uint32_t document);
  // The set where it is there already, else null; does not count as a use, but
  // may be noted as one later. Valid until the next Get or Put. May be called
  // from several threads while no other method is.
  const ShingleSet* Find(uint32_t document) const {
    return sets_.Find(document);
  }
  void NoteUse(uint32_t document) { sets_.Use(document); }
  // Whether uses are worth noting: so much is held that some may soon go.
  bool MayForget() const { return sets_.bytes() >= sets_.max_bytes() / 2; }

  // Also of what is there already: what is put may be filed, so that memory is
  // looked at.
  void Put(uint32_t document, ShingleSet set);

 private:
  void LookAtMemory();

  SetLoader& loader_;
  RecentlyUsed<ShingleSet> sets_;
  const size_t most_bytes_;  // what that was in the beginning
  Watch watch_;
  bool is_full_ = false;
  bool has_failed_ = false;
  size_t put_since_ = 0;  // bytes, since memory was looked at
};

// Tells the loader how many of the documents' sets are not in the cache.
void AnnounceMissing(std::span<const uint32_t> documents, SetCache* cache);

// Calls visit(document, set) for each document, in order, with sets that are in
// the cache or else loaded, while other threads load what comes next. Puts
// nothing into the cache; visit may.
void ForEachSet(std::span<const uint32_t> documents, SetCache* cache,
                const std::function<void(uint32_t, const ShingleSet&)>& visit);

// A walk that files documents, as often as memory asks for it (nested loops by
// the block). walk(documents) takes all of them, files the first until memory
// is full, lets those behind only meet what is filed, and returns how many came
// before that. Then forget() drops what is filed, and the walk goes on with the
// first that was not. So each document meets all that were filed before it,
// once, earlier ones in earlier rounds. Fails where a round takes in less than
// one in kMostRounds.
constexpr size_t kMostRounds = 64;
void WalkInRounds(std::span<const uint32_t> documents, SetCache* cache,
                  const std::function<size_t(std::span<const uint32_t>)>& walk,
                  const std::function<void()>& forget);

// ForEachSet in such rounds; visit is told whether the document may be filed.
using VisitAndFile = std::function<void(uint32_t, const ShingleSet&, bool)>;
void ForEachSetInRounds(std::span<const uint32_t> documents, SetCache* cache,
                        const VisitAndFile& visit,
                        const std::function<void()>& forget);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_SHINGLE_SETS_H_
