// A passage of two texts as plain records, for all that shows it.

#ifndef WIRECOPY_REPORT_PASSAGE_VIEW_H_
#define WIRECOPY_REPORT_PASSAGE_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wirecopy {

// What places count unless a record says otherwise.
inline constexpr const char* kCodePointUnit = "code point";

// Begin inclusive, end exclusive.
struct TextSpan {
  size_t begin = 0;
  size_t end = 0;
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// A stretch of both texts.
struct SpanPair {
  TextSpan a;
  TextSpan b;
};

struct PassageView {
  SpanPair bytes;   // on borders of characters
  SpanPair places;  // the same in the unit that is asked for
  uint64_t words = 0;
  uint64_t edits = 0;
  double identity = 0;
  std::string_view kind = "copy";
  // What is equal within `bytes`, in order.
  std::vector<SpanPair> equal;
};

enum class Side { kA, kB };

inline const TextSpan& On(Side side, const SpanPair& spans) {
  return side == Side::kA ? spans.a : spans.b;
}

// A piece of a passage on both sides: equal, or what differs.
struct PassagePiece {
  SpanPair bytes;
  bool equal = false;
};

// Cuts a passage into equal and differing pieces, in order, which together are
// the whole of it. A differing piece has no white space around it and may be
// empty on one side.
std::vector<PassagePiece> CutIntoPieces(const PassageView& passage,
                                        std::string_view a, std::string_view b);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_PASSAGE_VIEW_H_
