#include "provenance/german_names.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/ascii.h"

namespace wirecopy {
namespace {

constexpr size_t kLeastInflected = 5;  // letters of a word with an ending
constexpr size_t kLeastBefore = 3;     // letters before the word for papers

constexpr std::string_view kPapers[] = {
    "zeitung", "anzeiger", "tagblatt",  "tageblatt",   "abendblatt",
    "bote",    "kurier",   "rundschau", "nachrichten", "presseagentur"};
constexpr std::string_view kSorts[] = {"Tages",     "Wochen", "Sonntags",
                                       "Boulevard", "Lokal",  "Regional",
                                       "Online",    "Abend",  "Schüler"};

bool IsCapitalised(std::string_view word) {
  return !word.empty() &&
         absl::ascii_isupper(static_cast<unsigned char>(word[0]));
}

}  // namespace

std::string_view Uninflected(std::string_view word) {
  const bool is_inflected = word.size() >= kLeastInflected &&
                            word.ends_with("en") && IsCapitalised(word);
  return is_inflected ? word.substr(0, word.size() - 1) : word;
}

bool IsGermanPaper(std::string_view word) {
  if (!IsCapitalised(word)) return false;
  const auto is_paper = [](std::string_view name) {
    return std::any_of(
        std::begin(kPapers), std::end(kPapers), [name](std::string_view paper) {
          if (!name.ends_with(paper)) return false;
          const std::string_view before =
              name.substr(0, name.size() - paper.size());
          return before.size() >= kLeastBefore &&
                 std::find(std::begin(kSorts), std::end(kSorts), before) ==
                     std::end(kSorts);
        });
  };
  return is_paper(word) || is_paper(Uninflected(word));
}

}  // namespace wirecopy
