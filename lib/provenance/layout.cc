#include "provenance/layout.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "text/utf8.h"

namespace wirecopy {
namespace {

// What may stand between a border and the first or last word there. More than
// so many bytes of it are a drawing.
constexpr std::u32string_view kPassed =
    U" \t\r\u00A0\u3000>|\"'([*-_:,)]}#“”„‘’«»‹›「」『』（）–—•";
constexpr std::u32string_view kSentenceEnds = U".!?…。！？؟।";
constexpr size_t kMostPassed = 60;
// And so many are a few words.
constexpr size_t kFewWords = 80;

bool IsIn(std::u32string_view set, char32_t character) {
  return set.find(character) != std::u32string_view::npos;
}

// What was seen on the way from a place to a border.
struct Seen {
  bool sentence_end = false;
  int line_breaks = 0;
  bool text_border = false;
};

Border BorderOf(const Seen& seen) {
  if (seen.text_border) return Border::kText;
  if (seen.line_breaks > 1) return Border::kParagraph;
  if (seen.sentence_end) return Border::kSentence;
  return seen.line_breaks == 1 ? Border::kLine : Border::kAmidSentence;
}

// False where the character is none that is passed over.
bool See(char32_t character, Seen* seen) {
  if (character == U'\n') {
    ++seen->line_breaks;
  } else if (IsIn(kSentenceEnds, character)) {
    seen->sentence_end = true;
  } else {
    return IsIn(kPassed, character);
  }
  return true;
}

// Where a text has no broken lines, each is a paragraph.
Border Refine(const TextProfile& profile, Seen seen) {
  if (!profile.has_broken_lines) seen.line_breaks *= 2;
  return BorderOf(seen);
}

}  // namespace

uint32_t Layout::CountUnmatched(std::span<const uint32_t> places) const {
  uint32_t count = 0;
  for (const ByteSpan& span : unmatched) {
    count += CountIn(places, span.begin, span.end);
  }
  return count;
}

bool Layout::IsUnmatched(size_t place) const {
  const auto next = std::upper_bound(
      matched.begin(), matched.end(), place,
      [](size_t at, const ByteSpan& span) { return at < span.end; });
  return next == matched.end() || place < next->begin;
}

Layout LayOut(std::span<const EvidencePassage> passages, PairSide side,
              size_t text_size) {
  Layout layout;
  layout.passages.reserve(passages.size());
  for (const EvidencePassage& passage : passages) {
    if (passage.kind == PassageKind::kSelf) continue;
    layout.passages.push_back(
        {SpanOn(side, passage), SpanOn(Other(side), passage)});
  }
  std::sort(layout.passages.begin(), layout.passages.end(),
            [](const PassagePlace& x, const PassagePlace& y) {
              return std::tie(x.here.begin, x.here.end, x.there.begin) <
                     std::tie(y.here.begin, y.here.end, y.there.begin);
            });
  layout.matched.reserve(layout.passages.size());
  for (const PassagePlace& place : layout.passages) {
    if (!layout.matched.empty() &&
        place.here.begin <= layout.matched.back().end) {
      layout.matched.back().end =
          std::max(layout.matched.back().end, place.here.end);
    } else {
      layout.matched.push_back(place.here);
    }
  }
  size_t end = 0;
  layout.unmatched.reserve(layout.matched.size() + 1);
  for (const ByteSpan& span : layout.matched) {
    layout.unmatched.push_back({end, span.begin});
    end = span.end;
  }
  layout.unmatched.push_back({end, text_size});
  return layout;
}

Border BorderBefore(const TextProfile& profile, size_t place) {
  Seen seen;
  size_t at = place;
  while (place - at < kMostPassed) {
    if (at == 0) {
      seen.text_border = true;
      break;
    }
    at = PreviousChar(profile.text, at);
    const char32_t character = DecodeUtf8(profile.text, at).code_point;
    if (!See(character, &seen) || seen.line_breaks > 1) break;
  }
  return Refine(profile, seen);
}

Border BorderBehind(const TextProfile& profile, size_t place) {
  Seen seen;
  // The passage may hold its full stop.
  if (place > 0) {
    const size_t last = PreviousChar(profile.text, place);
    See(DecodeUtf8(profile.text, last).code_point, &seen);
    seen.line_breaks = 0;
  }
  if (place >= profile.end) seen.text_border = true;
  for (size_t at = place; at - place < kMostPassed;) {
    if (at >= profile.text.size()) {
      seen.text_border = true;
      break;
    }
    const DecodedChar c = DecodeUtf8(profile.text, at);
    if (!See(c.code_point, &seen) || seen.line_breaks > 1) break;
    at += c.length;
  }
  return Refine(profile, seen);
}

bool BeginsNear(const TextProfile& profile, size_t place) {
  if (place <= kFewWords) return true;
  const std::string_view near =
      profile.text.substr(place - kFewWords, kFewWords);
  return near.find(profile.ParagraphBreak()) != std::string_view::npos;
}

bool EndsNear(const TextProfile& profile, size_t place) {
  if (place + kFewWords >= profile.end) return true;
  const std::string_view near = profile.text.substr(place, kFewWords);
  return near.find(profile.ParagraphBreak()) != std::string_view::npos;
}

}  // namespace wirecopy
