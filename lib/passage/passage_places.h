// Where passages stand, in tokens of documents.

#ifndef WIRECOPY_PASSAGE_PASSAGE_PLACES_H_
#define WIRECOPY_PASSAGE_PASSAGE_PLACES_H_

#include <cstdint>

#include "passage/token_text.h"

namespace wirecopy {

// Tokens of a document.
struct PlacedSpan {
  uint32_t document = 0;
  TokenSpan tokens;
};

// The two sides of a passage.
struct PassagePlaces {
  PlacedSpan a;
  PlacedSpan b;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_PASSAGE_PLACES_H_
