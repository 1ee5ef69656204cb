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
  // How many slots a table has, for documents of about so many tokens in all.
  static size_t SlotsFor(uint64_t tokens);

  explicit Rarity(uint64_t tokens);
  // Of `documents` that were counted elsewhere, with as many slots as are here,
  // a power of 2: how many have a token of each. For Of alone.
  Rarity(uint32_t documents, std::span<const uint32_t> documents_with);

  // Adds the next document. Linear.
  void Add(std::span<const TokenCode> document);

  // ln(documents / those that have the token), summed over the tokens of these
  // runs' a side: nats by which chance would rather not have written them.
  double Of(std::span<const TokenCode> a, std::span<const TokenRun> runs) const;

  size_t slots() const { return slots_.size(); }
  // How many documents have a token of this slot.
  uint32_t DocumentsWith(size_t slot) const { return slots_[slot].documents; }

 private:
  struct Slot {
    uint32_t documents = 0;
    uint32_t last = 0;  // that was counted, from 1
  };
  explicit Rarity(std::vector<Slot> slots);
  size_t SlotOf(TokenCode code) const;

  unsigned shift_;
  uint32_t documents_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_RARITY_H_
