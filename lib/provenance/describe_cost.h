// What it costs to describe a copy, given a text that it may be made from: few
// bits where it was. Relative Lempel-Ziv, as in compression-based stemmatics
// (Roos, Heikkila, Myllymaki 2006). The cost is not symmetric, and must not be
// made so: what a copy left out is cheap to leave out, what its source has
// besides would be dear to make up.

#ifndef WIRECOPY_PROVENANCE_DESCRIBE_COST_H_
#define WIRECOPY_PROVENANCE_DESCRIBE_COST_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/token_text.h"

namespace wirecopy {

// Tokens that the copy has from the source.
struct CopiedBlock {
  uint32_t copy = 0;    // where it begins
  uint32_t source = 0;  // the same
  uint32_t length = 0;

  uint32_t copy_end() const { return copy + length; }
  uint32_t source_end() const { return source + length; }
  friend bool operator==(const CopiedBlock&, const CopiedBlock&) = default;
};

struct Description {
  std::vector<CopiedBlock> blocks;  // in the order of the copy
  double literal_bits = 0;          // for the words that are in no block
  uint32_t unused_runs = 0;         // of the source, before its last used token
  bool has_unused_tail = false;

  double Bits() const;
  uint64_t copied_tokens() const;
};

// Of a run of so many words that are not in the source.
double LiteralBits(double words);

// The suffix automaton of a text (Blumer et al. 1985), made once for a source
// and used for all that may be copies of it.
class TextAutomaton {
 public:
  // O(n). Texts of 2^30 tokens or more are cut off there.
  explicit TextAutomaton(std::span<const TokenCode> source);

  // The longest block of two tokens or more that begins at the first token of
  // the copy, the first such in the source; then that behind it, and so on.
  // O(n).
  std::vector<CopiedBlock> Blocks(std::span<const TokenCode> copy) const;

  // The same without what is there by chance: blocks of two or three tokens
  // that do not follow a neighbour in both texts. O(n).
  Description Describe(std::span<const TokenCode> copy) const;

 private:
  struct State {
    uint32_t length = 0;     // of its longest string
    uint32_t link = 0;       // its longest suffix that is another state
    uint32_t first_end = 0;  // behind the first place where it stands
    uint32_t arcs = 0;       // the first of its list, 0: none
  };
  struct Arc {
    TokenCode token = 0;
    uint32_t target = 0;
    uint32_t next = 0;  // in the list of the state
    uint32_t state = 0;
  };

  void Extend(TokenCode token);
  // The state behind a token; 0 where there is none (no arc leads to 0).
  uint32_t Next(uint32_t state, TokenCode token) const;
  void SetNext(uint32_t state, TokenCode token, uint32_t target);
  uint32_t Split(uint32_t state, uint32_t next, TokenCode token);
  size_t SlotOf(uint32_t state, TokenCode token) const;
  CopiedBlock LongestAt(std::span<const TokenCode> copy, uint32_t begin) const;

  uint32_t size_ = 0;  // of the source
  uint32_t last_ = 0;
  std::vector<State> states_;
  std::vector<Arc> arcs_;        // from 1
  std::vector<uint32_t> slots_;  // arcs by state and token, open addressing
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_DESCRIBE_COST_H_
