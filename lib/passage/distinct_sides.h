// The sides of a corpus's passages, of which many are the same.

#ifndef WIRECOPY_PASSAGE_DISTINCT_SIDES_H_
#define WIRECOPY_PASSAGE_DISTINCT_SIDES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/passage_places.h"
#include "passage/token_text.h"

namespace wirecopy {

// Each span of tokens that is a side of a passage, once. What many documents
// have, each of them has in common with each other: of the sides of all pairs
// of a large family, one in twenty is a span of its own.
//
// Passage p has the sides 2 p (a) and 2 p + 1 (b), below 2^32 in all.
class DistinctSides {
 public:
  struct Side {
    TokenSpan tokens;
    uint32_t first = 0;  // the first of the passages' sides that is this one
  };

  // Linear.
  DistinctSides(std::span<const PassagePlaces> passages, int threads);

  // Documents that may have some: no later one has.
  size_t documents() const { return of_document_.size(); }
  // By rising first side.
  std::span<const Side> Of(size_t document) const {
    return of_document_[document];
  }

  // The number of a side of a passage, in Of(its document).
  uint32_t NumberOf(size_t side) const { return numbers_[side]; }

 private:
  std::vector<std::vector<Side>> of_document_;
  std::vector<uint32_t> numbers_;  // by side
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_DISTINCT_SIDES_H_
