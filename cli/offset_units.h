// What is said of the unit that places are in.

#ifndef WIRECOPY_CLI_OFFSET_UNITS_H_
#define WIRECOPY_CLI_OFFSET_UNITS_H_

#include <string_view>

#include "wirecopy/offsets.h"

namespace wirecopy::cli {

// "code point", "byte" or "utf16": for views, which always name it.
std::string_view OffsetUnitName(OffsetUnit unit);

// For lines of records, which name it where it is no code point: empty there.
std::string_view RecordedUnit(OffsetUnit unit);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_OFFSET_UNITS_H_
