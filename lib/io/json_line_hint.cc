#include "io/json_line_hint.h"

#include <cstddef>

namespace wirecopy {
namespace {

// A byte-order mark, or zeros at every second byte, of either kind, as far as
// one looks: the brace, a quotation mark and a name. Lines but the first may
// begin with the half of a line break, of which nothing else may be left.
bool LooksLikeUtf16(std::string_view line) {
  constexpr size_t kLooked = 8;
  if (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF")) return true;
  const std::string_view begin = line.substr(0, kLooked);
  const auto zeros_at = [&](size_t first) {
    for (size_t i = 0; i < begin.size(); ++i) {
      if ((begin[i] == '\0') != (i % 2 == first)) return false;
    }
    return true;
  };
  return !begin.empty() && (zeros_at(0) || (begin.size() > 1 && zeros_at(1)));
}

}  // namespace

std::string_view JsonLineHint(std::string_view line) {
  if (LooksLikeUtf16(line)) return "UTF-16, not UTF-8: convert it";
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  const size_t first = line.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return "";
  const size_t last = line.find_last_not_of(kWhiteSpace);
  const std::string_view rest = line.substr(first, last - first + 1);
  if (rest == "{" || rest == "[") {
    return "JSON over several lines: write each object on one line, without a "
           "list around them";
  }
  return "";
}

}  // namespace wirecopy
