#include "provenance/text_profile.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "passage/quotation.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

// Words of English, French, German, Spanish, Italian and Portuguese.
constexpr std::string_view kAddressing =
    "you your you're yours yourself you've you'll you'd vous votre vos toi "
    "dir dich usted ustedes vostro voi você vocês";
constexpr std::string_view kFirstPerson = "my me je j'ai moi ich mein yo meu";
// That are others in capitals or in small letters. "Sie" amid a sentence speaks
// to somebody, "sie" is she or they; "I" is oneself, "i" Italian for "the".
constexpr std::string_view kCapitalAddressing = "Sie Ihr Ihnen";
constexpr std::string_view kCapitalFirstPerson = "I I'm I've I'd I'll";
// And "eu" is Portuguese for "I", "EU" a union; "Mir" a station, "Mon" a day.
constexpr std::string_view kSmallFirstPerson = "mir mich mon mi io eu";
// What answers, thanks, agrees or does not.
constexpr std::string_view kOpenings =
    "yes no yep nope well but since sorry agree agreed disagree wrong right "
    "true false exactly actually thanks thank sure not remember what why how "
    "where who's hmm oh oui non merci mais ja nein danke aber sí gracias pero";

enum WordKind : uint8_t {
  kAddress = 1,
  kSelf = 2,
  kOpening = 4,
  // As it must be written.
  kCapital = 8,
  kCapitalAmid = 16,  // and not at a sentence's beginning
  kSmall = 32,
};

// The table of the words above.
const absl::flat_hash_map<TokenCode, uint8_t>& WordKinds() {
  static const auto* const kinds = [] {
    auto* made = new absl::flat_hash_map<TokenCode, uint8_t>();
    const std::pair<std::string_view, int> lists[] = {
        {kAddressing, kAddress},
        {kFirstPerson, kSelf},
        {kCapitalAddressing, kAddress | kCapitalAmid},
        {kCapitalFirstPerson, kSelf | kCapital},
        {kSmallFirstPerson, kSelf | kSmall},
        {kOpenings, kOpening}};
    TokenText words;
    for (const auto& [list, kind] : lists) {
      words.Read(list, kProfileSeed);
      for (const TokenCode code : words.codes()) {
        (*made)[code] |= static_cast<uint8_t>(kind);
      }
    }
    return made;
  }();
  return *kinds;
}

// A name of two letters is as often a word.
constexpr size_t kLeastName = 3;

bool MayBeName(std::string_view text, const ProfileWord& word) {
  if (word.end - word.begin < kLeastName) return false;
  if (word.end < text.size() && text[word.end] == '@') return true;
  if (!absl::ascii_isupper(static_cast<unsigned char>(text[word.begin]))) {
    return false;
  }
  return !absl::ascii_isupper(static_cast<unsigned char>(text[word.begin + 1]));
}

// Whether a sentence begins at this place, perhaps behind an opening mark.
bool BeginsSentence(std::string_view text, size_t at) {
  constexpr std::string_view kPassed[] = {" ", "\"", "“", "„", "«", "»", "\r"};
  std::string_view before = text.substr(0, at);
  for (bool passes = true; passes;) {
    passes = false;
    for (const std::string_view mark : kPassed) {
      if (!before.ends_with(mark)) continue;
      before.remove_suffix(mark.size());
      passes = true;
    }
  }
  return before.empty() || std::string_view(".!?:\n").find(before.back()) !=
                               std::string_view::npos;
}

// Whether a word of these kinds is written as it must be.
bool IsWrittenSo(std::string_view text, const ProfileWord& word, int kinds) {
  const auto letter = [&](uint32_t at) {
    return static_cast<unsigned char>(at < word.end ? text[at] : ' ');
  };
  const bool is_capital = absl::ascii_isupper(letter(word.begin));
  if (kinds & kSmall) return !is_capital;
  if (kinds & kCapital) return is_capital;
  // Headlines in capitals tell nothing.
  return !(kinds & kCapitalAmid) ||
         (is_capital && !absl::ascii_isupper(letter(word.begin + 1)) &&
          !BeginsSentence(text, word.begin));
}

void ReadWords(TextProfile* profile) {
  TokenText tokens;
  tokens.ReadWithPlaces(profile->text, kProfileSeed);
  const auto& kinds = WordKinds();
  profile->words.reserve(tokens.codes().size());
  for (uint32_t i = 0; i < tokens.codes().size(); ++i) {
    const ByteSpan place = tokens.Place({i, i + 1});
    const ProfileWord word{tokens.codes()[i],
                           static_cast<uint32_t>(place.begin),
                           static_cast<uint32_t>(place.end)};
    profile->words.push_back(word);
    if (const auto kind = kinds.find(word.code);
        kind != kinds.end() && IsWrittenSo(profile->text, word, kind->second)) {
      if (kind->second & kAddress) profile->addressing.push_back(word.begin);
      if (kind->second & kSelf) profile->first_person.push_back(word.begin);
      if (kind->second & kOpening) profile->openings.push_back(word.begin);
    }
    if (MayBeName(profile->text, word)) {
      profile->names.push_back({word.code, word.begin});
    }
  }
  if (!profile->words.empty()) profile->end = profile->words.back().end;
  profile->sorted_codes.assign(tokens.codes().begin(), tokens.codes().end());
  std::sort(profile->sorted_codes.begin(), profile->sorted_codes.end());
  std::sort(profile->names.begin(), profile->names.end(),
            [](const NameWord& x, const NameWord& y) {
              return std::pair(x.code, x.begin) < std::pair(y.code, y.begin);
            });
}

constexpr std::string_view kBlank = " \t\r";

// Of "> > so", 2. What lies deeper than the most is as deep.
uint8_t QuoteDepth(std::string_view line) {
  constexpr uint8_t kMost = 20;
  uint8_t depth = 0;
  for (const char c : line) {
    if (c == '>' && depth < kMost) ++depth;
    if (c != '>' && c != ' ' && c != '\t') break;
  }
  return depth;
}

void ReadLines(TextProfile* profile) {
  const std::string_view text = profile->text;
  for (size_t begin = 0; begin < text.size();) {
    const size_t line_break = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, line_break - begin);
    const size_t last = line.find_last_not_of(kBlank);
    ProfileLine read;
    read.begin = static_cast<uint32_t>(begin);
    read.end = read.begin;
    if (last != std::string_view::npos) {
      read.end += static_cast<uint32_t>(last + 1);
      read.indented = line[0] == ' ' || line[0] == '\t';
      read.quote_depth = QuoteDepth(line);
    }
    profile->lines.push_back(read);
    begin = line_break + 1;
  }
}

// "...", "[deleted]" and "<stuff omitted>", which stand for what was left out.
void FindElisions(TextProfile* profile) {
  constexpr size_t kMostBracketed = 40;
  constexpr std::string_view kWords[] = {"delet", "snip", "omit", "cut", ".."};
  const std::string_view text = profile->text;
  for (size_t at = text.find_first_of(".[<"); at != std::string_view::npos;
       at = text.find_first_of(".[<", at)) {
    size_t end = at + 1;
    if (text[at] == '.') {
      end = std::min(text.find_first_not_of('.', at), text.size());
      if (end - at >= 3) {
        profile->elisions.push_back(static_cast<uint32_t>(at));
      }
    } else {
      const char closing = text[at] == '[' ? ']' : '>';
      const size_t close = text.substr(at, kMostBracketed).find(closing);
      if (close != std::string_view::npos) {
        const auto inner =
            absl::AsciiStrToLower(std::string(text.substr(at, close)));
        const bool elided = std::any_of(
            std::begin(kWords), std::end(kWords),
            [&](auto word) { return inner.find(word) != std::string::npos; });
        if (elided) profile->elisions.push_back(static_cast<uint32_t>(at));
        if (elided) end = at + close + 1;
      }
    }
    at = end;
  }
}

// --- signatures --------------------------------------------------------------

// So many lines from the end are looked at for the rule above a signature; and
// a last paragraph without one is no longer than the second.
constexpr size_t kMostSignature = 13;
constexpr size_t kMostSignOff = 5;
constexpr uint32_t kLongestName = 40;

bool IsRule(std::string_view line) {
  line = line.substr(std::min(line.find_first_not_of(kBlank), line.size()));
  constexpr std::string_view kRules[] = {"--", "__", "==", "**", "-=", "~~"};
  return std::any_of(
      std::begin(kRules), std::end(kRules),
      [&](std::string_view rule) { return line.substr(0, 2) == rule; });
}

std::string_view TextOf(const TextProfile& profile, const ProfileLine& line) {
  return profile.text.substr(line.begin, line.width());
}

// Where the last paragraph begins, if it is but a name or holds an address.
uint32_t FindSignOff(const TextProfile& profile, size_t last) {
  size_t first = last;
  while (first > 0 && !profile.lines[first].IsBlank()) --first;
  if (first == 0 || last - first > kMostSignOff) return profile.end;
  const uint32_t begin = profile.lines[first + 1].begin;
  const std::string_view closing =
      profile.text.substr(begin, profile.lines[last].end - begin);
  const bool is_name =
      closing.size() <= kLongestName &&
      std::string_view(".!?").find(closing.back()) == std::string_view::npos;
  const bool is_one = is_name || closing.find('@') != std::string_view::npos;
  return is_one ? begin : profile.end;
}

void FindSignature(TextProfile* profile) {
  const auto& lines = profile->lines;
  profile->signature = profile->end;
  size_t last = lines.size();
  while (last > 0 && lines[last - 1].IsBlank()) --last;
  if (last == 0) return;
  bool has_rule = false;
  for (size_t i = 0; i < std::min(last, kMostSignature); ++i) {
    const ProfileLine& line = lines[last - 1 - i];
    if (!IsRule(TextOf(*profile, line))) continue;
    profile->signature = std::min(line.begin, profile->end);
    has_rule = true;
  }
  if (!has_rule) profile->signature = FindSignOff(*profile, last - 1);
}

// The names in the first two of its lines that hold words.
void FindSigners(TextProfile* profile) {
  uint32_t end = profile->signature;
  int named = 0;
  for (const ProfileLine& line : profile->lines) {
    if (line.begin < profile->signature) continue;
    if (profile->WordsIn(line.begin, line.end) == 0) continue;
    if (++named > 2) break;
    end = line.end;
  }
  for (const NameWord& name : profile->names) {
    const bool is_address = name.begin >= end;  // of the lines that follow
    if (name.begin < profile->signature) continue;
    if (is_address && !absl::ascii_islower(static_cast<unsigned char>(
                          profile->text[name.begin]))) {
      continue;
    }
    if (profile->signers.empty() || profile->signers.back() != name.code) {
      profile->signers.push_back(name.code);
    }
  }
}

// --- letters and articles ----------------------------------------------------

// No lines that were broken to a width are longer.
constexpr uint32_t kLongestBrokenLine = 180;

bool HasBrokenLines(const TextProfile& profile) {
  bool broken = false;
  for (size_t i = 0; i < profile.lines.size(); ++i) {
    if (profile.lines[i].width() > kLongestBrokenLine) return false;
    broken |=
        i > 0 && !profile.lines[i].IsBlank() && !profile.lines[i - 1].IsBlank();
  }
  return broken;
}

bool IsPost(const TextProfile& profile) {
  for (const ProfileLine& line : profile.lines) {
    if (line.quote_depth > 0) return true;
  }
  if (!profile.has_broken_lines) return false;
  if (profile.text.find('@') != std::string_view::npos) return true;
  std::vector<ByteSpan> quotations;
  FindQuotations(profile.text, &quotations);
  size_t spoken = profile.addressing.size() + profile.first_person.size();
  for (const ByteSpan& span : quotations) {
    spoken -= CountIn(profile.addressing, span.begin, span.end);
    spoken -= CountIn(profile.first_person, span.begin, span.end);
  }
  return spoken > 0;
}

}  // namespace

uint32_t CountIn(std::span<const uint32_t> places, size_t begin, size_t end) {
  if (begin >= end) return 0;
  const auto first = std::lower_bound(places.begin(), places.end(), begin);
  return static_cast<uint32_t>(std::lower_bound(first, places.end(), end) -
                               first);
}

uint32_t TextProfile::WordsIn(size_t from, size_t to) const {
  if (from >= to) return 0;
  const auto before = [](const ProfileWord& word, size_t place) {
    return word.begin < place;
  };
  const auto first = std::lower_bound(words.begin(), words.end(), from, before);
  return static_cast<uint32_t>(
      std::lower_bound(first, words.end(), to, before) - first);
}

TextProfile ReadTextProfile(std::string_view text) {
  TextProfile profile;
  if (text.size() > std::numeric_limits<uint32_t>::max()) return profile;
  profile.text = text;
  ReadWords(&profile);
  ReadLines(&profile);
  FindElisions(&profile);
  FindSignature(&profile);
  FindSigners(&profile);
  profile.has_broken_lines = HasBrokenLines(profile);
  profile.is_post = IsPost(profile);
  return profile;
}

}  // namespace wirecopy
