// The phrases of attribution, language by language.

#ifndef WIRECOPY_PROVENANCE_ATTRIBUTION_PHRASES_H_
#define WIRECOPY_PROVENANCE_ATTRIBUTION_PHRASES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "provenance/attribution.h"

namespace wirecopy {

enum class PhrasePlace : uint8_t {
  kBefore,  // right before a name, or with words such as "the newspaper"
  kBehind,  // right behind it
  kAlone,   // speaks of the text's own outlet without a name
};

// What a name must be for the phrase to be about an outlet.
enum class NameNeed : uint8_t {
  kOutlet,   // known, with a word such as "Gazette", a domain or an acronym
  kTelling,  // the same but for acronyms: "according to NASA"
  kAny,      // it is one, whatever it is called
};

struct AttributionPhrase {
  std::string_view words;
  NamingRole role = NamingRole::kCredit;
  PhrasePlace place = PhrasePlace::kBefore;
  NameNeed need = NameNeed::kOutlet;
  // It says that the story as a whole is from there, as all that take any name
  // do.
  bool of_whole_text = need == NameNeed::kAny;
};

std::span<const AttributionPhrase> AttributionPhrases();

// What may stand between a phrase and a name: articles, "newspaper".
std::string_view WordsBeforeNames();

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_ATTRIBUTION_PHRASES_H_
