#include "report/html_page.h"

#include <cstddef>

#include "report/characters.h"

namespace wirecopy {

void AppendHtml(std::string_view utf8, std::string* out) {
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    switch (c.code_point) {
      case '&':
        *out += "&amp;";
        break;
      case '<':
        *out += "&lt;";
        break;
      case '>':
        *out += "&gt;";
        break;
      case '"':
        *out += "&quot;";
        break;
      case '\'':
        *out += "&#39;";
        break;
      case '\r':  // HTML would make a line break of it
        if (i == utf8.size() || utf8[i] != '\n') *out += '\n';
        break;
      case '\n':
      case '\t':
        *out += static_cast<char>(c.code_point);
        break;
      default:
        AppendCharacter(ShownInHtml(c.code_point), out);
    }
  }
}

std::string Html(std::string_view utf8) {
  std::string html;
  AppendHtml(utf8, &html);
  return html;
}

}  // namespace wirecopy
