// Keys to the documents that are filed under them.

#ifndef WIRECOPY_LSH_POSTING_LISTS_H_
#define WIRECOPY_LSH_POSTING_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <stdexcept>

#include "base/block_list.h"
#include "lsh/key_heads.h"

namespace wirecopy {

// Not thread-safe. Throws std::length_error at 2^32 - 1 postings: 34 GB of
// them, where another way of working is due.
class PostingLists {
 public:
  // Keys below `small_keys` are found without a search, for four bytes each.
  explicit PostingLists(uint64_t small_keys = 0) : heads_(small_keys) {}

  void Add(uint64_t key, uint32_t document) {
    if (postings_.size() >= kEnd) throw std::length_error("too many postings");
    uint32_t& head = heads_.At(key);
    postings_.push_back({document, head});
    head = static_cast<uint32_t>(postings_.size() - 1);
  }

  size_t size() const { return postings_.size(); }

  // Two steps of having the list of a small key at hand by the time that it is
  // gone through, the second some time after the first.
  void PrefetchHead(uint64_t key) const { heads_.Prefetch(key); }
  void PrefetchFirst(uint64_t key) const {
    const uint32_t head = heads_.IsSmall(key) ? heads_.Find(key) : kEnd;
    if (head != kEnd) __builtin_prefetch(&postings_[head]);
  }

  // Calls visit(document) for every document under `key`, latest first.
  template <typename Visit>
  void ForEach(uint64_t key, Visit visit) const {
    ForEachSince(0, key, visit);
  }

  // The same for those that came when there were `size` or more.
  template <typename Visit>
  void ForEachSince(size_t size, uint64_t key, Visit visit) const {
    for (uint32_t i = heads_.Find(key); i != kEnd && i >= size;
         i = postings_[i].next) {
      visit(postings_[i].document);
    }
  }

 private:
  static constexpr uint32_t kEnd = KeyHeads::kNone;
  struct Posting {
    uint32_t document;
    uint32_t next;
  };

  KeyHeads heads_;
  BlockList<Posting> postings_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_POSTING_LISTS_H_
