#include "report/xml_text.h"

#include <cstddef>

#include "report/characters.h"

namespace wirecopy {
namespace {

// Null for what stands for itself. Readers make spaces and line feeds of other
// white space unless it is escaped.
const char* Escape(char32_t c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return nullptr;
  }
}

}  // namespace

char32_t InXml(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return c;
  if (c < 0x20) return 0x2400 + c;
  return c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c;
}

std::string XmlText(std::string_view utf8) {
  std::string xml;
  xml.reserve(utf8.size());
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    const char* const escape = Escape(c.code_point);
    if (escape != nullptr) {
      xml += escape;
    } else {
      AppendCharacter(InXml(c.code_point), &xml);
    }
  }
  return xml;
}

}  // namespace wirecopy
