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

struct AttributionPhrase {
  NamingRole role = NamingRole::kCredit;
  PhrasePlace place = PhrasePlace::kBefore;
  std::string_view words;
  // What is introduced so is an outlet, whatever it is called.
  bool any_name = false;
};

std::span<const AttributionPhrase> AttributionPhrases();

// What may stand between a phrase and a name: articles, "newspaper".
std::string_view WordsBeforeNames();

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_ATTRIBUTION_PHRASES_H_
