#include "text/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <vector>

namespace wirecopy {
namespace {

constexpr char32_t kZeroWidthSpace = 0x200B;
// Code points; no text of any language comes near it.
constexpr size_t kLongSegment = 64;

const icu::Normalizer2& Nfkc() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* found =
        icu::Normalizer2::getNFKCCasefoldInstance(error);
    // Only a broken ICU installation lacks its own data; nothing can go on.
    if (U_FAILURE(error)) std::abort();
    return found;
  }();
  return *instance;
}

// The folds that NFKC_Casefold leaves to us, on its output.
char32_t Fold(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
      return '\'';
    case 0x00AB:
    case 0x00BB:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2039:
    case 0x203A:
      return '"';
    case 0x2010:
      return '-';
    case 0x2012:
    case 0x2013:
    case 0x2015:
    case 0x2212:
      return 0x2014;
    default:
      return u_isUWhiteSpace(static_cast<UChar32>(c)) ? U' ' : c;
  }
}

bool IsSingleScript(UScriptCode script) {
  switch (script) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

// Whether a script that uses it is such a one.
bool IsOfSingleScript(UChar32 c) {
  std::array<UScriptCode, USCRIPT_CODE_LIMIT> scripts = {};
  UErrorCode error = U_ZERO_ERROR;
  const int32_t count = uscript_getScriptExtensions(
      c, scripts.data(), static_cast<int32_t>(scripts.size()), &error);
  if (U_FAILURE(error)) std::abort();  // there are no more scripts than that
  return std::any_of(scripts.begin(), scripts.begin() + count, IsSingleScript);
}

CharClass ClassOf(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  const uint32_t category = U_GET_GC_MASK(c);
  const bool mark = (category & U_GC_M_MASK) != 0;
  const bool digit = (category & U_GC_N_MASK) != 0;
  const bool letter = (category & U_GC_L_MASK) != 0 || u_isUAlphabetic(c) != 0;
  if (!mark && !digit && !letter) {
    return (category & U_GC_CF_MASK) != 0 ? CharClass::kMark
                                          : CharClass::kOther;
  }
  if (IsOfSingleScript(c)) return CharClass::kSingle;
  if (mark) return CharClass::kMark;
  return digit ? CharClass::kDigit : CharClass::kLetter;
}

void AppendFolded(const icu::UnicodeString& text, std::u32string* out) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    out->push_back(Fold(static_cast<char32_t>(text.char32At(i))));
  }
}

void AppendNfkc(const icu::UnicodeString& source, std::u32string* out) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString result = Nfkc().normalize(source, error);
  if (U_FAILURE(error)) std::abort();  // out of memory is all that is left
  AppendFolded(result, out);
}

// An equivalent of `source` that ICU normalises in linear time: it puts marks
// in order by insertion, so that a long run of them out of order, which only
// an attacker writes, would take minutes.
icu::UnicodeString InCanonicalOrder(const icu::UnicodeString& source) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(error);
  std::vector<UChar32> decomposed;
  for (int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    const icu::UnicodeString folded =
        Nfkc().normalize(icu::UnicodeString(source.char32At(i)), error);
    if (U_FAILURE(error)) std::abort();
    const icu::UnicodeString parts = nfd->normalize(folded, error);
    if (U_FAILURE(error)) std::abort();
    for (int32_t j = 0; j < parts.length(); j = parts.moveIndex32(j, 1)) {
      decomposed.push_back(parts.char32At(j));
    }
  }
  const auto is_starter = [](UChar32 c) { return u_getCombiningClass(c) == 0; };
  const auto before = [](UChar32 a, UChar32 b) {
    return u_getCombiningClass(a) < u_getCombiningClass(b);
  };
  const auto end = decomposed.end();
  for (auto run = decomposed.begin(); run != end;) {
    run = std::find_if_not(run, end, is_starter);
    const auto next = std::find_if(run, end, is_starter);
    std::stable_sort(run, next, before);
    run = next;
  }
  return icu::UnicodeString::fromUTF32(decomposed.data(),
                                       static_cast<int32_t>(decomposed.size()));
}

// Those unified ideographs that Unicode 11 had in a row, and syllables of
// Hangul, which are so many that asking ICU for each takes a while. No newer
// Unicode may give them another normal form; tests compare all that is said of
// them with ICU.
bool IsUnifiedIdeograph(char32_t c) { return c >= 0x4E00 && c <= 0x9FEF; }
bool IsHangulSyllable(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }

CharInfo MakeInfo(char32_t code_point) {
  if (code_point == kZeroWidthSpace) return {U' ', CharClass::kOther, true};
  if (IsUnifiedIdeograph(code_point)) {
    return {code_point, CharClass::kSingle, true};
  }
  if (IsHangulSyllable(code_point)) {
    return {code_point, CharClass::kLetter, true};
  }
  const auto c = static_cast<UChar32>(code_point);
  char32_t normal = Fold(code_point);
  icu::UnicodeString parts;
  // Most are what they decompose to.
  if (Nfkc().getDecomposition(c, parts)) {
    std::u32string folded;
    AppendNfkc(icu::UnicodeString(c), &folded);
    normal = folded.size() == 1 ? folded[0] : CharInfo::kComplex;
  }
  return {normal, ClassOf(code_point), Nfkc().hasBoundaryBefore(c) != 0};
}

// What the normaliser need not think about where a hyphen may stand before or
// behind it.
bool IsPlainAscii(char32_t c) {
  const bool letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return c < 0x80 && !letter && c != U'-';
}

uint16_t FactsOf(char32_t code_point, const CharInfo& info) {
  static_assert(static_cast<int>(CharClass::kOther) + 1 == kFactOther);
  static_assert(static_cast<int>(CharClass::kLetter) + 1 == kFactLetter);
  static_assert(static_cast<int>(CharClass::kDigit) + 1 == kFactDigit);
  static_assert(static_cast<int>(CharClass::kMark) + 1 == kFactMark);
  static_assert(static_cast<int>(CharClass::kSingle) + 1 == kFactSingle);
  // What stands for one in UTF-8 is ill-formed.
  if (U_IS_SURROGATE(code_point)) return 0;
  int facts = static_cast<int>(info.char_class) + 1;
  if (info.boundary_before && info.normal == code_point) {
    facts |= kFactInert;
  } else if (info.boundary_before && IsPlainAscii(info.normal)) {
    facts |= kFactAscii | static_cast<int>(info.normal) << kFactAsciiShift;
  }
  return static_cast<uint16_t>(facts);
}

}  // namespace

namespace unicode_internal {

// Pages live as long as the process, and their number is bounded by Unicode's
// size.
constinit std::array<std::atomic<const Page*>, 0x110000 / kPageSize> pages{};
constinit std::array<uint16_t, kFactCount> facts{};

const Page* MakePage(size_t number) {
  auto made = std::make_unique<Page>();
  for (size_t i = 0; i < kPageSize; ++i) {
    (*made)[i] = MakeInfo(static_cast<char32_t>(number * kPageSize + i));
  }
  for (size_t i = 0; i < kPageSize; ++i) {
    const size_t code_point = number * kPageSize + i;
    if (code_point >= 0x10000) break;
    std::atomic_ref<uint16_t>(facts[code_point])
        .store(FactsOf(static_cast<char32_t>(code_point), (*made)[i]),
               std::memory_order_relaxed);
  }
  // Two threads may make the same page; one is dropped.
  const Page* page = nullptr;
  if (pages[number].compare_exchange_strong(page, made.get(),
                                            std::memory_order_acq_rel)) {
    page = made.release();
  }
  return page;
}

}  // namespace unicode_internal

void NormalizeSegment(std::u32string_view segment, std::u32string* out) {
  icu::UnicodeString source;
  for (const char32_t c : segment) {
    // NFKC_Casefold would drop it, and marks would reach what is before it.
    source.append(static_cast<UChar32>(c == kZeroWidthSpace ? U' ' : c));
  }
  if (segment.size() > kLongSegment) source = InCanonicalOrder(source);
  AppendNfkc(source, out);
}

}  // namespace wirecopy
