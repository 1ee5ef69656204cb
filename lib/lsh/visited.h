// A set of document numbers that empties itself in no time.

#ifndef WIRECOPY_LSH_VISITED_H_
#define WIRECOPY_LSH_VISITED_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirecopy {

class Visited {
 public:
  explicit Visited(size_t document_count) : epochs_(document_count) {}

  void Clear() { ++epoch_; }

  // Adds a document; returns whether it is new.
  bool Add(uint32_t document) {
    if (epochs_[document] == epoch_) return false;
    epochs_[document] = epoch_;
    return true;
  }

 private:
  std::vector<uint64_t> epochs_;
  uint64_t epoch_ = 1;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_VISITED_H_
