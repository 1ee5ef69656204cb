// What lies between two anchors: the least edits that turn one side into the
// other.

#ifndef WIRECOPY_PASSAGE_GAP_H_
#define WIRECOPY_PASSAGE_GAP_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/anchors.h"
#include "passage/token_text.h"

namespace wirecopy {

// Aligns short stretches of tokens by their edit distance (Levenshtein 1966;
// Wagner, Fischer 1974). Keeps its buffers.
class GapAligner {
 public:
  // Adds the runs of equal tokens of a best alignment to *runs, moved by
  // (a_begin, b_begin), and returns its edits: tokens put in, left out or
  // replaced. Of best alignments it takes one with the most equal tokens. Time
  // and memory are the product of the sizes.
  uint32_t Align(std::span<const TokenCode> a, std::span<const TokenCode> b,
                 uint32_t a_begin, uint32_t b_begin,
                 std::vector<TokenRun>* runs);

 private:
  // Edits in the upper half, tokens that are not equal besides in the lower.
  std::vector<uint32_t> costs_;
  std::vector<TokenRun> reversed_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_GAP_H_
