#include "provenance/snippet.h"

#include "text/utf8.h"

namespace wirecopy {

std::string Snippet(std::string_view text) {
  constexpr size_t kMostBytes = 90;
  bool is_cut = false;
  if (text.size() > kMostBytes) {
    text = text.substr(0, PreviousChar(text, kMostBytes));
    is_cut = true;
  }
  std::string snippet = "\"";
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank) {
      snippet += c;
    } else if (snippet.back() != ' ') {
      snippet += ' ';
    }
  }
  if (is_cut) snippet += "...";
  return snippet + "\"";
}

}  // namespace wirecopy
