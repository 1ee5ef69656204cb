// Marks of agencies: "(AP)" in a dateline or behind the text, "By Reuters"
// above it, "Avec AFP" below.

#ifndef WIRECOPY_PROVENANCE_WIRE_MARKS_H_
#define WIRECOPY_PROVENANCE_WIRE_MARKS_H_

#include <cstddef>
#include <span>

#include "provenance/attribution.h"
#include "provenance/outlet_names.h"
#include "provenance/text_profile.h"

namespace wirecopy {

// kDateline, kWire, or kMention where names[at], an outlet, is no mark. `names`
// are those of the text. O(1), but for the names of one mark, of which so many
// are looked at.
NamingRole RoleOfMark(const TextProfile& profile,
                      std::span<const FoundName> names, size_t at);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_WIRE_MARKS_H_
