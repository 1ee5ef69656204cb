// Chains: anchors that follow one another on both sides.

#ifndef WIRECOPY_PASSAGE_CHAIN_H_
#define WIRECOPY_PASSAGE_CHAIN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/anchors.h"

namespace wirecopy {

// How far apart anchors of a chain may be, in tokens.
struct GapLimits {
  // What stands between them, on either side.
  uint32_t gap = 25;
  // By how much more there is on one side than on the other: what one text
  // has put in is not a part of what both share.
  uint32_t skew = 10;
};

// Chains anchors by dynamic programming over their pairs that lie close
// together (Li 2018, section 2.1). Keeps its buffers.
class Chainer {
 public:
  explicit Chainer(const GapLimits& limits) : limits_(limits) {}

  // Puts every anchor (in the order of GrowAnchors) into one chain. Chains are
  // found best first; a chain's anchors are cut so that they overlap on
  // neither side.
  void Chain(std::span<const TokenRun> anchors);

  size_t count() const { return ends_.size(); }
  // A chain's runs, by rising place.
  std::span<const TokenRun> At(size_t chain) const {
    const size_t begin = chain == 0 ? 0 : ends_[chain - 1];
    return {runs_.data() + begin, ends_[chain] - begin};
  }

 private:
  struct Link {
    int64_t score = 0;
    int32_t previous = -1;  // an anchor
  };

  Link BestLink(std::span<const TokenRun> anchors, size_t i) const;
  // Adds the chain that ends with this anchor, as far as it is not taken.
  void Take(std::span<const TokenRun> anchors, size_t last);

  GapLimits limits_;
  std::vector<Link> links_;
  std::vector<uint32_t> order_;
  std::vector<bool> taken_;
  std::vector<TokenRun> runs_;
  std::vector<size_t> ends_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_CHAIN_H_
