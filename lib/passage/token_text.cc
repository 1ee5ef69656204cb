#include "passage/token_text.h"

#include <limits>

#include "text/normalize.h"
#include "text/text_kernels.h"

namespace wirecopy {
namespace {

// Whether a token is one character of three bytes or more: those that are
// tokens of their own are, and next to no others.
bool IsOneCharacter(const char* text, size_t size) {
  const auto lead = static_cast<unsigned char>(*text);
  return (size == 3 && lead >= 0xE0) || (size == 4 && lead >= 0xF0);
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
        IsOneCharacter(normal_.data() + begins[i], ends[i] - begins[i]);
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
