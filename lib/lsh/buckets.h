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
#include "lsh/found_buckets.h"
#include "lsh/slot_filter.h"

namespace wirecopy {

// Immutable; safe to read from many threads. Holds only shared buckets, so
// that its size follows what documents have in common, not how many there are.
class Buckets {
 public:
  // A bucket with more members than this is a hub.
  static constexpr uint32_t kHubSize = 128;

  // Documents are filed a region of numbers at a time, which a core's cache
  // holds all about.
  static constexpr unsigned kRegionBits = 16;

  // 8 for keys and documents, and some for what lists' last blocks leave empty
  // and a part of the keys. (Hubs that meet in one part, none of them most of
  // it, take up to 32 for each of its documents besides.)
  static constexpr size_t kBytesOfThread = 12;

  // Writes the keys in a band of the documents from the first-th on; any thread
  // may call it. The documents of a band are asked for from the first to the
  // last, a few thousand at a time.
  using KeysOfBand =
      std::function<void(size_t band, size_t first, std::span<uint32_t> keys)>;

  // The buckets of one band and their members, by regions of document numbers.
  struct Band {
    // In the same order: the buckets, numbered within the band, and documents
    // less the first of the region.
    struct Members {
      std::span<const uint32_t> buckets;
      std::span<const uint16_t> documents;
    };
    Members Region(size_t region) const {
      const size_t count = begins[region + 1] - begins[region];
      return {{bucket_of.data() + begins[region], count},
              {document_of.data() + begins[region], count}};
    }
    // As bytes, and from them: whether they are those of a band of so many
    // documents.
    void AppendTo(PieceWriter* out) const;
    bool ReadFrom(size_t document_count, PieceReader* in);

    FoundBuckets found;
    // By member. Six bytes, for there are many while the last band is made.
    ZeroedTable<uint32_t> bucket_of{0};
    ZeroedTable<uint16_t> document_of{0};
    std::vector<size_t> begins;  // by region, and the end
  };
  using TakeBand = std::function<void(size_t band, Band found)>;

  // Some of the bands, which any thread gives to `take`. The rest is as for the
  // constructor below.
  static void FindBands(std::span<const size_t> bands,
                        const KeysOfBand& keys_of_band,
                        std::span<const uint32_t> documents,
                        size_t document_count, const SlotFilter* filter,
                        int threads, const TakeBand& take);
  // Of all bands, in their order. Throws std::length_error where they have 2^32
  // buckets.
  Buckets(const std::vector<Band>& bands, size_t document_count);

  // documents are distinct numbers below document_count. Each band is
  // partitioned by its keys' top bits into parts that fit a core's cache and
  // grouped there: linear for keys that are hashes, however many are equal.
  // Members of a bucket that is no hub are left out where `filter`, if there is
  // one, lets them pair with no other. The result does not depend on `threads`,
  // each of which needs kBytesOfThread a document while it works.
  Buckets(size_t bands, const KeysOfBand& keys_of_band,
          std::span<const uint32_t> documents, size_t document_count,
          const SlotFilter* filter, int threads);

  // The buckets that a document is in, rising.
  std::span<const uint32_t> Of(uint32_t document) const {
    const size_t region = document / kRegionSize;
    const uint32_t* const begin = begins_.data() + region + document;
    return {members_.data() + region_begins_[region] + begin[0],
            begin[1] - begin[0]};
  }

  size_t count() const { return is_hub_.size(); }
  // Of all buckets together.
  size_t MemberCount() const { return members_.size(); }
  bool IsHub(uint32_t bucket) const { return is_hub_[bucket]; }

 private:
  class Worker;
  static constexpr size_t kRegionSize = size_t{1} << kRegionBits;

  static size_t RegionsOf(size_t documents) {
    return (documents + kRegionSize - 1) / kRegionSize;
  }
  static std::vector<Band> FindAllBands(size_t band_count,
                                        const KeysOfBand& keys_of_band,
                                        std::span<const uint32_t> documents,
                                        size_t document_count,
                                        const SlotFilter* filter, int threads);
  static size_t CountMembers(std::span<const Band> bands);
  size_t FileRegion(size_t region, size_t document_count,
                    std::span<const Band> bands,
                    std::span<const uint32_t> firsts);

  // By document, behind those of its region; each region has its end, too.
  ZeroedTable<uint32_t> begins_;
  std::vector<size_t> region_begins_;  // in members_
  ZeroedTable<uint32_t> members_;      // bucket numbers
  std::vector<bool> is_hub_;           // by bucket
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_BUCKETS_H_
