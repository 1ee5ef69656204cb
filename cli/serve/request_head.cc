#include "cli/serve/request_head.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"

namespace wirecopy::cli {
namespace {

// Of a header's name: RFC 9110, 5.6.2.
bool IsTokenChar(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsValueChar(char c) {
  return c == '\t' || !absl::ascii_iscntrl(static_cast<unsigned char>(c));
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace

std::optional<std::string_view> FaultOfHead(std::string_view head) {
  constexpr std::string_view kNoHeader =
      "a header is to be a name, a colon at once, and what it says, in a line";
  constexpr std::string_view kSpaces = " \t";
  int lengths = 0;
  int hosts = 0;
  for (bool is_first = true; !head.empty(); is_first = false) {
    const size_t end = head.find("\r\n");
    if (end == std::string_view::npos) return kNoHeader;
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (line.empty()) break;
    if (!std::all_of(line.begin(), line.end(), IsValueChar)) return kNoHeader;
    if (is_first) continue;
    const size_t colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos) return kNoHeader;
    std::string name(line.substr(0, colon));
    if (!std::all_of(name.begin(), name.end(), IsTokenChar)) return kNoHeader;
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(
        std::min(value.find_first_not_of(kSpaces), value.size()));
    value = value.substr(0, value.find_last_not_of(kSpaces) + 1);
    absl::AsciiStrToLower(&name);
    if (name == "content-length" && (++lengths > 1 || !IsDigits(value))) {
      return "the Content-Length is to be one number";
    }
    if (name == "host" && ++hosts > 1) return "there is to be one Host";
  }
  return std::nullopt;
}

}  // namespace wirecopy::cli
