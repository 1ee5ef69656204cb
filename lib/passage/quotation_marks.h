// Quotation marks one by one: which way a mark may point where it stands.

#ifndef WIRECOPY_PASSAGE_QUOTATION_MARKS_H_
#define WIRECOPY_PASSAGE_QUOTATION_MARKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wirecopy {

// By what opens a quotation. Those of kSingle and above are easily mistaken
// for something else.
enum class QuoteKind : uint8_t {
  kStraight,
  kFullwidth,
  kGershayim,
  kCurly,      // opened by U+201C
  kLow,        // by U+201E
  kRight,      // by U+201D, as in Swedish
  kGuillemet,  // by the one that leads in this text
  kTrailing,   // by the other, as in Finnish
  kCorner,
  kWhiteCorner,
  kPrime,     // U+301D
  kOrnament,  // U+275D
  kTex,
  kSingle,     // U+2018
  kLowSingle,  // U+201A
  kSingleGuillemet,
  kNone,
};

// A set of kinds.
using QuoteKinds = uint32_t;

inline constexpr QuoteKinds In(QuoteKind kind) {
  return uint32_t{1} << static_cast<unsigned>(kind);
}

enum class MarkRole : uint8_t {
  kOpens,
  kCloses,
  kEither,      // closes if there is something to be closed, else opens
  kMayBeOther,  // closes, unless it is an inch, a second or an apostrophe
};

struct QuoteMark {
  size_t begin;
  uint8_t length;
  MarkRole role;
  QuoteKind opens;    // kNone: nothing
  QuoteKinds closes;  // what was opened by one of these
};

// What all of a text says of its marks.
struct MarkHabits {
  bool guillemets_reversed = false;  // >> ... <<, as in German books
};

MarkHabits FindMarkHabits(std::string_view utf8);

// The mark that begins at `offset`, if one does that opens or closes anything.
std::optional<QuoteMark> MarkAt(std::string_view utf8, size_t offset,
                                const MarkHabits& habits);

// The next offset at or behind `offset`, and before `end`, where a mark might
// begin; `end` where there is none.
size_t NextPossibleMark(std::string_view utf8, size_t offset, size_t end);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_QUOTATION_MARKS_H_
