#include "passage/quotation_marks.h"

#include <unicode/uchar.h>

#include <array>

#include "text/unicode.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

// What stands beside a mark.
enum class Side : uint8_t {
  kSpace,    // or the end of the text
  kOpening,  // what goes in front of a word: brackets, dashes
  kClosing,  // what goes behind one
  kDigit,
  kLetter,
  kHebrew,
  kUnspaced,  // scripts that do not put spaces between words
  kOther,
};

struct Neighbour {
  char32_t code_point = 0;  // 0: the end of the text
  Side side = Side::kSpace;
};

struct Context {
  Neighbour before;
  Neighbour behind;
};

bool IsHebrew(char32_t c) { return c >= 0x0590 && c <= 0x05F2; }

Side SideOfPunctuation(char32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case '/':
    case '*':
    case '_':
    case 0x2026:            // ellipsis
      return Side::kOther;  // go in front as well as behind
    case 0x00BF:            // inverted question mark
    case 0x00A1:            // inverted exclamation mark
    case '>':
    case '=':
      return Side::kOpening;
    case '<':
    case 0x2019:
    case 0x201D:
      return Side::kClosing;
    default:
      break;
  }
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_START_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_DASH_PUNCTUATION:
      return Side::kOpening;
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
      return Side::kClosing;
    default:
      return Side::kOther;
  }
}

Side SideOf(char32_t c) {
  if (u_isUWhiteSpace(static_cast<UChar32>(c)) || c < 0x20) {
    return Side::kSpace;
  }
  if (IsHebrew(c)) return Side::kHebrew;
  switch (InfoOf(c).char_class) {
    case CharClass::kLetter:
    case CharClass::kMark:
      return Side::kLetter;
    case CharClass::kDigit:
      return Side::kDigit;
    case CharClass::kSingle:
      return Side::kUnspaced;
    case CharClass::kOther:
      break;
  }
  const auto type = u_charType(static_cast<UChar32>(c));
  if (type == U_OTHER_NUMBER) return Side::kDigit;  // 10 1/2 in one character
  return SideOfPunctuation(c);
}

// Direction marks and joiners are seen through.
bool IsInvisible(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR;
}

Neighbour Before(std::string_view utf8, size_t end) {
  while (end > 0) {
    size_t begin = end - 1;
    while (begin > 0 && end - begin < 4 &&
           IsContinuation(static_cast<unsigned char>(utf8[begin]))) {
      --begin;
    }
    const DecodedChar c = DecodeUtf8(utf8, begin);
    if (!c.valid || begin + c.length != end) {
      return {kReplacement, Side::kOther};
    }
    if (!IsInvisible(c.code_point)) return {c.code_point, SideOf(c.code_point)};
    end = begin;
  }
  return {};
}

Neighbour Behind(std::string_view utf8, size_t begin) {
  while (begin < utf8.size()) {
    const DecodedChar c = DecodeUtf8(utf8, begin);
    if (!IsInvisible(c.code_point)) return {c.code_point, SideOf(c.code_point)};
    begin += c.length;
  }
  return {};
}

bool IsSpace(const Neighbour& n) { return n.side == Side::kSpace; }

bool OpensClearly(const Context& at) {
  if (IsSpace(at.behind)) return false;
  if (IsSpace(at.before)) return true;
  return at.before.side == Side::kOpening && at.behind.side != Side::kClosing;
}

bool ClosesClearly(const Context& at) {
  if (IsSpace(at.before)) return false;
  if (IsSpace(at.behind)) return true;
  return at.behind.side == Side::kClosing && at.before.side != Side::kOpening;
}

bool InAWord(const Context& at) {
  const auto letter = [](Side side) {
    return side == Side::kLetter || side == Side::kHebrew ||
           side == Side::kDigit;
  };
  return letter(at.before.side) && letter(at.behind.side);
}

// The role of a mark that looks the same on both ends, of no role where it is
// part of a Hebrew abbreviation.
std::optional<MarkRole> RoleByContext(const Context& at) {
  if (at.before.side == Side::kHebrew && at.behind.side == Side::kHebrew) {
    return std::nullopt;
  }
  if (OpensClearly(at)) return MarkRole::kOpens;
  if (at.before.side == Side::kDigit) return MarkRole::kMayBeOther;
  // Between two letters someone forgot a space, behind the mark rather than
  // in front: where nothing is open, nothing should be.
  if (ClosesClearly(at) || InAWord(at)) return MarkRole::kCloses;
  return MarkRole::kEither;
}

struct Meaning {
  MarkRole role;
  QuoteKind opens;
  QuoteKinds closes;
};

constexpr QuoteKinds kCurlyOrLow = In(QuoteKind::kCurly) | In(QuoteKind::kLow);

std::optional<Meaning> MeaningOfSymmetric(QuoteKind kind, QuoteKinds closes,
                                          const Context& at) {
  const auto role = RoleByContext(at);
  if (!role) return std::nullopt;
  return Meaning{*role, kind, closes};
}

// U+201C opens in most languages and closes in German.
Meaning MeaningOfLeftCurly(const Context& at) {
  MarkRole role = MarkRole::kEither;
  if (OpensClearly(at)) role = MarkRole::kOpens;
  if (ClosesClearly(at)) role = MarkRole::kCloses;
  return {role, QuoteKind::kCurly, In(QuoteKind::kLow)};
}

// U+201D closes in most languages and does both in Swedish. Where it stands as
// if to open, but something is open that it can close, a space is misplaced.
std::optional<Meaning> MeaningOfRightCurly(const Context& at) {
  const auto role = RoleByContext(at);
  if (!role) return std::nullopt;
  if (*role == MarkRole::kOpens) {
    return Meaning{MarkRole::kEither, QuoteKind::kRight, kCurlyOrLow};
  }
  return Meaning{*role, QuoteKind::kRight, kCurlyOrLow | In(QuoteKind::kRight)};
}

Meaning MeaningOfGuillemet(bool leads, const Context& at) {
  if (leads) {
    return {MarkRole::kOpens, QuoteKind::kGuillemet, 0};
  }
  const QuoteKinds leading = In(QuoteKind::kGuillemet);
  if (OpensClearly(at)) {
    return {MarkRole::kEither, QuoteKind::kTrailing, leading};
  }
  return {MarkRole::kCloses, QuoteKind::kNone,
          leading | In(QuoteKind::kTrailing)};
}

// 'em, 'til, 'tis, 'twas, '90s: an apostrophe that a machine turned round.
bool IsElision(std::string_view behind) {
  if (behind.empty()) return false;
  if (behind[0] >= '0' && behind[0] <= '9') return true;
  for (const std::string_view word : {"em", "n", "til", "tis", "twas"}) {
    if (behind.substr(0, word.size()) != word) continue;
    if (behind.size() == word.size()) return true;
    const char next = behind[word.size()];
    if (next == ' ' || next == ',' || next == '.' || next == '\xE2') {
      return true;
    }
  }
  return false;
}

std::optional<Meaning> MeaningOfSingle(char32_t c, const Context& at,
                                       std::string_view behind) {
  constexpr QuoteKinds kLow = In(QuoteKind::kLowSingle);
  if (c == 0x201A) {
    if (!OpensClearly(at)) return std::nullopt;
    return Meaning{MarkRole::kOpens, QuoteKind::kLowSingle, 0};
  }
  if (c == 0x2018 && OpensClearly(at)) {
    if (IsElision(behind)) return std::nullopt;
    return Meaning{MarkRole::kOpens, QuoteKind::kSingle, 0};
  }
  if (!ClosesClearly(at)) return std::nullopt;
  if (c == 0x2018) return Meaning{MarkRole::kCloses, QuoteKind::kNone, kLow};
  const bool possessive = IsSpace(at.behind) && (at.before.code_point == 's' ||
                                                 at.before.code_point == 'z');
  return Meaning{possessive ? MarkRole::kMayBeOther : MarkRole::kCloses,
                 QuoteKind::kNone, kLow | In(QuoteKind::kSingle)};
}

// Marks of which each can do one thing alone.
std::optional<Meaning> MeaningOfPlain(char32_t c) {
  const auto opening = [](QuoteKind kind) {
    return Meaning{MarkRole::kOpens, kind, 0};
  };
  const auto closing = [](QuoteKind kind) {
    return Meaning{MarkRole::kCloses, QuoteKind::kNone, In(kind)};
  };
  switch (c) {
    case 0x201E:
      return opening(QuoteKind::kLow);
    case 0x201F:
      return opening(QuoteKind::kCurly);
    case 0x300C:
    case 0xFE41:
    case 0xFF62:
      return opening(QuoteKind::kCorner);
    case 0x300D:
    case 0xFE42:
    case 0xFF63:
      return closing(QuoteKind::kCorner);
    case 0x300E:
    case 0xFE43:
      return opening(QuoteKind::kWhiteCorner);
    case 0x300F:
    case 0xFE44:
      return closing(QuoteKind::kWhiteCorner);
    case 0x301D:
      return opening(QuoteKind::kPrime);
    case 0x301E:
    case 0x301F:
      return closing(QuoteKind::kPrime);
    case 0x275D:
      return opening(QuoteKind::kOrnament);
    case 0x275E:
      return closing(QuoteKind::kOrnament);
    default:
      return std::nullopt;
  }
}

std::optional<Meaning> MeaningOf(char32_t c, const Context& at,
                                 std::string_view behind,
                                 const MarkHabits& habits) {
  switch (c) {
    case '"':
      // Closes what began with a German mark that the keyboard had.
      return MeaningOfSymmetric(QuoteKind::kStraight,
                                In(QuoteKind::kStraight) | In(QuoteKind::kLow),
                                at);
    case 0xFF02:
      return MeaningOfSymmetric(QuoteKind::kFullwidth,
                                In(QuoteKind::kFullwidth), at);
    case 0x05F4:
      return MeaningOfSymmetric(QuoteKind::kGershayim,
                                In(QuoteKind::kGershayim), at);
    case 0x201C:
      return MeaningOfLeftCurly(at);
    case 0x201D:
      return MeaningOfRightCurly(at);
    case 0x00AB:
    case 0x00BB:
      return MeaningOfGuillemet((c == 0x00AB) != habits.guillemets_reversed,
                                at);
    case 0x2039:
    case 0x203A:
      if ((c == 0x2039) != habits.guillemets_reversed) {
        return Meaning{MarkRole::kOpens, QuoteKind::kSingleGuillemet, 0};
      }
      return Meaning{MarkRole::kCloses, QuoteKind::kNone,
                     In(QuoteKind::kSingleGuillemet)};
    case 0x2018:
    case 0x2019:
    case 0x201A:
      return MeaningOfSingle(c, at, behind);
    default:
      return MeaningOfPlain(c);
  }
}

std::optional<QuoteMark> TexMarkAt(std::string_view utf8, size_t offset) {
  const char c = utf8[offset];
  const auto same = [&](size_t i) { return i < utf8.size() && utf8[i] == c; };
  // Two of them: three and more are a fence of Markdown.
  if (!same(offset + 1) || same(offset + 2)) return std::nullopt;
  if (offset > 0 && same(offset - 1)) return std::nullopt;
  if (c == '`') {
    return QuoteMark{offset, 2, MarkRole::kOpens, QuoteKind::kTex, 0};
  }
  return QuoteMark{offset, 2, MarkRole::kCloses, QuoteKind::kNone,
                   In(QuoteKind::kTex)};
}

constexpr std::array<bool, 256> MarkBytes() {
  std::array<bool, 256> bytes = {};
  for (const char first : {'"', '`', '\''}) {
    bytes[static_cast<unsigned char>(first)] = true;
  }
  for (const int lead : {0xC2, 0xD7, 0xE2, 0xE3, 0xEF}) {
    bytes[static_cast<size_t>(lead)] = true;
  }
  return bytes;
}

}  // namespace

size_t NextPossibleMark(std::string_view utf8, size_t offset, size_t end) {
  static constexpr std::array<bool, 256> kFirst = MarkBytes();
  while (offset < end && !kFirst[static_cast<unsigned char>(utf8[offset])]) {
    ++offset;
  }
  return offset;
}

std::optional<QuoteMark> MarkAt(std::string_view utf8, size_t offset,
                                const MarkHabits& habits) {
  if (utf8[offset] == '`' || utf8[offset] == '\'') {
    return TexMarkAt(utf8, offset);
  }
  const DecodedChar c = DecodeUtf8(utf8, offset);
  // Letters share lead bytes with marks; the neighbours are dear to look at.
  if (!c.valid || InfoOf(c.code_point).char_class != CharClass::kOther) {
    if (c.code_point != 0x05F4) return std::nullopt;
  }
  // Nothing else asks for its neighbours, which may be long runs of what nobody
  // sees, each of them with a lead byte of marks.
  constexpr std::u32string_view kContextual = U"\"\uFF02\u05F4“”«»‹›‘’‚";
  if (kContextual.find(c.code_point) == std::u32string_view::npos) {
    const auto plain = MeaningOfPlain(c.code_point);
    if (!plain) return std::nullopt;
    return QuoteMark{offset, c.length, plain->role, plain->opens,
                     plain->closes};
  }
  const size_t end = offset + c.length;
  const Context at = {Before(utf8, offset), Behind(utf8, end)};
  const auto meaning = MeaningOf(c.code_point, at, utf8.substr(end), habits);
  if (!meaning) return std::nullopt;
  return QuoteMark{offset, c.length, meaning->role, meaning->opens,
                   meaning->closes};
}

// Every guillemet that has a word on one side and not on the other has a vote.
// (French puts spaces on both, and no other order than the usual one.)
MarkHabits FindMarkHabits(std::string_view utf8) {
  int64_t reversed = 0;
  for (size_t i = utf8.find('\xC2'); i != std::string_view::npos;
       i = utf8.find('\xC2', i + 1)) {
    const DecodedChar c = DecodeUtf8(utf8, i);
    if (c.code_point != 0xAB && c.code_point != 0xBB) continue;
    const Side before = Before(utf8, i).side;
    const Side behind = Behind(utf8, i + c.length).side;
    const auto word = [](Side side) {
      return side == Side::kLetter || side == Side::kHebrew ||
             side == Side::kDigit;
    };
    const bool opens = before == Side::kSpace && word(behind);
    const bool closes = word(before) && !word(behind);
    if (opens == closes) continue;
    reversed += opens == (c.code_point == 0xBB) ? 1 : -1;
  }
  return {reversed > 0};
}

}  // namespace wirecopy
