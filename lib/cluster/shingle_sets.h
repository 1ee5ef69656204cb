// Shingle sets while clusters are made: made in parallel ahead of the walk
// that needs them, and kept within a bound.

#ifndef WIRECOPY_CLUSTER_SHINGLE_SETS_H_
#define WIRECOPY_CLUSTER_SHINGLE_SETS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace wirecopy {

// Sorted and distinct.
using ShingleSet = std::shared_ptr<const std::vector<uint64_t>>;

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
      : loader_(*loader), max_bytes_(max_bytes) {}

  SetLoader& loader() { return loader_; }

  // Now and then, when a set is put, asks whether memory is short, and where it
  // is halves the bound, and forgets what is beyond. Where half would be less
  // than `least` bytes, `give_up` is called instead, and says whether all that
  // is found from now on is in vain.
  void WatchMemory(std::function<bool()> is_short, size_t least,
                   std::function<bool()> give_up) {
    watch_ = {std::move(is_short), least, std::move(give_up)};
  }
  // Whether it was in vain: who files documents need file no more.
  bool HasGivenUp() const { return has_given_up_; }

  // How many hashes may wait for a walk to come to them, beside those that are
  // kept: a part of the bound, and no more than a walk has use for.
  size_t HashesAhead() const {
    constexpr size_t kMost = size_t{2} << 20;  // 16 MiB
    constexpr size_t kPart = 8 * sizeof(uint64_t);
    return std::min(kMost, max_bytes_ / kPart);
  }

  ShingleSet Get(uint32_t document);
  // The set where it is there already, else null; does not count as a use.
  ShingleSet Find(uint32_t document) const;
  void Put(uint32_t document, ShingleSet set);

 private:
  using Entry = std::pair<uint32_t, ShingleSet>;
  struct Watch {
    std::function<bool()> is_short;  // null where nobody watches
    size_t least = 0;
    std::function<bool()> give_up;
  };

  void Forget();
  void LookAtMemory();

  SetLoader& loader_;
  size_t max_bytes_;
  Watch watch_;
  bool has_given_up_ = false;
  uint64_t puts_ = 0;
  size_t bytes_ = 0;
  std::list<Entry> entries_;  // used last first
  absl::flat_hash_map<uint32_t, std::list<Entry>::iterator> where_;
};

// Calls visit(document, set) for each document, in order, with sets that are in
// the cache or else loaded, while other threads load what comes next. Puts
// nothing into the cache; visit may.
void ForEachSet(std::span<const uint32_t> documents, SetCache* cache,
                const std::function<void(uint32_t, const ShingleSet&)>& visit);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_SHINGLE_SETS_H_
