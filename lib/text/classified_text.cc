#include "text/classified_text.h"

#include <algorithm>
#include <cstdint>

#include "text/utf8.h"

namespace wirecopy {

void ClassifiedText::Reserve(size_t size) {
  text_.Reserve(size);
  const size_t words = WordsFor(size);
  if (words > words_.size()) {
    ZeroedTable<WideClasses> larger(words + words / 2);
    if (map_.has_any) std::copy_n(words_.data(), used_, larger.data());
    words_ = std::move(larger);
    map_.words = words_.data();
  }
  used_ = std::max(used_, words);
}

void ClassifiedText::Renew(size_t size) {
  if (map_.has_any) std::fill_n(words_.data(), used_, WideClasses());
  map_.has_any = false;
  used_ = 0;
  text_.Renew(size);
  Reserve(size);
}

void ClassifiedText::Assign(std::string_view normalized) {
  Renew(normalized.size());
  text_.Assign(normalized);
  for (size_t i = 0; i < normalized.size();) {
    const DecodedChar c = DecodeUtf8(normalized, i);
    const size_t end = i + c.length;
    if (c.code_point >= 0x80) {
      SetClass(InfoOf(c.code_point).char_class, i, end);
    }
    i = end;
  }
}

template <typename Change>
void ClassifiedText::ChangeBits(size_t begin, size_t size, Change change) {
  const uint64_t bits = (uint64_t{1} << size) - 1;
  WideClasses* const word = &words_[begin / 64];
  change(bits << (begin % 64), &word[0]);
  if (begin % 64 + size > 64) change(bits >> (64 - begin % 64), &word[1]);
}

void ClassifiedText::SetClass(CharClass char_class, size_t begin, size_t end) {
  const auto set = [&](uint64_t WideClasses::*of, size_t size) {
    map_.has_any = true;
    ChangeBits(begin, size,
               [of](uint64_t bits, WideClasses* word) { word->*of |= bits; });
  };
  switch (char_class) {
    case CharClass::kLetter:
      return set(&WideClasses::letters, end - begin);
    case CharClass::kDigit:
      return set(&WideClasses::digits, end - begin);
    case CharClass::kSingle:
      set(&WideClasses::singles, end - begin);
      return set(&WideClasses::starts, 1);
    case CharClass::kMark:
      return set(&WideClasses::marks, 1);
    case CharClass::kOther:
      return;
  }
}

void ClassifiedText::ClearClass(size_t begin, size_t end) {
  ChangeBits(begin, end - begin, [](uint64_t bits, WideClasses* word) {
    for (uint64_t* const of : {&word->letters, &word->digits, &word->singles,
                               &word->starts, &word->marks}) {
      *of &= ~bits;
    }
  });
}

}  // namespace wirecopy
