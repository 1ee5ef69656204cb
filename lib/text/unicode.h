// What the normaliser and the tokeniser know of a code point. The only place
// of this layer that speaks to ICU.

#ifndef WIRECOPY_TEXT_UNICODE_H_
#define WIRECOPY_TEXT_UNICODE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/text_kernels.h"

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

namespace unicode_internal {

inline constexpr size_t kPageSize = 64;
using Page = std::array<CharInfo, kPageSize>;

// By code point / kPageSize; null until somebody asks.
extern std::array<std::atomic<const Page*>, 0x110000 / kPageSize> pages;

const Page* MakePage(size_t number);

// As kernels see them (text_kernels.h): nothing until a page has been made.
extern std::array<uint16_t, kFactCount> facts;

}  // namespace unicode_internal

// Facts about any code point up to U+10FFFF. Pages of facts are made when
// first asked for and kept; thread-safe.
inline const CharInfo& InfoOf(char32_t code_point) {
  using unicode_internal::kPageSize;
  const size_t number = code_point / kPageSize;
  const unicode_internal::Page* page =
      unicode_internal::pages[number].load(std::memory_order_acquire);
  if (page == nullptr) page = unicode_internal::MakePage(number);
  return (*page)[code_point % kPageSize];
}

// For kernels, which leave what they know nothing of to InfoOf: that is when
// more becomes known. Each is written once, perhaps while kernels read it.
inline const uint16_t* KernelFacts() { return unicode_internal::facts.data(); }

// Appends the normal form (hyphens not joined yet) of a run of code points
// that must be normalised as one.
void NormalizeSegment(std::u32string_view segment, std::u32string* out);

}  // namespace wirecopy

#endif  // WIRECOPY_TEXT_UNICODE_H_
