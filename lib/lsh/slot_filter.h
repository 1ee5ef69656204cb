// Tells most chance meetings of a bucket from real candidates, before any
// text is read again.

#ifndef WIRECOPY_LSH_SLOT_FILTER_H_
#define WIRECOPY_LSH_SLOT_FILTER_H_

#include <cstddef>
#include <cstdint>

#include "lsh/packed_signatures.h"

namespace wirecopy {

// The most of `slots` packed slots that may differ between documents which
// reach the threshold, but for a share `loss` of those right at it.
size_t MostDifferentSlots(size_t slots, double threshold, double loss);

// Two documents pass where no fewer of their packed slots agree than nearly all
// pairs at the threshold have. Safe to read from many threads.
class SlotFilter {
 public:
  // A small part of the pairs that a search with this recall may miss, for the
  // filter to lose.
  static double LossFor(double recall) { return (1 - recall) / 20; }

  // `loss` is the share of pairs at the threshold that may be lost. The
  // signatures outlive this, and may grow.
  SlotFilter(const PackedSignatures& signatures, double threshold, double loss);

  // Room for two signatures that are not in memory. One a thread; whoever asks
  // for many pairs of one document keeps it.
  struct Rooms {
    PackedSignatures::Room a;
    PackedSignatures::Room b;
  };

  // Whether documents a and b may reach the threshold.
  bool MayReach(uint32_t a, uint32_t b, Rooms* rooms) const {
    return signatures_.packing().DifferInAtMost(most_different_,
                                                signatures_.Of(a, &rooms->a),
                                                signatures_.Of(b, &rooms->b));
  }

  // Two steps of having a document at hand by the time that it is asked for,
  // the second some time after the first.
  void PrefetchPlace(uint32_t document) const {
    signatures_.PrefetchPlace(document);
  }
  void Prefetch(uint32_t document) const { signatures_.Prefetch(document); }

  double loss() const { return loss_; }

 private:
  const PackedSignatures& signatures_;
  double loss_;
  size_t most_different_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_LSH_SLOT_FILTER_H_
