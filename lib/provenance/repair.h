// Misprints: words that the two texts spell nearly alike where the rest is
// equal, and of which the documents tell which is right.

#ifndef WIRECOPY_PROVENANCE_REPAIR_H_
#define WIRECOPY_PROVENANCE_REPAIR_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "provenance/evidence_passage.h"
#include "provenance/text_profile.h"

namespace wirecopy {

struct Misprints {
  size_t in_a = 0;
  size_t in_b = 0;
  // The first, as it stands and as the other text has it.
  std::string_view wrong;
  std::string_view right;
};

// Between two equal runs of a passage stands one word on either side, the two
// are of five letters or more and one or two letters apart, and but for these
// places only one of the spellings is in either text. O(runs log text).
Misprints FindMisprints(const TextProfile& a, const TextProfile& b,
                        std::span<const EvidencePassage> passages);

// Whether two words are at most `most` letters (bytes) put in, left out or
// replaced apart. O(most * length).
bool IsNear(std::string_view x, std::string_view y, size_t most);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_REPAIR_H_
