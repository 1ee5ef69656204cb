#include <algorithm>

#include "wirecopy/text.h"

namespace wirecopy {

void OffsetMap::AddEdit(ByteSpan normalized, ByteSpan original) {
  edits_.push_back({normalized, original});
}

void OffsetMap::DropEditsFrom(size_t normalized_begin) {
  while (!edits_.empty() &&
         edits_.back().normalized.begin >= normalized_begin) {
    edits_.pop_back();
  }
}

const OffsetMap::Edit* OffsetMap::LastEdit(size_t offset,
                                           bool inclusive) const {
  const auto after =
      std::partition_point(edits_.begin(), edits_.end(), [&](const Edit& edit) {
        return edit.normalized.begin < offset ||
               (inclusive && edit.normalized.begin == offset);
      });
  return after == edits_.begin() ? nullptr : &*(after - 1);
}

ByteSpan OffsetMap::ToOriginal(ByteSpan normalized) const {
  ByteSpan original = normalized;
  // What was left out right in front of the span is not part of it, and
  // neither is what was left out right behind.
  if (const Edit* edit = LastEdit(normalized.begin, true)) {
    const bool inside = normalized.begin < edit->normalized.end;
    original.begin =
        inside ? edit->original.begin
               : edit->original.end + normalized.begin - edit->normalized.end;
  }
  if (normalized.begin == normalized.end) {
    return {original.begin, original.begin};
  }
  if (const Edit* edit = LastEdit(normalized.end, false)) {
    const bool inside = normalized.end <= edit->normalized.end;
    original.end =
        inside ? edit->original.end
               : edit->original.end + normalized.end - edit->normalized.end;
  }
  return original;
}

}  // namespace wirecopy
