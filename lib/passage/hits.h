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
// with the first and so on, where the shorter list begins anew as often as it
// has to. So every position has a hit, their number stays linear, and what
// repeats itself is paired along few diagonals.
inline constexpr size_t kMostPairings = 256;
// Within one text, where pairings bridge all that lies between.
inline constexpr size_t kMostSelfPairings = 16;
void AddHits(std::span<const uint32_t> a, std::span<const uint32_t> b,
             std::vector<Hit>* hits);

// The same within one text: pairs of positions, the earlier one as a, that are
// at least so far apart. Of many, each is paired with the next, as versions of
// a thing follow one another, and with the one half the list away, for those of
// a long repetition overlap with the next.
void AddSelfHits(std::span<const uint32_t> positions, uint32_t least_distance,
                 std::vector<Hit>* hits);

// Finds the hits of two texts from their fingerprints. Keeps its buffers.
class HitFinder {
 public:
  std::span<Hit> Find(std::span<const Fingerprint> a,
                      std::span<const Fingerprint> b);
  std::span<Hit> FindSelf(std::span<const Fingerprint> text,
                          uint32_t least_distance);

 private:
  std::vector<Fingerprint> sorted_a_;
  std::vector<Fingerprint> sorted_b_;
  std::vector<uint32_t> positions_a_;
  std::vector<uint32_t> positions_b_;
  std::vector<Hit> hits_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_HITS_H_
