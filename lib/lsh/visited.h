// A set of document numbers that empties itself in no time.

#ifndef WIRECOPY_LSH_VISITED_H_
#define WIRECOPY_LSH_VISITED_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirecopy {

// After as many times as there are values of Epoch it does take its time.
template <typename Epoch>
class VisitedWith {
 public:
  explicit VisitedWith(size_t document_count) : epochs_(document_count) {}

  void Clear() {
    if (++epoch_ != 0) return;
    std::fill(epochs_.begin(), epochs_.end(), Epoch{0});
    epoch_ = 1;
  }

  // Adds a document; returns whether it is new.
  bool Add(uint32_t document) {
    if (epochs_[document] == epoch_) return false;
    epochs_[document] = epoch_;
    return true;
  }

 private:
  std::vector<Epoch> epochs_;
  Epoch epoch_ = 1;
};

using Visited = VisitedWith<uint32_t>;

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_VISITED_H_
