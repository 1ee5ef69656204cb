// Keys to the documents that are filed under them.

#ifndef WIRECOPY_LSH_POSTING_LISTS_H_
#define WIRECOPY_LSH_POSTING_LISTS_H_

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace wirecopy {

// Not thread-safe. Throws std::length_error at 2^32 - 1 postings: 34 GB of
// them, where another way of working is due.
class PostingLists {
 public:
  // Keys below `small_keys` are found without a search, for four bytes each.
  // There is room for `expected` postings, which takes no memory before they
  // are there.
  explicit PostingLists(uint64_t small_keys = 0, size_t expected = 0)
      : small_heads_(small_keys, kEnd) {
    postings_.reserve(expected);
  }

  void Add(uint64_t key, uint32_t document) {
    if (postings_.size() >= kEnd) throw std::length_error("too many postings");
    uint32_t& head = key < small_heads_.size()
                         ? small_heads_[key]
                         : heads_.try_emplace(key, kEnd).first->second;
    postings_.push_back({document, head});
    head = static_cast<uint32_t>(postings_.size() - 1);
  }

  // Calls visit(document) for every document under `key`, latest first.
  template <typename Visit>
  void ForEach(uint64_t key, Visit visit) const {
    for (uint32_t i = Head(key); i != kEnd; i = postings_[i].next) {
      visit(postings_[i].document);
    }
  }

 private:
  static constexpr uint32_t kEnd = ~uint32_t{0};
  struct Posting {
    uint32_t document;
    uint32_t next;
  };

  uint32_t Head(uint64_t key) const {
    if (key < small_heads_.size()) return small_heads_[key];
    const auto found = heads_.find(key);
    return found == heads_.end() ? kEnd : found->second;
  }

  std::vector<uint32_t> small_heads_;
  absl::flat_hash_map<uint64_t, uint32_t> heads_;  // of the other keys
  std::vector<Posting> postings_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_POSTING_LISTS_H_
