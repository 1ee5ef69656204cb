#include "passage/token_text.h"

#include <limits>

#include "text/normalize.h"
#include "text/text_kernels.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

// Whether a token is one character, of those that are tokens of their own,
// which have three bytes or more.
bool IsOneCharacter(std::string_view token) {
  if (token.size() < 3 || token.size() > 4) return false;
  const DecodedChar decoded = DecodeUtf8(token, 0);
  return decoded.length == token.size() &&
         InfoOf(decoded.code_point).char_class == CharClass::kSingle;
}

}  // namespace

void TokenText::Read(std::string_view text, uint64_t seed, bool with_places) {
  map_.Clear();
  NormalizeInto(text, &normal_, with_places ? &map_ : nullptr);
  // Tokens are found as 32-bit offsets.
  if (normal_.size() > std::numeric_limits<uint32_t>::max()) {
    normal_.set_size(0);
  }
  finder_.Find(normal_);
  const auto begins = finder_.begins();
  const auto ends = finder_.ends();
  hashes_.resize(begins.size());
  codes_.resize(begins.size());
  ActiveTextKernels().hash_tokens(normal_.data(), begins.data(), ends.data(),
                                  begins.size(), seed, hashes_.data());
  for (size_t i = 0; i < begins.size(); ++i) {
    const bool single =
        IsOneCharacter({normal_.data() + begins[i], ends[i] - begins[i]});
    codes_[i] = (static_cast<TokenCode>(hashes_[i]) & ~TokenCode{1}) |
                static_cast<TokenCode>(single);
  }
}

uint32_t TokenText::TokenAt(size_t offset) const {
  uint32_t low = 0;
  auto high = static_cast<uint32_t>(codes_.size());
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (Place({middle, middle + 1}).begin < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace wirecopy
