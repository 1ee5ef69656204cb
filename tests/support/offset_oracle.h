// Which bytes of a text made which character of its normal form, the slow way.

#ifndef WIRECOPY_TESTS_SUPPORT_OFFSET_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_OFFSET_ORACLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/text_oracle.h"
#include "tests/support/utf8_oracle.h"
#include "wirecopy/text.h"

namespace wirecopy::oracle {

struct AlignedChar {
  char32_t code_point;
  ByteSpan normalized;
  ByteSpan original;
  // Whether the normal form may be cut in front of it (behind it) without
  // cutting characters that changed as one.
  bool cut_before;
  bool cut_after;
};

// Appends what the segment `chars` of `text` leaves; normalised offsets are
// for later.
inline void AlignSegment(std::string_view text,
                         const std::vector<SlowChar>& chars,
                         std::vector<AlignedChar>* out) {
  std::u32string code_points;
  for (const SlowChar& c : chars) code_points.push_back(c.code_point);
  const std::u32string normal = FoldCodePoints(code_points);
  const ByteSpan whole = {chars.front().begin, chars.back().end};
  const bool unchanged =
      Encode(normal) == text.substr(whole.begin, whole.end - whole.begin);
  for (size_t i = 0; i < normal.size(); ++i) {
    const ByteSpan original =
        unchanged ? ByteSpan{chars[i].begin, chars[i].end} : whole;
    out->push_back({normal[i],
                    {},
                    original,
                    unchanged || i == 0,
                    unchanged || i + 1 == normal.size()});
  }
}

// Every character of the normal form of `text` in order.
inline std::vector<AlignedChar> Align(std::string_view text) {
  std::vector<AlignedChar> folded;
  std::vector<SlowChar> segment;
  for (const SlowChar& c : Decode(text)) {
    // The zero width space is a space here and no default ignorable.
    const auto code_point =
        static_cast<UChar32>(c.code_point == 0x200B ? ' ' : c.code_point);
    if (!segment.empty() && NfkcCasefold().hasBoundaryBefore(code_point)) {
      AlignSegment(text, segment, &folded);
      segment.clear();
    }
    segment.push_back(c);
  }
  if (!segment.empty()) AlignSegment(text, segment, &folded);
  std::u32string code_points;
  for (const AlignedChar& c : folded) code_points.push_back(c.code_point);
  std::vector<AlignedChar> kept;
  size_t offset = 0;
  for (size_t i = 0; i < folded.size(); ++i) {
    if (IsJoiningHyphen(code_points, i)) continue;
    const size_t end = offset + Encode({&code_points[i], 1}).size();
    folded[i].normalized = {offset, end};
    offset = end;
    kept.push_back(folded[i]);
  }
  return kept;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_OFFSET_ORACLE_H_
