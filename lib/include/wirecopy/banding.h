// Locality-sensitive hashing: which documents might resemble each other.
//
// A signature's slots are cut into bands of a few rows each (Indyk and Motwani
// 1998; Broder 1997). Two documents are candidates where all rows of some band
// agree. More rows find fewer chance meetings, more bands miss fewer real
// ones; the numbers are chosen here, together, from the recall that is wanted.

#ifndef WIRECOPY_BANDING_H_
#define WIRECOPY_BANDING_H_

#include <cstdint>
#include <span>

#include "absl/status/statusor.h"

namespace wirecopy {

struct Banding {
  int bands = 0;
  int rows = 0;

  int slots() const { return bands * rows; }
  friend bool operator==(const Banding&, const Banding&) = default;
};

// The probability that two documents of resemblance `resemblance` are
// candidates. Slots of one signature are drawn without replacement, so that
// small sets fall a little short of 1 - (1 - J^r)^b; this is the lower bound
// for any size (tests/lsh/banding_test.cc checks it by simulation).
double CandidateProbability(double resemblance, const Banding& banding);

// The cheapest banding of 64 to 1,024 slots that finds pairs at `threshold`,
// and hence all above it, with a probability of at least `recall`. The
// threshold is in (0, 1], the recall in (0, 1); InvalidArgument where one is
// not, or where no banding does (an exact join then will).
absl::StatusOr<Banding> ChooseBanding(double threshold, double recall);

// Writes one 64-bit key for each band of a signature with banding.slots()
// slots. Keys of different bands are unrelated.
void BandKeys(std::span<const uint64_t> slots, const Banding& banding,
              std::span<uint64_t> keys);

}  // namespace wirecopy

#endif  // WIRECOPY_BANDING_H_
