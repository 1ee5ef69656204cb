#include "passage/borders.h"

#include <algorithm>

#include "text/utf8.h"

namespace wirecopy {
namespace {

constexpr std::u32string_view kOpening = U"\"'([{¿¡「『【〈《";
constexpr std::u32string_view kClosing = U".,;:!?\"')]}%。、」』】〉》؟،؛।";
constexpr std::u32string_view kQuotes = U"\"'「」『』";

// In the original: what ends a sentence, and what may stand between that and
// the next one's first word, or between its last word and that. Marks of mail
// that is quoted, lists and emphasis count, commas before a word do not.
constexpr std::u32string_view kSentenceEnds = U".!?;…。！？；।؟؛";
constexpr std::u32string_view kPassedBefore =
    U" \t\u00A0\u3000>|\"'([*<-_=#“”„‘’‚«»‹›「『（—–•¿¡";
constexpr std::u32string_view kPassedBehind =
    U" \t\u00A0\u3000,>\"')]*-_=#“”‘’«»‹›」』）—–";

// More than this many of them are a rule or a drawing, and looked through no
// further.
constexpr size_t kMostPassed = 200;

bool IsIn(std::u32string_view set, char32_t character) {
  return set.find(character) != std::u32string_view::npos;
}

// A mark's number among those of `set`, from 1; 0 where it is none of them.
uint8_t NumberIn(std::u32string_view set, char32_t character) {
  const size_t place = set.find(character);
  return place == set.npos ? 0 : static_cast<uint8_t>(place + 1);
}

bool IsLineBreak(char32_t character) {
  return IsIn(U"\n\r\u0085\u2028\u2029", character);
}

Marks MarksBefore(const TokenText& text, size_t in_normal, size_t original) {
  Marks marks;
  size_t at = in_normal;
  for (size_t i = 0; i < Marks::kMost && at > 0; ++i) {
    const size_t begin = PreviousChar(text.normal(), at);
    const uint8_t character =
        NumberIn(kOpening, DecodeUtf8(text.normal(), begin).code_point);
    if (character == 0) break;
    const ByteSpan mark = text.Original({begin, at});
    if (mark.end < original) break;  // something invisible lies between
    marks.characters[i] = character;
    // One character of the original may have made several marks.
    const size_t bytes = original - std::min(original, mark.begin);
    marks.bytes[i] = static_cast<uint32_t>(bytes);
    original -= bytes;
    at = begin;
  }
  return marks;
}

Marks MarksAfter(const TokenText& text, size_t in_normal, size_t original) {
  Marks marks;
  size_t at = in_normal;
  for (size_t i = 0; i < Marks::kMost && at < text.normal().size(); ++i) {
    const DecodedChar decoded = DecodeUtf8(text.normal(), at);
    const uint8_t character = NumberIn(kClosing, decoded.code_point);
    if (character == 0) break;
    const ByteSpan mark = text.Original({at, at + decoded.length});
    if (mark.begin > original) break;
    marks.characters[i] = character;
    const size_t bytes = std::max(original, mark.end) - original;
    marks.bytes[i] = static_cast<uint32_t>(bytes);
    original += bytes;
    at += decoded.length;
  }
  return marks;
}

Surroundings LookBehind(std::string_view text, size_t begin) {
  Surroundings found;
  for (size_t at = begin; begin - at < kMostPassed;) {
    if (at == 0) {
      found.line_border = true;
      return found;
    }
    at = PreviousChar(text, at);
    const char32_t character = DecodeUtf8(text, at).code_point;
    if (IsLineBreak(character)) {
      found.line_border = true;
    } else if (character == U':' || character == U'：') {
      found.colon = true;
      found.sentence_border = true;
      return found;
    } else if (IsIn(kSentenceEnds, character)) {
      found.sentence_border = true;
      return found;
    } else if (!IsIn(kPassedBefore, character)) {
      return found;
    }
  }
  return found;
}

Surroundings LookAhead(std::string_view text, size_t end) {
  Surroundings found;
  for (size_t at = end; at < text.size();) {
    if (at - end > kMostPassed) return found;
    const DecodedChar decoded = DecodeUtf8(text, at);
    if (IsLineBreak(decoded.code_point)) {
      found.line_border = true;
      return found;
    }
    if (decoded.code_point == U':' || IsIn(kSentenceEnds, decoded.code_point)) {
      found.sentence_border = true;
    } else if (!IsIn(kPassedBehind, decoded.code_point)) {
      return found;
    }
    at += decoded.length;
  }
  found.line_border = true;
  return found;
}

// How many marks of `set`, from the nearest on, both sides have.
size_t Shared(std::u32string_view set, const Marks& a, const Marks& b,
              bool is_quoted) {
  size_t count = 0;
  while (count < Marks::kMost && a.characters[count] != 0 &&
         a.characters[count] == b.characters[count] &&
         !(is_quoted && IsIn(kQuotes, set[a.characters[count] - 1U]))) {
    ++count;
  }
  return count;
}

size_t Bytes(const Marks& marks, size_t count) {
  size_t bytes = 0;
  for (size_t i = 0; i < count; ++i) bytes += marks.bytes[i];
  return bytes;
}

ByteSpan Widen(const PassageSide& side, size_t before, size_t after) {
  return {side.core.begin - Bytes(side.before, before),
          side.core.end + Bytes(side.after, after)};
}

}  // namespace

void SideReader::Read(std::string_view text) {
  text_ = text;
  tokens_.ReadWithPlaces(text, seed_);
  quotation_finder_.Find(text, &spans_);
  quotations_.clear();
  for (const ByteSpan& span : spans_) {
    quotations_.push_back(
        {tokens_.TokenAt(span.begin), tokens_.TokenAt(span.end)});
  }
}

PassageSide SideReader::Describe(TokenSpan tokens) const {
  const ByteSpan in_normal = tokens_.InNormal(tokens);
  PassageSide side;
  side.core = tokens_.Original(in_normal);
  side.before = MarksBefore(tokens_, in_normal.begin, side.core.begin);
  side.after = MarksAfter(tokens_, in_normal.end, side.core.end);
  side.behind = LookBehind(text_, side.core.begin);
  side.ahead = LookAhead(text_, side.core.end);
  side.cues = FindCues(tokens, side.core);
  side.letters = Letters(tokens);
  side.quoted = Quoted(tokens);
  side.share = static_cast<float>(tokens.size()) /
               static_cast<float>(tokens_.codes().size());
  return side;
}

uint32_t SideReader::Letters(TokenSpan tokens) const {
  constexpr uint32_t kLettersOfSingle = 5;
  const ByteSpan span = tokens_.InNormal(tokens);
  auto letters = static_cast<uint32_t>(CountCodePoints(
      tokens_.normal().substr(span.begin, span.end - span.begin)));
  for (uint32_t i = tokens.begin; i < tokens.end; ++i) {
    if (IsSingle(tokens_.codes()[i])) letters += kLettersOfSingle - 1;
  }
  return letters;
}

Cues SideReader::FindCues(TokenSpan tokens, ByteSpan core) const {
  constexpr uint32_t kTokensBeside = 8;
  constexpr size_t kBytesBefore = 60;
  Cues cues;
  const auto codes = tokens_.codes();
  const auto end = static_cast<uint32_t>(
      std::min<size_t>(codes.size(), tokens.end + kTokensBeside));
  for (uint32_t i = tokens.begin - std::min(tokens.begin, kTokensBeside);
       i < end; ++i) {
    const CueWords::Hint hint = cue_words_.Of(codes[i]);
    cues.speech |= hint == CueWords::Hint::kSpeech;
    cues.rights |=
        hint == CueWords::Hint::kRights && i >= tokens.begin && i < tokens.end;
  }
  const size_t before = core.begin - std::min(core.begin, kBytesBefore);
  cues.handle = text_.substr(before, core.begin - before).find('@') !=
                std::string_view::npos;
  return cues;
}

uint32_t SideReader::Quoted(TokenSpan tokens) const {
  const auto first = std::partition_point(
      quotations_.begin(), quotations_.end(),
      [&tokens](TokenSpan span) { return span.end <= tokens.begin; });
  uint32_t quoted = 0;
  for (auto i = first; i != quotations_.end() && i->begin < tokens.end; ++i) {
    quoted += std::min(i->end, tokens.end) - std::max(i->begin, tokens.begin);
  }
  return quoted;
}

std::pair<ByteSpan, ByteSpan> JoinSides(const PassageSide& a,
                                        const PassageSide& b, bool is_quoted) {
  const size_t before = Shared(kOpening, a.before, b.before, is_quoted);
  const size_t after = Shared(kClosing, a.after, b.after, is_quoted);
  return {Widen(a, before, after), Widen(b, before, after)};
}

}  // namespace wirecopy
