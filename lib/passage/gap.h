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
  // Fills the table of costs, and takes the way back through it.
  template <typename Cost>
  uint32_t AlignWith(std::span<const TokenCode> a, std::span<const TokenCode> b,
                     uint32_t a_begin, uint32_t b_begin,
                     std::vector<Cost>* costs);

  // A cost has the edits in its upper half and in the lower how many tokens
  // were replaced. Those of most gaps fit into 16 bits, which are faster.
  std::vector<int16_t> small_costs_;
  std::vector<int32_t> costs_;
  std::vector<TokenCode> padded_b_;
  std::vector<TokenRun> reversed_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_GAP_H_
