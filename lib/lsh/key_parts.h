// The keys of a band, cut into parts that fit a core's cache.

#ifndef WIRECOPY_LSH_KEY_PARTS_H_
#define WIRECOPY_LSH_KEY_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/zeroed_table.h"

namespace wirecopy {

struct KeyedDocument {
  uint32_t key;
  uint32_t document;
};

// A radix partition. One band after another uses its memory, 8 bytes for each
// of the documents that there may be.
class KeyParts {
 public:
  explicit KeyParts(size_t documents);

  // Cuts by the keys' top bits; within a part the order stays. There are as
  // many documents as keys.
  void Partition(std::span<const uint32_t> keys,
                 std::span<const uint32_t> documents);

  size_t count() const { return size_t{1} << bits_; }
  std::span<KeyedDocument> Part(size_t part) {
    return {entries_.data() + begins_[part], ends_[part] - begins_[part]};
  }

 private:
  static constexpr size_t kLineSize = 8;  // entries
  struct alignas(64) Line {
    KeyedDocument entries[kLineSize];
  };

  size_t PartOf(uint32_t key) const {
    return static_cast<size_t>(uint64_t{key} >> (32 - bits_));
  }
  void FindBegins(std::span<const uint32_t> keys);
  void Scatter(std::span<const uint32_t> keys,
               std::span<const uint32_t> documents);
  void ScatterByLines(std::span<const uint32_t> keys,
                      std::span<const uint32_t> documents);

  unsigned bits_;
  std::vector<size_t> begins_;  // by part, each a multiple of kLineSize
  std::vector<size_t> ends_;
  std::vector<Line> lines_;  // by part, what is not among entries_ yet
  ZeroedTable<KeyedDocument> entries_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_KEY_PARTS_H_
