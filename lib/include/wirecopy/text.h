// Text as wirecopy sees it: normalised, with a way back to the original, and
// cut into tokens.
//
// Normal form: NFKC_Casefold (Unicode Standard, 3.13; it also drops default
// ignorables such as the soft hyphen), and then
//  - every white space, and the zero width space, is U+0020;
//  - single quotation marks and apostrophes are U+0027, double ones and
//    guillemets U+0022;
//  - hyphens are U+002D, and one between two letters is left out, so that
//    "co-operate" and "cooperate" agree; dashes and minus signs are U+2014.
// Each ill-formed UTF-8 subpart (the maximal subparts of the Unicode Standard,
// 3.9) reads as one U+FFFD. Normalising twice changes nothing more.
//
// Tokens: words as UAX #29 has them for letters and digits. An apostrophe
// between two letters, or two digits, does not split; full stops, commas and
// underscores do. Each character of Han, Kana, Thai, Lao, Khmer and Burmese is
// a token of its own.
//
// All functions are thread-safe and linear in the text's length.

#ifndef WIRECOPY_TEXT_H_
#define WIRECOPY_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

// A stretch of a text in bytes, begin inclusive, end exclusive.
struct ByteSpan {
  size_t begin = 0;
  size_t end = 0;
  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

// Maps byte offsets of a normalised text to the original's. Memory grows with
// the number of places where the two differ in length, not with the text.
class OffsetMap {
 public:
  void Clear() { edits_.clear(); }

  // Records that `normalized` came from `original`, where the two differ in
  // length or are no character-by-character match. Spans come in rising order;
  // everything between them is the same number of bytes on both sides.
  void AddEdit(ByteSpan normalized, ByteSpan original);

  // Forgets the edits whose normalised span begins at `normalized_begin` or
  // behind it.
  void DropEditsFrom(size_t normalized_begin);

  // The original's bytes that made normalised bytes [begin, end). Where a
  // border falls inside characters that changed as one, the whole of them is
  // covered. An empty span maps to an empty span. O(log edits).
  ByteSpan ToOriginal(ByteSpan normalized) const;

  size_t edit_count() const { return edits_.size(); }

 private:
  struct Edit {
    ByteSpan normalized;
    ByteSpan original;
  };
  // The last edit whose normalised span begins before `offset`, or at it where
  // `inclusive`; null where there is none.
  const Edit* LastEdit(size_t offset, bool inclusive) const;

  std::vector<Edit> edits_;
};

struct NormalizedText {
  std::string text;  // valid UTF-8
  OffsetMap map;
};

// Replaces *out with the normal form of `utf8`, reusing its memory.
void Normalize(std::string_view utf8, NormalizedText* out);

// The same without the map: the fast path of everything that only counts.
void NormalizeText(std::string_view utf8, std::string* out);

// Replaces *tokens with the tokens of a text in normal form, in order, as
// spans of its bytes. Requires normal form (anything else is cut somehow, but
// safely) and less than 4 GiB.
void Tokenize(std::string_view normalized, std::vector<ByteSpan>* tokens);

// True where `bytes` are well-formed UTF-8.
bool IsValidUtf8(std::string_view bytes);

// Replaces *out with `bytes` in which each maximal ill-formed subpart is one
// U+FFFD; returns how many there were.
size_t RepairUtf8(std::string_view bytes, std::string* out);

// The code points of well-formed UTF-8.
size_t CountCodePoints(std::string_view utf8);

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_H_
