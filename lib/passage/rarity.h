// How rare the words of a passage are.

#ifndef WIRECOPY_PASSAGE_RARITY_H_
#define WIRECOPY_PASSAGE_RARITY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/anchors.h"
#include "passage/token_text.h"

namespace wirecopy {

// Inverse document frequencies (Spärck Jones 1972) of a corpus's tokens.
// Tokens that fall into one slot of the table count as one, which makes them
// more frequent, never rarer.
class Rarity {
 public:
  // `tokens` is about how many the documents have in all.
  explicit Rarity(size_t tokens);

  // Adds the next document. Linear.
  void Add(std::span<const TokenCode> document);

  // ln(documents / those that have the token), summed over the tokens of these
  // runs' a side: nats by which chance would rather not have written them.
  double Of(std::span<const TokenCode> a, std::span<const TokenRun> runs) const;

 private:
  struct Slot {
    uint32_t documents = 0;
    uint32_t last = 0;  // that was counted, from 1
  };
  size_t SlotOf(TokenCode code) const;

  unsigned shift_;
  uint32_t documents_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_RARITY_H_
