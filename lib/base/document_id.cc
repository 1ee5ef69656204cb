#include <compare>

#include "wirecopy/document.h"

namespace wirecopy {

std::strong_ordering operator<=>(const DocumentId& a, const DocumentId& b) {
  if (a.is_integer != b.is_integer) return a.is_integer <=> b.is_integer;
  if (!a.is_integer) return a.text <=> b.text;
  const bool a_negative = a.text.starts_with('-');
  const bool b_negative = b.text.starts_with('-');
  if (a_negative != b_negative) return b_negative <=> a_negative;
  // Written without zeros in front, so that more digits are more.
  std::strong_ordering by_size = a.text.size() <=> b.text.size();
  if (by_size == 0) by_size = a.text <=> b.text;
  return a_negative ? 0 <=> by_size : by_size;
}

}  // namespace wirecopy
