#include "text/token_finder.h"

#include <cassert>
#include <limits>

#include "text/text_kernels.h"
#include "text/unicode.h"
#include "text/utf8.h"
#include "wirecopy/text.h"

namespace wirecopy {

void TokenFinder::Resize(size_t words) {
  // One word more than the text has: a token that ends with the text ends
  // there.
  for (auto* bitmap : {&letters_, &digits_, &apostrophes_, &non_ascii_}) {
    if (bitmap->size() < words + 1) bitmap->resize(words + 1);
    (*bitmap)[words] = 0;
  }
}

void TokenFinder::Find(std::string_view text) {
  assert(text.size() < std::numeric_limits<uint32_t>::max());
  const size_t words = (text.size() + 63) / 64;
  Resize(words);
  const TextKernels& kernels = ActiveTextKernels();
  const ByteClassBitmaps bitmaps = {letters_.data(), digits_.data(),
                                    apostrophes_.data(), non_ascii_.data()};
  const bool is_wide = kernels.classify(text.data(), text.size(), bitmaps);
  if (is_wide) ClassifyNonAscii(text);
  count_ =
      kernels.mark_borders(bitmaps, is_wide ? singles_.data() : nullptr,
                           is_wide ? barriers_.data() : nullptr, words + 1);
  const size_t room = count_ + kPositionPadding;
  if (begins_.size() < room) {
    begins_.resize(room);
    ends_.resize(room);
  }
  kernels.bit_positions(letters_.data(), words + 1, begins_.data());
  kernels.bit_positions(digits_.data(), words + 1, ends_.data());
}

// Of a character: four bits at most.
void TokenFinder::SetBits(std::vector<uint64_t>* bitmap, size_t begin,
                          size_t end) {
  const uint64_t bits = (uint64_t{1} << (end - begin)) - 1;
  (*bitmap)[begin / 64] |= bits << (begin % 64);
  if (end / 64 != begin / 64) {
    (*bitmap)[end / 64] |= bits >> (64 - begin % 64);
  }
}

void TokenFinder::ClassifyNonAscii(std::string_view text) {
  const size_t words = (text.size() + 63) / 64;
  singles_.assign(words + 1, 0);
  barriers_.assign(words + 1, 0);
  const TextKernels& kernels = ActiveTextKernels();
  const WideClassBitmaps bitmaps = {letters_.data(), digits_.data(),
                                    singles_.data(), barriers_.data()};
  size_t i = 0;
  while (true) {
    i = kernels.classify_wide(text.data(), text.size(), i, non_ascii_.data(),
                              KernelFacts(), bitmaps);
    if (i == text.size()) return;
    i = ClassifyRun(text, i);
  }
}

// Returns the end of the run of non-ASCII characters that goes on at `begin`.
size_t TokenFinder::ClassifyRun(std::string_view text, size_t begin) {
  // What a mark at the beginning belongs to.
  std::vector<uint64_t>* current = nullptr;
  if (begin > 0) {
    const uint64_t bit = uint64_t{1} << ((begin - 1) % 64);
    if ((letters_[(begin - 1) / 64] & bit) != 0) current = &letters_;
    if ((digits_[(begin - 1) / 64] & bit) != 0) current = &digits_;
    if ((singles_[(begin - 1) / 64] & bit) != 0) current = &singles_;
  }
  size_t i = begin;
  while (i < text.size() && static_cast<unsigned char>(text[i]) >= 0x80) {
    const DecodedChar c = DecodeUtf8(text, i);
    const size_t end = i + c.length;
    const CharClass char_class = InfoOf(c.code_point).char_class;
    // Whatever follows a single, marks aside, is another token.
    if (current == &singles_ && char_class != CharClass::kMark) {
      SetBits(&barriers_, i, i + 1);
    }
    switch (char_class) {
      case CharClass::kLetter:
        current = &letters_;
        break;
      case CharClass::kDigit:
        current = &digits_;
        break;
      case CharClass::kSingle:
        current = &singles_;
        SetBits(&barriers_, i, i + 1);
        break;
      case CharClass::kOther:
        current = nullptr;
        break;
      case CharClass::kMark:
        break;
    }
    if (current != nullptr) SetBits(current, i, end);
    i = end;
  }
  if (current == &singles_) SetBits(&barriers_, i, i + 1);
  return i;
}

void Tokenize(std::string_view normalized, std::vector<ByteSpan>* tokens) {
  PaddedText text;
  text.Assign(normalized);
  TokenFinder finder;
  finder.Find(text);
  tokens->clear();
  for (size_t i = 0; i < finder.begins().size(); ++i) {
    tokens->push_back({finder.begins()[i], finder.ends()[i]});
  }
}

}  // namespace wirecopy
