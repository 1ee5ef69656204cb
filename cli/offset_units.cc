#include "cli/offset_units.h"

#include "report/passage_view.h"

namespace wirecopy::cli {

std::string_view OffsetUnitName(OffsetUnit unit) {
  return unit == OffsetUnit::kCodePoint ? kCodePointUnit : RecordedUnit(unit);
}

std::string_view RecordedUnit(OffsetUnit unit) {
  if (unit == OffsetUnit::kCodePoint) return "";
  return unit == OffsetUnit::kByte ? "byte" : "utf16";
}

}  // namespace wirecopy::cli
