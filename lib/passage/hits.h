// Where two texts have the same fingerprint.

#ifndef WIRECOPY_PASSAGE_HITS_H_
#define WIRECOPY_PASSAGE_HITS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/fingerprint_filter.h"
#include "passage/fingerprint_index.h"
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

// Finds the hits of two texts from their fingerprints, by rising position in a,
// and then in b but where one has many. Keeps its buffers.
class HitFinder {
 public:
  std::span<Hit> Find(std::span<const Fingerprint> a,
                      std::span<const Fingerprint> b);
  std::span<Hit> FindSelf(std::span<const Fingerprint> text,
                          uint32_t least_distance);

 private:
  // What has a hash of a's that b may have, and those of b.
  struct Match {
    uint32_t position = 0;
    std::span<const Fingerprint> in_b;
  };
  // Adds the hits of one that is number `ordinal` of `count` with its hash, as
  // AddHits would.
  void AddHitsOf(const Match& match, size_t ordinal, size_t count);

  FingerprintFilter filter_;
  FingerprintIndex index_;
  std::vector<Fingerprint> passed_a_;
  std::vector<Fingerprint> passed_b_;
  std::vector<Match> matches_;
  struct Count {
    uint32_t all = 0;
    uint32_t seen = 0;
  };
  std::vector<Count> counts_;  // in a, by the place of the hash in the index
  std::vector<Fingerprint> sorted_;
  std::vector<uint32_t> positions_;
  std::vector<Hit> hits_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_HITS_H_
