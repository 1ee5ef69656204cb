// The normal form and the tokens of wirecopy/text.h once more: slow, a code
// point at a time, on the whole text at once.

#ifndef WIRECOPY_TESTS_SUPPORT_TEXT_ORACLE_H_
#define WIRECOPY_TESTS_SUPPORT_TEXT_ORACLE_H_

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/utf8_oracle.h"
#include "wirecopy/text.h"

namespace wirecopy {

// Where gtest looks for it.
inline void PrintTo(const ByteSpan& span, std::ostream* out) {
  *out << "[" << span.begin << ", " << span.end << ")";
}

}  // namespace wirecopy

namespace wirecopy::oracle {

enum class Kind : uint8_t { kUnknown, kOther, kLetter, kDigit, kMark, kSingle };

inline bool IsOfSingleScript(UChar32 c) {
  return uscript_hasScript(c, USCRIPT_HAN) ||
         uscript_hasScript(c, USCRIPT_HIRAGANA) ||
         uscript_hasScript(c, USCRIPT_KATAKANA) ||
         uscript_hasScript(c, USCRIPT_THAI) ||
         uscript_hasScript(c, USCRIPT_LAO) ||
         uscript_hasScript(c, USCRIPT_KHMER) ||
         uscript_hasScript(c, USCRIPT_MYANMAR);
}

// Letters are what has the property Alphabetic or a category L*, digits are
// all N*, and marks M*; a format character counts as a mark, as it does in
// UAX #29. The seven scripts take letters, digits and marks to themselves.
inline Kind KindFromProperties(UChar32 c) {
  const auto is_in = [c](uint32_t mask) {
    return (U_GET_GC_MASK(c) & mask) != 0;
  };
  const bool of_word = is_in(U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK) ||
                       u_hasBinaryProperty(c, UCHAR_ALPHABETIC);
  if (of_word && IsOfSingleScript(c)) return Kind::kSingle;
  if (is_in(U_GC_M_MASK)) return Kind::kMark;
  if (is_in(U_GC_N_MASK)) return Kind::kDigit;
  if (of_word) return Kind::kLetter;
  return is_in(U_GC_CF_MASK) ? Kind::kMark : Kind::kOther;
}

// Remembers what it has been asked; for one thread.
inline Kind KindOf(char32_t c) {
  static std::vector<Kind> kinds(0x110000, Kind::kUnknown);
  Kind& kind = kinds[c];
  if (kind == Kind::kUnknown) {
    kind = KindFromProperties(static_cast<UChar32>(c));
  }
  return kind;
}

inline const icu::Normalizer2& NfkcCasefold() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(error);
  }();
  return *instance;
}

inline char32_t FoldPunctuation(char32_t c) {
  static const std::map<char32_t, char32_t> folds = [] {
    std::map<char32_t, char32_t> map;
    for (const char32_t quote : U"\u2018\u2019\u201B\u02BC") map[quote] = '\'';
    for (const char32_t quote :
         U"\u00AB\u00BB\u201A\u201C\u201D\u201E\u201F"
         U"\u2039\u203A") {
      map[quote] = '"';
    }
    map[U'\u2010'] = '-';
    for (const char32_t dash : U"\u2012\u2013\u2015\u2212") map[dash] = 0x2014;
    map.erase(0);  // what ends the literals
    return map;
  }();
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_WHITE_SPACE)) {
    return ' ';
  }
  const auto found = folds.find(c);
  return found == folds.end() ? c : found->second;
}

// NFKC_Casefold and the folds, without the joining of hyphens.
inline std::u32string FoldCodePoints(const std::u32string& text) {
  icu::UnicodeString source;
  for (const char32_t c : text) {
    source.append(static_cast<UChar32>(c == 0x200B ? ' ' : c));
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString folded = NfkcCasefold().normalize(source, error);
  std::u32string out;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    out.push_back(FoldPunctuation(static_cast<char32_t>(folded.char32At(i))));
  }
  return out;
}

// Whether the hyphen at `i` of folded text stands between two letters; marks
// belong to the letter that they follow. A letter that would run together with
// the one before the hyphen (the vowels and final consonants of decomposed
// Hangul) keeps its hyphen: what is normalised must stay as it is.
inline bool IsJoiningHyphen(const std::u32string& text, size_t i) {
  if (text[i] != '-' || i + 1 == text.size()) return false;
  const char32_t next = text[i + 1];
  if (KindOf(next) != Kind::kLetter ||
      !NfkcCasefold().hasBoundaryBefore(static_cast<UChar32>(next))) {
    return false;
  }
  size_t before = i;
  while (before > 0 && KindOf(text[before - 1]) == Kind::kMark) --before;
  return before > 0 && KindOf(text[before - 1]) == Kind::kLetter;
}

inline std::string Normalize(std::string_view bytes) {
  const std::u32string folded = FoldCodePoints(CodePoints(bytes));
  std::u32string joined;
  for (size_t i = 0; i < folded.size(); ++i) {
    if (!IsJoiningHyphen(folded, i)) joined.push_back(folded[i]);
  }
  return Encode(joined);
}

// The tokens of a normalised text, by a machine that reads code points. Only
// an apostrophe needs to look one further.
inline std::vector<ByteSpan> Tokens(std::string_view normalized) {
  const std::vector<SlowChar> chars = Decode(normalized);
  std::vector<ByteSpan> tokens;
  Kind last = Kind::kOther;  // of the character before, marks aside
  for (size_t i = 0; i < chars.size(); ++i) {
    const Kind kind = KindOf(chars[i].code_point);
    const bool word = kind == Kind::kLetter || kind == Kind::kDigit;
    const bool last_word = last == Kind::kLetter || last == Kind::kDigit;
    if (kind == Kind::kMark) {
      if (last != Kind::kOther) tokens.back().end = chars[i].end;
    } else if (kind == Kind::kSingle || (word && !last_word)) {
      tokens.push_back({chars[i].begin, chars[i].end});
      last = kind;
    } else if (word) {
      tokens.back().end = chars[i].end;
      last = kind;
    } else if (chars[i].code_point == '\'' && last_word &&
               i + 1 < chars.size() &&
               KindOf(chars[i + 1].code_point) == last) {
      // The letter or digit behind it finds `last` as it is and goes on.
      tokens.back().end = chars[i].end;
    } else {
      last = Kind::kOther;
    }
  }
  return tokens;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_TEXT_ORACLE_H_
