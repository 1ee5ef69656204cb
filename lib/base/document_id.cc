#include <compare>
#include <string>

#include "wirecopy/document.h"

namespace wirecopy {

std::strong_ordering operator<=>(const DocumentId& a, const DocumentId& b) {
  if (a.is_integer != b.is_integer) return a.is_integer <=> b.is_integer;
  if (!a.is_integer) return a.text <=> b.text;
  const bool a_negative = a.text.starts_with('-');
  const bool b_negative = b.text.starts_with('-');
  if (a_negative != b_negative) return b_negative <=> a_negative;
  // Written without zeros in front, so that more digits are more.
  const std::string& low = a_negative ? b.text : a.text;
  const std::string& high = a_negative ? a.text : b.text;
  if (low.size() != high.size()) return low.size() <=> high.size();
  return low <=> high;
}

}  // namespace wirecopy
