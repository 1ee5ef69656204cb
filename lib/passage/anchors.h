// Anchors: maximal runs of equal tokens, grown from hits.

#ifndef WIRECOPY_PASSAGE_ANCHORS_H_
#define WIRECOPY_PASSAGE_ANCHORS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "passage/hits.h"
#include "passage/token_text.h"

namespace wirecopy {

// Tokens [a, a + length) of one text are tokens [b, b + length) of the other.
struct TokenRun {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t length = 0;

  uint32_t a_end() const { return a + length; }
  uint32_t b_end() const { return b + length; }
  friend bool operator==(const TokenRun&, const TokenRun&) = default;
};

// Two texts, or one and itself: then a run's places must not overlap, and a is
// before b. One that would is cut into several, each as long as the places are
// apart.
struct TokenPair {
  std::span<const TokenCode> a;
  std::span<const TokenCode> b;
  bool is_self = false;
  // False where it is known that no token of both is a single one (IsSingle).
  bool has_singles = true;

  // The length of a run of tokens that are equal, in thirds of a word.
  uint32_t Thirds(uint32_t a_begin, uint32_t length) const {
    return has_singles ? ThirdsOf(a.subspan(a_begin, length))
                       : length * kThirdsOfWord;
  }
};

// Replaces *anchors with the runs that the hits lie in, each once, by rising
// end in a (then in b). May sort the hits.
void GrowAnchors(const TokenPair& pair, std::span<Hit> hits,
                 std::vector<TokenRun>* anchors);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_ANCHORS_H_
