#include "text/token_finder.h"

#include <cassert>
#include <limits>

#include "text/text_kernels.h"
#include "text/utf8.h"
#include "wirecopy/text.h"

namespace wirecopy {

void TokenFinder::Resize(size_t words) {
  // One word more than the text has: a token that ends with the text ends
  // there.
  for (auto* bitmap : {&letters_, &digits_, &apostrophes_}) {
    if (bitmap->size() < words + 1) bitmap->resize(words + 1);
    (*bitmap)[words] = 0;
  }
}

void TokenFinder::FindIn(const ClassifiedText& text, ByteSpan part) {
  const size_t size = part.end - Base(part);
  assert(size < std::numeric_limits<uint32_t>::max());
  const size_t words = (size + 63) / 64;
  Resize(words);
  const TextKernels& kernels = ActiveTextKernels();
  const ByteClassBitmaps bitmaps = {letters_.data(), digits_.data(),
                                    apostrophes_.data()};
  kernels.classify(text.data() + Base(part), size, bitmaps);
  // What is before the part is another's.
  const uint64_t inside = ~uint64_t{0} << (part.begin % 64);
  for (auto* bitmap : {&letters_, &digits_, &apostrophes_}) {
    bitmap->front() &= inside;
  }
  const bool is_wide = text.has_classes();
  if (is_wide) AddWideClasses(text, part);
  count_ = kernels.mark_borders(bitmaps, is_wide ? singles_.data() : nullptr,
                                is_wide ? starts_.data() : nullptr, words + 1);
  const size_t room = count_ + kPositionPadding;
  if (begins_.size() < room) {
    begins_.resize(room);
    ends_.resize(room);
  }
  kernels.bit_positions(letters_.data(), words + 1, begins_.data());
  kernels.bit_positions(digits_.data(), words + 1, ends_.data());
}

void TokenFinder::AddWideClasses(const ClassifiedText& text, ByteSpan part) {
  const size_t base = Base(part);
  const size_t words = (part.end - base + 63) / 64;
  singles_.assign(words + 1, 0);
  starts_.assign(words + 1, 0);
  for (size_t i = 0; i < words; ++i) {
    const WideClasses& wide = text.classes()[base / 64 + i];
    uint64_t inside = ~uint64_t{0};
    if (i == 0) inside <<= part.begin % 64;
    if (i + 1 == words && part.end % 64 != 0) {
      inside &= ~(~uint64_t{0} << (part.end % 64));
    }
    letters_[i] |= wide.letters & inside;
    digits_[i] |= wide.digits & inside;
    singles_[i] = (singles_[i] | wide.singles) & inside;
    starts_[i] = wide.starts & inside;
    for (uint64_t rest = wide.marks & inside; rest != 0; rest &= rest - 1) {
      const auto at = static_cast<size_t>(__builtin_ctzll(rest));
      JoinMark(text.view().substr(base), i * 64 + at);
    }
  }
}

void TokenFinder::JoinMark(std::string_view text, size_t begin) {
  if (begin == 0) return;
  const size_t size = DecodeUtf8(text, begin).length;
  const uint64_t bits = (uint64_t{1} << size) - 1;
  for (auto* bitmap : {&letters_, &digits_, &singles_}) {
    if (((*bitmap)[(begin - 1) / 64] >> ((begin - 1) % 64) & 1) == 0) continue;
    (*bitmap)[begin / 64] |= bits << (begin % 64);
    if (begin % 64 + size > 64) {
      (*bitmap)[begin / 64 + 1] |= bits >> (64 - begin % 64);
    }
  }
}

void Tokenize(std::string_view normalized, std::vector<ByteSpan>* tokens) {
  ClassifiedText text;
  text.Assign(normalized);
  TokenFinder finder;
  finder.Find(text);
  tokens->clear();
  for (size_t i = 0; i < finder.begins().size(); ++i) {
    tokens->push_back({finder.begins()[i], finder.ends()[i]});
  }
}

}  // namespace wirecopy
