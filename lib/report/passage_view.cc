#include "report/passage_view.h"

#include "report/characters.h"

namespace wirecopy {
namespace {

TextSpan WithoutSpace(std::string_view text, TextSpan span) {
  while (span.begin < span.end) {
    const Character c = CharacterAt(text, span.begin);
    if (!IsSpace(c.code_point)) break;
    span.begin += c.length;
  }
  while (span.begin < span.end) {
    const Character c = CharacterBefore(text, span.end);
    if (!IsSpace(c.code_point)) break;
    span.end -= c.length;
  }
  return span;
}

bool SamePunctuation(const Character& a, const Character& b) {
  return a.code_point == b.code_point && !IsLetterOrDigit(a.code_point);
}

// What differs between two equal runs: without white space around it, and
// without the punctuation that both have beside the runs.
SpanPair Differing(std::string_view a, std::string_view b, SpanPair between) {
  while (true) {
    between.a = WithoutSpace(a, between.a);
    between.b = WithoutSpace(b, between.b);
    if (between.a.begin == between.a.end || between.b.begin == between.b.end) {
      return between;
    }
    const Character first = CharacterAt(a, between.a.begin);
    const Character last = CharacterBefore(a, between.a.end);
    if (SamePunctuation(first, CharacterAt(b, between.b.begin))) {
      between.a.begin += first.length;
      between.b.begin += first.length;
    } else if (SamePunctuation(last, CharacterBefore(b, between.b.end))) {
      between.a.end -= last.length;
      between.b.end -= last.length;
    } else {
      return between;
    }
  }
}

}  // namespace

std::vector<PassagePiece> CutIntoPieces(const PassageView& passage,
                                        std::string_view a,
                                        std::string_view b) {
  std::vector<PassagePiece> pieces;
  SpanPair equal = passage.bytes;  // grows to what is equal so far
  const auto add = [&](const SpanPair& bytes, bool is_equal) {
    pieces.push_back({bytes, is_equal});
  };
  for (size_t i = 1; i < passage.equal.size(); ++i) {
    const SpanPair& before = passage.equal[i - 1];
    const SpanPair& behind = passage.equal[i];
    const SpanPair differing = Differing(
        a, b, {{before.a.end, behind.a.begin}, {before.b.end, behind.b.begin}});
    equal.a.end = differing.a.begin;
    equal.b.end = differing.b.begin;
    add(equal, true);
    add(differing, false);
    equal.a = {differing.a.end, passage.bytes.a.end};
    equal.b = {differing.b.end, passage.bytes.b.end};
  }
  add(equal, true);
  return pieces;
}

}  // namespace wirecopy
