#include "report/characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace wirecopy {
namespace {

constexpr char32_t kReplacementCharacter = 0xFFFD;

UChar32 ForIcu(char32_t c) { return static_cast<UChar32>(c); }

bool IsWide(char32_t c) {
  const int width = u_getIntPropertyValue(ForIcu(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

}  // namespace

Character CharacterAt(std::string_view utf8, size_t offset) {
  // Of a text of any size: a character has four bytes at most.
  const std::string_view bytes = utf8.substr(offset, 4);
  const auto length = static_cast<int32_t>(bytes.size());
  int32_t end = 0;
  UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // in the macro
  U8_NEXT_OR_FFFD(bytes.data(), end, length, c);
#pragma GCC diagnostic pop
  return {static_cast<char32_t>(c), static_cast<size_t>(end)};
}

Character CharacterBefore(std::string_view utf8, size_t end) {
  size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && U8_IS_TRAIL(utf8[begin])) --begin;
  const Character c = CharacterAt(utf8.substr(0, end), begin);
  if (begin + c.length == end) return c;
  return {kReplacementCharacter, 1};
}

void AppendCharacter(char32_t code_point, std::string* out) {
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, ForIcu(code_point));
  out->append(bytes, static_cast<size_t>(length));
}

bool IsSpace(char32_t c) { return u_isUWhiteSpace(ForIcu(c)) != 0; }

bool IsLetterOrDigit(char32_t c) { return u_isalnum(ForIcu(c)) != 0; }

bool IsLeading(char32_t c) {
  const auto type = u_charType(ForIcu(c));
  return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
}

bool IsTrailing(char32_t c) {
  switch (u_charType(ForIcu(c))) {
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
      return true;
    default:
      return false;
  }
}

bool IsRightToLeft(char32_t c) {
  const UCharDirection direction = u_charDirection(ForIcu(c));
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

int Columns(char32_t c) {
  if (c < 0x300) return 1;
  switch (u_charType(ForIcu(c))) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  // Vowels and final consonants of Hangul that join those before them.
  if (c >= 0x1160 && c <= 0x11FF) return 0;
  return IsWide(c) ? 2 : 1;
}

char32_t Shown(char32_t c) {
  constexpr char32_t kJoiner = 0x200D;
  constexpr char32_t kNonJoiner = 0x200C;
  if (c < 0x20) return 0x2400 + c;
  if (c < 0x7F) return c;
  if (c == 0x7F) return 0x2421;
  if (c == kJoiner || c == kNonJoiner) return c;
  if (U_IS_UNICODE_NONCHAR(ForIcu(c))) return kReplacementCharacter;
  switch (u_charType(ForIcu(c))) {
    case U_CONTROL_CHAR:
    case U_SURROGATE:
      return kReplacementCharacter;
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return 0;
    default:
      return c;
  }
}

char32_t ShownInHtml(char32_t c) {
  const char32_t shown = Shown(c);
  return shown == 0 ? c : shown;
}

bool WordCounter::Begins(char32_t c) {
  if (IsLetterOrDigit(c)) {
    const bool begins = !in_word_ || IsWide(c);
    in_word_ = true;
    joined_ = false;
    return begins;
  }
  const bool joins = c == '\'' || c == 0x2019 || c == '-' || c == 0x2010 ||
                     c == 0x2011 || Columns(c) == 0 || c == 0xAD;
  if (joins && in_word_ && !joined_) {
    joined_ = Columns(c) != 0;
  } else {
    in_word_ = false;
  }
  return false;
}

size_t CountWords(std::string_view utf8) {
  size_t words = 0;
  WordCounter counter;
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    if (counter.Begins(c.code_point)) ++words;
    i += c.length;
  }
  return words;
}

size_t WordBegin(std::string_view utf8, size_t number) {
  size_t words = 0;
  WordCounter counter;
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    if (counter.Begins(c.code_point) && words++ == number) return i;
    i += c.length;
  }
  return utf8.size();
}

}  // namespace wirecopy
