// House style: habits of spelling and typography, of which copied text may keep
// its source's.

#ifndef WIRECOPY_PROVENANCE_HOUSE_STYLE_H_
#define WIRECOPY_PROVENANCE_HOUSE_STYLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "provenance/layout.h"
#include "provenance/text_profile.h"

namespace wirecopy {

// What is done one way or the other.
enum class StyleHabit : uint8_t {
  kQuotes,       // straight, curly
  kApostrophes,  // straight, curly
  kSpelling,     // organise, organize
  kSpacing,      // one blank between sentences, two
  kDashes,       // two hyphens or one between blanks, a dash
  kCount,
};
inline constexpr size_t kStyleHabits = static_cast<size_t>(StyleHabit::kCount);

// Where a text does it either way, by rising place.
struct StyleMarks {
  std::array<std::array<std::vector<uint32_t>, 2>, kStyleHabits> places;
};

StyleMarks FindStyleMarks(const TextProfile& profile);

// How foreign the passages are to a text: the most by which any habit within
// them differs from the rest of the text, in [0, 1]; 0 where either has too few
// marks to tell. O(passages log text).
double Foreignness(const StyleMarks& marks, const Layout& layout);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_HOUSE_STYLE_H_
