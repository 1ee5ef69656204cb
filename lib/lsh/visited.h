// A set of document numbers that is soon emptied.

#ifndef WIRECOPY_LSH_VISITED_H_
#define WIRECOPY_LSH_VISITED_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

// A bit for each document that there may be, so that caches hold it, and a list
// of those that are in it. Not thread-safe.
class Visited {
 public:
  explicit Visited(size_t document_count)
      : words_((document_count + 63) / 64) {}

  // Takes as long as there are documents in it.
  void Clear() {
    for (const uint32_t document : documents_) words_[document / 64] = 0;
    documents_.clear();
  }

  // Adds a document; returns whether it is new.
  bool Add(uint32_t document) {
    uint64_t& word = words_[document / 64];
    const uint64_t bit = uint64_t{1} << (document % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    documents_.push_back(document);
    return true;
  }

  // In the order of adding; valid until the next Add or Clear.
  std::span<const uint32_t> documents() const { return documents_; }

 private:
  std::vector<uint64_t> words_;
  std::vector<uint32_t> documents_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_VISITED_H_
