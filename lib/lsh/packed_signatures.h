// The packed signatures of all documents: what candidates are found by.

#ifndef WIRECOPY_LSH_PACKED_SIGNATURES_H_
#define WIRECOPY_LSH_PACKED_SIGNATURES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "base/huge_pages.h"
#include "base/scratch_file.h"
#include "lsh/slot_packing.h"

namespace wirecopy {

// Documents are numbered as they are added. Safe to read from many threads.
class PackedSignatures {
 public:
  // They go to `scratch`, which outlives this, or stay in memory where it is
  // null.
  explicit PackedSignatures(const Banding& banding,
                            ScratchFile* scratch = nullptr)
      : packing_(banding), scratch_(scratch) {}

  const SlotPacking& packing() const { return packing_; }

  // Where a signature is: its first word, or its place in the scratch file.
  using Place = uint64_t;

  // Takes signatures, packed one after another, and says where the first is:
  // they stay where they are, since they are most of what a search needs
  // memory for.
  Place Keep(std::vector<uint64_t> packed);
  // Where the index-th of them is.
  Place Behind(Place first, size_t index) const {
    return first + index * packing_.words() * sizeof(uint64_t);
  }

  // What was kept, from `first` on, as far as `packed` has room.
  void ReadKept(Place first, std::span<uint64_t> packed) const;

  // Adds the next document, whose packed signature has been kept.
  void Add(Place place) { places_.push_back(place); }
  void Reserve(size_t documents) { places_.reserve(documents); }

  size_t size() const { return places_.size(); }

  // Room for a signature that is not in memory: whoever asks for the same one
  // again has it at hand.
  struct Room {
    uint32_t document = ~uint32_t{0};
    uint64_t words[SlotPacking::kMostWords] = {};
  };
  // Valid until the room is used again.
  const uint64_t* Of(uint32_t document, Room* room) const {
    if (scratch_ == nullptr) return InMemory(places_[document]);
    if (room->document != document) {
      scratch_->ReadAt(places_[document], packing_.words() * sizeof(uint64_t),
                       room->words);
      room->document = document;
    }
    return room->words;
  }

  // Has it come from memory where a document's signature is, and, once that is
  // there, the signature. (From a file nothing comes before it is asked for.)
  void PrefetchPlace(uint32_t document) const {
    __builtin_prefetch(&places_[document]);
  }
  void Prefetch(uint32_t document) const {
    if (scratch_ != nullptr) return;
    constexpr size_t kLine = 8;  // words
    const uint64_t* const packed = InMemory(places_[document]);
    for (size_t w = 0; w < packing_.words(); w += kLine) {
      __builtin_prefetch(packed + w);
    }
    __builtin_prefetch(packed + packing_.words() - 1);
  }

  // Writes the key in this band of each of the documents, which rise.
  void BandKeys(size_t band, std::span<const uint32_t> documents,
                std::span<uint32_t> keys) const;

 private:
  static const uint64_t* InMemory(Place place) {
    return std::bit_cast<const uint64_t*>(place);
  }

  SlotPacking packing_;
  ScratchFile* scratch_;
  std::deque<std::vector<uint64_t>> kept_;
  std::vector<Place, HugePageAllocator<Place>> places_;  // by document
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_PACKED_SIGNATURES_H_
