// Sets of words, by the codes that profiles know them by.

#ifndef WIRECOPY_PROVENANCE_WORD_SET_H_
#define WIRECOPY_PROVENANCE_WORD_SET_H_

#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "provenance/text_profile.h"

namespace wirecopy {

using WordSet = absl::flat_hash_set<TokenCode>;

// Of words that blanks divide.
inline WordSet MakeWordSet(std::string_view words) {
  TokenText text;
  text.Read(words, kProfileSeed);
  return {text.codes().begin(), text.codes().end()};
}

// 0 where `word` is none.
inline TokenCode CodeOfWord(std::string_view word) {
  TokenText text;
  text.Read(word, kProfileSeed);
  return text.codes().empty() ? 0 : text.codes().front();
}

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_WORD_SET_H_
