#include "io/shown_text.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

bool IsWithinCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// At most `most` bytes that do not end within a character.
std::string_view Beginning(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  constexpr size_t kLongest = 4;
  size_t end = most;
  while (end > 0 && most - end < kLongest && IsWithinCharacter(text[end])) {
    --end;
  }
  return text.substr(0, end);
}

}  // namespace

std::string ShownText(std::string_view text, size_t most) {
  const std::string_view beginning = Beginning(text, most);
  std::string shown;
  RepairUtf8(beginning, &shown);
  return absl::StrCat("\"", absl::Utf8SafeCHexEscape(shown),
                      beginning.size() < text.size() ? "..." : "", "\"");
}

std::string ShownList(const std::vector<std::string>& texts) {
  constexpr size_t kMost = 8;
  const size_t count = std::min(texts.size(), kMost);
  std::string list;
  for (size_t i = 0; i < count; ++i) {
    absl::StrAppend(&list, i == 0 ? "" : ", ", ShownText(texts[i]));
  }
  if (count < texts.size()) {
    absl::StrAppend(&list, " and ", texts.size() - count, " more");
  }
  return list;
}

}  // namespace wirecopy
