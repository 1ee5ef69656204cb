// The packed signatures of all documents: what candidates are found by.

#ifndef WIRECOPY_LSH_PACKED_SIGNATURES_H_
#define WIRECOPY_LSH_PACKED_SIGNATURES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <utility>
#include <vector>

#include "base/huge_pages.h"
#include "lsh/slot_packing.h"

namespace wirecopy {

// Documents are numbered as they are added. Safe to read from many threads.
class PackedSignatures {
 public:
  explicit PackedSignatures(const Banding& banding) : packing_(banding) {}

  const SlotPacking& packing() const { return packing_; }

  // Takes signatures, packed one after another, and says where the first is:
  // they stay where they are, since they are most of what a search needs
  // memory for.
  const uint64_t* Keep(std::vector<uint64_t> packed) {
    kept_.push_back(std::move(packed));
    return kept_.back().data();
  }

  // Adds the next document, whose packed signature has been kept.
  void Add(const uint64_t* packed) { rows_.push_back(packed); }
  void Reserve(size_t documents) { rows_.reserve(documents); }

  size_t size() const { return rows_.size(); }
  const uint64_t* Of(uint32_t document) const { return rows_[document]; }

  // Has it come from memory where a document's signature is, and, once that is
  // there, the signature.
  void PrefetchRow(uint32_t document) const {
    __builtin_prefetch(&rows_[document]);
  }
  void Prefetch(uint32_t document) const {
    constexpr size_t kLine = 8;  // words
    const uint64_t* const packed = rows_[document];
    for (size_t w = 0; w < packing_.words(); w += kLine) {
      __builtin_prefetch(packed + w);
    }
    __builtin_prefetch(packed + packing_.words() - 1);
  }

  // Writes the key in this band of each of the documents.
  void BandKeys(size_t band, std::span<const uint32_t> documents,
                std::span<uint32_t> keys) const {
    const BandKeyReader reader(packing_, band);
    for (size_t i = 0; i < documents.size(); ++i) {
      keys[i] = reader.Key(Of(documents[i]));
    }
  }

 private:
  SlotPacking packing_;
  std::deque<std::vector<uint64_t>> kept_;
  // By document.
  std::vector<const uint64_t*, HugePageAllocator<const uint64_t*>> rows_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_PACKED_SIGNATURES_H_
