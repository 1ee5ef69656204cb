// Where two texts that both go on have different words. Cuts and additions are
// no variants: a text that was cut in the archive is compared where it exists.

#ifndef WIRECOPY_PROVENANCE_VARIANT_SITES_H_
#define WIRECOPY_PROVENANCE_VARIANT_SITES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/token_text.h"
#include "provenance/describe_cost.h"

namespace wirecopy {

// What stands between two blocks that follow each other on both sides; either
// side may be empty.
struct VariantSite {
  TokenSpan copy;
  TokenSpan source;
};

// Sites of at most six tokens a side. By place in the copy.
std::vector<VariantSite> VariantSites(const Description& description);

// Whether the source has these tokens of the copy, and one on either side, in
// one block. O(log blocks).
bool Holds(const Description& description, TokenSpan copy);

// Of those sites where a copy and both sources exist, how many speak for one.
struct SiteVotes {
  uint32_t challenger = 0;
  uint32_t incumbent = 0;
};

SiteVotes CompareSources(const Description& challenger,
                         const Description& incumbent);

// The pairs of neighbouring tokens of a text.
class BigramSet {
 public:
  BigramSet() = default;
  explicit BigramSet(std::span<const TokenCode> tokens);

  // Whether all pairs of neighbours in `tokens` are there. O(tokens log n).
  bool Holds(std::span<const TokenCode> tokens) const;
  std::span<const uint64_t> bigrams() const { return bigrams_; }

 private:
  std::vector<uint64_t> bigrams_;  // sorted
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_VARIANT_SITES_H_
