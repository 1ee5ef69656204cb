// Pairs of documents of which only the signatures are at hand.

#ifndef WIRECOPY_ENGINE_SIGNATURE_PAIRS_H_
#define WIRECOPY_ENGINE_SIGNATURE_PAIRS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "absl/status/status.h"

namespace wirecopy {

// Signatures in memory, made with the same parameters.
class SignatureTable {
 public:
  explicit SignatureTable(size_t slots) : slots_(slots) {}

  void Add(uint64_t shingles, std::span<const uint64_t> slots) {
    shingles_.push_back(shingles);
    all_slots_.insert(all_slots_.end(), slots.begin(), slots.end());
  }

  size_t slots() const { return slots_; }
  size_t size() const { return shingles_.size(); }
  uint64_t Shingles(size_t i) const { return shingles_[i]; }
  const uint64_t* Slots(size_t i) const {
    return all_slots_.data() + i * slots_;
  }

 private:
  const size_t slots_;
  std::vector<uint64_t> shingles_;
  std::vector<uint64_t> all_slots_;
};

// What signatures say of two sets. The standard error is
// sqrt(J (1 - J) / slots) at the estimated J, which at 0 and 1 is too hopeful;
// containment is derived from J and both numbers of shingles, hence rough where
// these differ much.
struct EstimatedPair {
  size_t a = 0;
  size_t b = 0;
  double jaccard = 0;
  double standard_error = 0;
  double containment_a = 0;
  double containment_b = 0;
};

// Calls visit for every pair whose estimated resemblance reaches the threshold
// (above 0, at most 1): all of them, in rising order of a, then b; stops at
// the first error that it returns. Documents without shingles are in no pair.
//
// The slots are cut into one band more than slots may differ, so that the two
// of every pair agree in all of some band. Memory: 4 bytes a document and
// band; time grows with the pairs that agree in a band, which below a
// threshold of about 0.5, with bands of one slot, can be most of all.
class SignaturePairs {
 public:
  using Visit = std::function<absl::Status(const EstimatedPair&)>;

  // All that follows works with up to `threads` threads.
  SignaturePairs(double threshold, int threads)
      : threshold_(threshold), threads_(threads) {}

  absl::Status Within(const SignatureTable& table, const Visit& visit) const;

  // Pairs of one of a and one of b; both have the same number of slots.
  absl::Status Between(const SignatureTable& a, const SignatureTable& b,
                       const Visit& visit) const;

 private:
  const double threshold_;
  const int threads_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_SIGNATURE_PAIRS_H_
