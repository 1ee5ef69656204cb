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
  void Add(uint64_t key, uint32_t document) {
    if (postings_.size() >= kEnd) throw std::length_error("too many postings");
    const auto number = static_cast<uint32_t>(postings_.size());
    const auto [head, is_new] = heads_.try_emplace(key, number);
    postings_.push_back({document, is_new ? kEnd : head->second});
    head->second = number;
  }

  // Calls visit(document) for every document under `key`, latest first.
  template <typename Visit>
  void ForEach(uint64_t key, Visit visit) const {
    const auto found = heads_.find(key);
    if (found == heads_.end()) return;
    for (uint32_t i = found->second; i != kEnd; i = postings_[i].next) {
      visit(postings_[i].document);
    }
  }

 private:
  static constexpr uint32_t kEnd = ~uint32_t{0};
  struct Posting {
    uint32_t document;
    uint32_t next;
  };
  absl::flat_hash_map<uint64_t, uint32_t> heads_;
  std::vector<Posting> postings_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_POSTING_LISTS_H_
