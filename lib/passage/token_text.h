// A text as the aligner sees it: a number for each token, and where the tokens
// stand.

#ifndef WIRECOPY_PASSAGE_TOKEN_TEXT_H_
#define WIRECOPY_PASSAGE_TOKEN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/classified_text.h"
#include "text/token_finder.h"
#include "wirecopy/text.h"

namespace wirecopy {

// A token's hash; its lowest bit tells tokens of one character (Han, Kana,
// Thai...), of which a word has more than one. Different tokens have the same
// code once in 2^31 pairs.
using TokenCode = uint32_t;

// Thirds of a word, which is what lengths are measured in.
inline constexpr uint32_t kThirdsOfWord = 3;
inline bool IsSingle(TokenCode code) { return (code & 1) != 0; }
inline uint32_t ThirdsOf(TokenCode code) {
  return IsSingle(code) ? kThirdsOfWord - 1 : kThirdsOfWord;
}

inline uint32_t ThirdsOf(std::span<const TokenCode> codes) {
  auto thirds = static_cast<uint32_t>(codes.size()) * kThirdsOfWord;
  for (const TokenCode code : codes) thirds -= code & 1;
  return thirds;
}

// Tokens [begin, end).
struct TokenSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  friend bool operator==(const TokenSpan&, const TokenSpan&) = default;
};

// Keeps its buffers from one text to the next.
class TokenText {
 public:
  // Any bytes. A text of 4 GiB or more in normal form has no tokens.
  void Read(std::string_view text, uint64_t seed) {
    Read(text, seed, /*with_places=*/false);
  }
  // The same, after which Original and Normal may be called.
  void ReadWithPlaces(std::string_view text, uint64_t seed) {
    Read(text, seed, /*with_places=*/true);
  }

  std::span<const TokenCode> codes() const { return codes_; }
  // The hashes that the codes are cut from.
  std::span<const uint64_t> hashes() const { return hashes_; }

  // The normal form, and where tokens stand in it.
  std::string_view normal() const { return normal_.view(); }
  ByteSpan InNormal(TokenSpan tokens) const {
    return {finder_.begins()[tokens.begin], finder_.ends()[tokens.end - 1]};
  }
  std::string_view Word(uint32_t token) const {
    const ByteSpan word = InNormal({token, token + 1});
    return normal().substr(word.begin, word.end - word.begin);
  }
  // The bytes of the text that made these bytes of the normal form.
  ByteSpan Original(ByteSpan in_normal) const {
    return map_.ToOriginal(in_normal);
  }
  // The first token that begins at this byte of the text or behind it.
  uint32_t TokenAt(size_t offset) const;
  ByteSpan Place(TokenSpan tokens) const { return Original(InNormal(tokens)); }

 private:
  void Read(std::string_view text, uint64_t seed, bool with_places);

  ClassifiedText normal_;
  OffsetMap map_;
  TokenFinder finder_;
  std::vector<uint64_t> hashes_;
  std::vector<TokenCode> codes_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_TOKEN_TEXT_H_
