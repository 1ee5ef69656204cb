// How a pair's passages lie in one of its texts.

#ifndef WIRECOPY_PROVENANCE_LAYOUT_H_
#define WIRECOPY_PROVENANCE_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "provenance/evidence_passage.h"
#include "provenance/text_profile.h"
#include "wirecopy/text.h"

namespace wirecopy {

// One side of a passage, and the other side of the same.
struct PassagePlace {
  ByteSpan here;
  ByteSpan there;
};

struct Layout {
  std::vector<PassagePlace> passages;  // by their place here
  std::vector<ByteSpan> matched;       // apart from one another, in order
  std::vector<ByteSpan> unmatched;     // before, between and behind those

  // How many of `places` (sorted) are in text that the other has not.
  uint32_t CountUnmatched(std::span<const uint32_t> places) const;
  bool IsUnmatched(size_t place) const;
};

// Of all passages but what a text has twice. O(passages log passages).
Layout LayOut(std::span<const EvidencePassage> passages, PairSide side,
              size_t text_size);

// Where a passage begins or ends: the later in this list, the cleaner the cut.
enum class Border : uint8_t {
  kAmidSentence,
  kLine,       // at a line's border, amid a sentence
  kSentence,   // between two sentences of a line
  kParagraph,  // at a blank line, or where every line is a paragraph
  kText,       // the text's own
};

// Looks at a few characters around the place alone.
Border BorderBefore(const TextProfile& profile, size_t place);
Border BorderBehind(const TextProfile& profile, size_t place);

// Whether a paragraph begins so little before the place, or ends so little
// behind it, that what lies between is no more than "The Ledger reports:".
bool BeginsNear(const TextProfile& profile, size_t place);
bool EndsNear(const TextProfile& profile, size_t place);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LAYOUT_H_
