// The normaliser on reusable buffers; wirecopy/text.h says what it does.

#ifndef WIRECOPY_TEXT_NORMALIZE_H_
#define WIRECOPY_TEXT_NORMALIZE_H_

#include <string_view>

#include "text/classified_text.h"
#include "wirecopy/text.h"

namespace wirecopy {

// Replaces *out with the normal form; fills *map where it is not null.
void NormalizeInto(std::string_view utf8, ClassifiedText* out, OffsetMap* map);

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_NORMALIZE_H_
