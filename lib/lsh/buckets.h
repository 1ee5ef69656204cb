// Which documents share a band: the buckets of two members or more.

#ifndef WIRECOPY_LSH_BUCKETS_H_
#define WIRECOPY_LSH_BUCKETS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/zeroed_table.h"
#include "lsh/slot_filter.h"

namespace wirecopy {

// Immutable; safe to read from many threads. Holds only shared buckets, so
// that its size follows what documents have in common, not how many there are.
class Buckets {
 public:
  // A bucket with more members than this is a hub.
  static constexpr uint32_t kHubSize = 128;

  static constexpr size_t kBytesOfThread = 12;

  // Writes the key in a band of each of the documents; any thread may call it.
  using KeysOfBand = std::function<void(size_t band, std::span<uint32_t> keys)>;

  // documents are distinct numbers below document_count. Each band is
  // partitioned by its keys' top bits into parts that fit a core's cache and
  // grouped there: linear for keys that are hashes, however many are equal.
  // Members of a bucket that is no hub are left out where `filter` lets them
  // pair with no other. The result does not depend on `threads`, each of which
  // needs kBytesOfThread a document while it works.
  Buckets(size_t bands, const KeysOfBand& keys_of_band,
          std::span<const uint32_t> documents, size_t document_count,
          const SlotFilter& filter, int threads);

  // The buckets that a document is in, rising.
  std::span<const uint32_t> Of(uint32_t document) const {
    return {members_.data() + begins_[document],
            begins_[document + 1] - begins_[document]};
  }

  size_t count() const { return is_hub_.size(); }
  // Of all buckets together.
  size_t MemberCount() const { return members_.size(); }
  bool IsHub(uint32_t bucket) const { return is_hub_[bucket]; }

 private:
  struct Band;
  class Worker;

  static std::vector<Band> FindBands(size_t band_count,
                                     const KeysOfBand& keys_of_band,
                                     std::span<const uint32_t> documents,
                                     size_t document_count,
                                     const SlotFilter& filter, int threads);
  static size_t CountMembers(std::span<const Band> bands);
  Buckets(const std::vector<Band>& bands, size_t document_count);
  size_t FileRegion(size_t region, size_t end, std::span<const Band> bands,
                    std::span<const uint32_t> firsts);

  ZeroedTable<size_t> begins_;     // by document, into members_
  ZeroedTable<uint32_t> members_;  // bucket numbers
  std::vector<bool> is_hub_;       // by bucket
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_BUCKETS_H_
