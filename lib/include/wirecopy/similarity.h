// Exact similarity of two shingle sets: what every claim of wirecopy rests on.
//
// Sets are 64-bit shingle hashes (wirecopy/shingle.h), sorted and distinct.
// "Exact" is up to two different shingles having one hash: for documents of a
// million shingles some 10^-7 a pair.

#ifndef WIRECOPY_SIMILARITY_H_
#define WIRECOPY_SIMILARITY_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace wirecopy {

enum class Measure {
  kJaccard,      // resemblance, |A n B| / |A u B|
  kContainment,  // |A n B| / |A|, of one document in another
};

struct Overlap {
  size_t a = 0;       // |A|
  size_t b = 0;       // |B|
  size_t shared = 0;  // |A n B|

  // All three are 0 where either set is empty.
  double Jaccard() const;
  double ContainmentOfA() const;
  double ContainmentOfB() const;
};

// Linear in the sizes; faster where one is much the smaller. Thread-safe.
Overlap Intersect(std::span<const uint64_t> a, std::span<const uint64_t> b);

// The least |A n B| with which sets of these sizes reach a resemblance of
// `threshold`, in (0, 1].
size_t LeastShared(size_t a, size_t b, double threshold);

// The least |A n B| with which a share of `threshold` of A is in B.
size_t LeastContained(size_t a, double threshold);

// Like Intersect, but may stop once `least` is out of reach: shared is then
// some number below it.
Overlap IntersectAtLeast(std::span<const uint64_t> a,
                         std::span<const uint64_t> b, size_t least);

}  // namespace wirecopy

#endif  // WIRECOPY_SIMILARITY_H_
