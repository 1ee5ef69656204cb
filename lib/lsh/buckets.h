// Which documents share a band: the buckets of two members or more.

#ifndef WIRECOPY_LSH_BUCKETS_H_
#define WIRECOPY_LSH_BUCKETS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/piece_bytes.h"
#include "base/zeroed_table.h"
#include "lsh/entry_list.h"
#include "lsh/found_buckets.h"
#include "lsh/slot_filter.h"

namespace wirecopy {

// Immutable; safe to read from many threads. Holds only shared buckets, so
// that its size follows what documents have in common, not how many there are.
class Buckets {
 public:
  // A bucket with more members than this is a hub.
  static constexpr uint32_t kHubSize = 128;

  // 8 for keys and documents, and some for what lists' last blocks leave empty.
  static constexpr size_t kBytesOfThread = 12;

  // Writes the keys in a band of the documents from the first-th on; any thread
  // may call it. The documents of a band are asked for from the first to the
  // last, a few thousand at a time.
  using KeysOfBand =
      std::function<void(size_t band, size_t first, std::span<uint32_t> keys)>;

  // The buckets of one band and their members, by regions of document numbers.
  struct Band {
    std::span<const KeyedDocument> Region(size_t region) const {
      return {members.data() + begins[region],
              begins[region + 1] - begins[region]};
    }
    // As bytes, and from them: whether they are those of a band of so many
    // documents.
    void AppendTo(PieceWriter* out) const;
    bool ReadFrom(size_t document_count, PieceReader* in);

    FoundBuckets found;
    // Each with its bucket in this band as key.
    ZeroedTable<KeyedDocument> members{0};
    std::vector<size_t> begins;  // by region, and the end
  };
  using TakeBand = std::function<void(size_t band, Band found)>;

  // Some of the bands, which any thread gives to `take`. The rest is as for the
  // constructor below.
  static void FindBands(std::span<const size_t> bands,
                        const KeysOfBand& keys_of_band,
                        std::span<const uint32_t> documents,
                        size_t document_count, const SlotFilter& filter,
                        int threads, const TakeBand& take);
  // Of all bands, in their order.
  Buckets(const std::vector<Band>& bands, size_t document_count);

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
  class Worker;

  static std::vector<Band> FindAllBands(size_t band_count,
                                        const KeysOfBand& keys_of_band,
                                        std::span<const uint32_t> documents,
                                        size_t document_count,
                                        const SlotFilter& filter, int threads);
  static size_t CountMembers(std::span<const Band> bands);
  size_t FileRegion(size_t region, size_t end, std::span<const Band> bands,
                    std::span<const uint32_t> firsts);

  ZeroedTable<size_t> begins_;     // by document, into members_
  ZeroedTable<uint32_t> members_;  // bucket numbers
  std::vector<bool> is_hub_;       // by bucket
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_BUCKETS_H_
