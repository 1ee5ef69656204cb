// Words that hint at what a passage is.

#ifndef WIRECOPY_PASSAGE_CUE_WORDS_H_
#define WIRECOPY_PASSAGE_CUE_WORDS_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "passage/token_text.h"

namespace wirecopy {

// Immutable. Knows English, French, German, Spanish, Italian, Portuguese,
// Dutch and Arabic: languages whose words are tokens.
class CueWords {
 public:
  enum class Hint : uint8_t { kNone, kSpeech, kRights };

  // `seed` is that of the tokens' hashes.
  explicit CueWords(uint64_t seed);

  Hint Of(TokenCode code) const {
    const auto found = hints_.find(code);
    return found == hints_.end() ? Hint::kNone : found->second;
  }

 private:
  absl::flat_hash_map<TokenCode, Hint> hints_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_CUE_WORDS_H_
