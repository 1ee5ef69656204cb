#include "passage/paragraphs.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "text/utf8.h"

namespace wirecopy {
namespace {

// No lines that were broken to a width are longer, whatever the script.
constexpr size_t kLongestBrokenLine = 180;

// The end of the line that begins at `begin`: its break, or the text's end.
size_t LineEnd(std::string_view text, size_t begin) {
  return std::min(text.find('\n', begin), text.size());
}

bool HasLongLine(std::string_view text) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = LineEnd(text, begin);
    if (end - begin > kLongestBrokenLine) return true;
    begin = end + 1;
  }
  return false;
}

// Past white space, direction marks and the like.
size_t SkipBlank(std::string_view text, size_t begin, size_t end) {
  while (begin < end) {
    const DecodedChar c = DecodeUtf8(text, begin);
    const auto code_point = static_cast<UChar32>(c.code_point);
    if (!u_isUWhiteSpace(code_point) &&
        u_charType(code_point) != U_FORMAT_CHAR) {
      break;
    }
    begin += c.length;
  }
  return begin;
}

}  // namespace

Paragraphs::Paragraphs(std::string_view text)
    : text_(text), a_line_each_(HasLongLine(text)) {}

bool Paragraphs::Next(ByteSpan* paragraph) {
  const size_t begin = SkipBlank(text_, next_, text_.size());
  if (begin == text_.size()) return false;
  size_t end = LineEnd(text_, begin);
  while (!a_line_each_ && end < text_.size()) {
    const size_t line = end + 1;
    const size_t line_end = LineEnd(text_, line);
    if (SkipBlank(text_, line, line_end) == line_end) break;
    end = line_end;
  }
  next_ = end;
  *paragraph = {begin, end};
  return true;
}

}  // namespace wirecopy
