// What the normaliser and the tokeniser know of a code point. The only place
// of this layer that speaks to ICU.

#ifndef WIRECOPY_TEXT_UNICODE_H_
#define WIRECOPY_TEXT_UNICODE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

enum class CharClass : uint8_t {
  kOther,   // separates tokens
  kLetter,  // letters, and what UAX #29 lets stand for one
  kDigit,
  kMark,    // belongs to the character before it
  kSingle,  // a token of its own: Han, Kana, Thai, Lao, Khmer, Burmese
};

struct CharInfo {
  // The normal form where it is one code point; kComplex where it is none or
  // several, so that NormalizeSegment must be asked.
  static constexpr char32_t kComplex = 0xFFFFFFFF;
  char32_t normal;
  CharClass char_class;
  // Text may be cut in front of it and its parts normalised one by one.
  bool boundary_before;
};

// Facts about any code point up to U+10FFFF. Pages of facts are made when
// first asked for and kept; thread-safe.
const CharInfo& InfoOf(char32_t code_point);

// Appends the normal form (hyphens not joined yet) of a run of code points
// that must be normalised as one.
void NormalizeSegment(std::u32string_view segment, std::u32string* out);

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_UNICODE_H_
