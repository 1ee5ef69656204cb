// Lists of keys and documents that share one piece of memory, each in blocks
// of it: nobody needs to know how long which list gets.

#ifndef WIRECOPY_LSH_ENTRY_LIST_H_
#define WIRECOPY_LSH_ENTRY_LIST_H_

#include <algorithm>
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

// Blocks for lists. On huge pages.
class EntryBlocks {
 public:
  static constexpr size_t kBlockSize = 1024;  // entries

  // Enough for `lists` lists of so many entries in all.
  EntryBlocks(size_t entries, size_t lists)
      : entries_((entries / kBlockSize + lists) * kBlockSize) {}

  // Aligned to 64 bytes. What is in it is anyone's guess.
  KeyedDocument* Take() {
    if (free_.empty()) return entries_.data() + kBlockSize * used_++;
    KeyedDocument* const block = free_.back();
    free_.pop_back();
    return block;
  }
  void Give(KeyedDocument* block) { free_.push_back(block); }

 private:
  ZeroedTable<KeyedDocument> entries_;
  size_t used_ = 0;                   // blocks that have ever been taken
  std::vector<KeyedDocument*> free_;  // of those, the ones that were given back
};

// Does not give its blocks back by itself.
class EntryList {
 public:
  size_t size() const { return size_; }

  // Where the next entries go; so many that whoever appends no more than
  // kBlockSize in all, and a divisor of that at a time, never crosses a border.
  KeyedDocument* Append(size_t count, EntryBlocks* blocks) {
    const size_t place = size_ % EntryBlocks::kBlockSize;
    if (place == 0) blocks_.push_back(blocks->Take());
    size_ += count;
    return blocks_.back() + place;
  }

  void Clear(EntryBlocks* blocks) {
    for (KeyedDocument* block : blocks_) blocks->Give(block);
    blocks_.clear();
    size_ = 0;
  }

  template <typename Visit>
  void ForEach(Visit visit) const {
    constexpr size_t kLine = 8;  // entries
    size_t left = size_;
    for (size_t b = 0; b < blocks_.size(); ++b) {
      const std::span block(blocks_[b],
                            std::min(left, EntryBlocks::kBlockSize));
      // The processor foresees what comes next only within a page.
      const KeyedDocument* const next =
          blocks_[std::min(b + 1, blocks_.size() - 1)];
      for (size_t line = 0; line < block.size(); line += kLine) {
        __builtin_prefetch(next + line);
        const size_t line_end = std::min(line + kLine, block.size());
        for (size_t i = line; i < line_end; ++i) visit(block[i]);
      }
      left -= block.size();
    }
  }

 private:
  std::vector<KeyedDocument*> blocks_;
  size_t size_ = 0;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_ENTRY_LIST_H_
