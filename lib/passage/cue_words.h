// Words that hint at what a passage is.

#ifndef WIRECOPY_PASSAGE_CUE_WORDS_H_
#define WIRECOPY_PASSAGE_CUE_WORDS_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

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
    if (!may_hint_[SlotOf(code)]) return Hint::kNone;
    const auto found = hints_.find(code);
    return found == hints_.end() ? Hint::kNone : found->second;
  }

 private:
  static constexpr unsigned kSlotBits = 12;
  static size_t SlotOf(TokenCode code) { return code >> (32 - kSlotBits); }

  void Add(std::string_view words, uint64_t seed, Hint hint);

  // Tells most tokens that are none from a few cache lines.
  std::bitset<size_t{1} << kSlotBits> may_hint_;
  absl::flat_hash_map<TokenCode, Hint> hints_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_CUE_WORDS_H_
