#include "provenance/german_names.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"

namespace wirecopy {
namespace {

constexpr size_t kLeastInflected = 5;  // letters of a word with an ending
constexpr size_t kLeastBefore = 3;     // letters before the word for papers

constexpr std::string_view kPapers[] = {
    "zeitung", "anzeiger", "tagblatt",  "tageblatt",   "abendblatt",
    "bote",    "kurier",   "rundschau", "nachrichten", "presseagentur"};
// What stands before it in words for sorts of papers, and of messages and those
// who carry them.
constexpr std::string_view kSorts[] = {
    "Tages",  "Wochen", "Sonntags", "Boulevard", "Lokal",  "Regional",
    "Online", "Abend",  "Schüler",  "Gratis",    "Text",   "Sprach",
    "Kurz",   "Chat",   "Falsch",   "Fernseh",   "Radio",  "Eil",
    "Hiobs",  "Droh",   "Handy",    "Börsen",    "Sport",  "Post",
    "Paket",  "Pizza",  "Sende",    "Fahrrad",   "Drogen", "Geld"};
// Plurals that end like "Bote": Verbote, Angebote, Aufgebote.
constexpr std::string_view kNoMessengers[] = {"verbote", "gebote"};

bool IsCapitalised(std::string_view word) {
  return !word.empty() &&
         absl::ascii_isupper(static_cast<unsigned char>(word[0]));
}

bool IsNoMessenger(std::string_view name) {
  const std::string small = absl::AsciiStrToLower(std::string(name));
  return std::any_of(
      std::begin(kNoMessengers), std::end(kNoMessengers),
      [&](std::string_view other) { return small.ends_with(other); });
}

// As IsGermanPaper, of a word in the nominative.
bool IsPaper(std::string_view name) {
  return std::any_of(
      std::begin(kPapers), std::end(kPapers), [name](std::string_view paper) {
        if (!name.ends_with(paper) || IsNoMessenger(name)) return false;
        const std::string_view before =
            name.substr(0, name.size() - paper.size());
        return before.size() >= kLeastBefore &&
               std::find(std::begin(kSorts), std::end(kSorts), before) ==
                   std::end(kSorts);
      });
}

}  // namespace

std::string_view Uninflected(std::string_view word) {
  const bool is_inflected = word.size() >= kLeastInflected &&
                            (word.ends_with("en") || word.ends_with("er")) &&
                            IsCapitalised(word);
  return is_inflected ? word.substr(0, word.size() - 1) : word;
}

bool IsGermanPaper(std::string_view word) {
  if (!IsCapitalised(word)) return false;
  return IsPaper(word) || IsPaper(Uninflected(word));
}

}  // namespace wirecopy
