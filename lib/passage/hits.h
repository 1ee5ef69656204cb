// Where two texts have the same fingerprint.

#ifndef WIRECOPY_PASSAGE_HITS_H_
#define WIRECOPY_PASSAGE_HITS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/winnow.h"

namespace wirecopy {

// Tokens a and b begin the same n-gram.
struct Hit {
  uint32_t a = 0;
  uint32_t b = 0;
};

// Adds the hits of one fingerprint that stands at these positions (rising) of
// either text: all pairings of a few; of more than kMostPairings, the first
// with the first and so on, and what is left of the longer list with the last
// of the shorter. So every position has a hit, and their number stays linear.
inline constexpr size_t kMostPairings = 16;
void AddHits(std::span<const uint32_t> a, std::span<const uint32_t> b,
             std::vector<Hit>* hits);

// The same within one text: pairs of positions, the earlier one as a.
void AddSelfHits(std::span<const uint32_t> positions, std::vector<Hit>* hits);

// Finds the hits of two texts from their fingerprints. Keeps its buffers.
class HitFinder {
 public:
  std::span<Hit> Find(std::span<const Fingerprint> a,
                      std::span<const Fingerprint> b);
  std::span<Hit> FindSelf(std::span<const Fingerprint> text);

 private:
  std::vector<Fingerprint> sorted_a_;
  std::vector<Fingerprint> sorted_b_;
  std::vector<uint32_t> positions_a_;
  std::vector<uint32_t> positions_b_;
  std::vector<Hit> hits_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_HITS_H_
