// The keys of a band, cut into parts that fit a core's cache.

#ifndef WIRECOPY_LSH_KEY_PARTS_H_
#define WIRECOPY_LSH_KEY_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lsh/entry_list.h"

namespace wirecopy {

// A radix partition. One band after another uses its memory, 8 bytes for each
// of the documents that there may be.
class KeyParts {
 public:
  // Has room for so many lists more, of what has been taken from parts.
  KeyParts(size_t documents, size_t other_lists);

  // Cuts by the keys' top bits; within a part the order stays. There are as
  // many documents as keys. Once all have been added, Finish().
  void Add(std::span<const uint32_t> keys, std::span<const uint32_t> documents);
  void Finish();

  size_t count() const { return size_t{1} << bits_; }
  const EntryList& Part(size_t part) const { return parts_[part]; }

  // Makes a part empty. The other lists may have the room.
  void Clear(size_t part) { parts_[part].Clear(&blocks_); }
  EntryBlocks* blocks() { return &blocks_; }

 private:
  static constexpr size_t kLineSize = 8;  // entries
  struct alignas(64) Line {
    KeyedDocument entries[kLineSize];
  };

  unsigned bits_;
  bool passes_caches_;
  std::vector<Line> lines_;      // by part, what is not in its list yet
  std::vector<uint32_t> sizes_;  // by part, of list and line together
  std::vector<EntryList> parts_;
  EntryBlocks blocks_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_KEY_PARTS_H_
