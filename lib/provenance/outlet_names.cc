#include "provenance/outlet_names.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "provenance/german_names.h"
#include "provenance/word_set.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

// Words that names of outlets have, in the languages that are looked at.
constexpr std::string_view kOutletWords =
    "news newspaper times post gazette herald tribune courier ledger daily "
    "journal radio tv television chronicle observer press agency argus mail "
    "telegraph guardian echo examiner inquirer star sun mirror standard "
    "dispatch bulletin register sentinel beacon advertiser broadcasting wire "
    "weekly magazine review today reporter messenger monitor independent "
    "globe record bugle intelligencer clarion "
    "agence presse messager dépêche courrier écho figaro quotidien gazette "
    "républicain télévision matin "
    "zeitung nachrichten tagblatt tageblatt blatt bote boten kurier anzeiger "
    "rundfunk rundschau allgemeine morgenpost abendblatt presseagentur woche "
    "diario noticias periódico heraldo correo prensa agencia televisión voz "
    "jornal giornale corriere gazzetta agenzia";
// Alone they name nobody.
constexpr std::string_view kGenericWords =
    "news newspaper radio tv television press agency daily today journal "
    "presse agence zeitung nachrichten blatt diario noticias prensa agencia";
constexpr std::string_view kArticles = "the le la les der die das el los l";
// Written large at the beginning of a line, and no part of a name.
constexpr std::string_view kBylines = "by von par por copyright";
// Between two capitalised words of a name, also behind its "Gazette"; and of
// those only before that, for German sets the speaker's noun behind it.
constexpr std::string_view kJoining = "of the de du des la le les del los el";
constexpr std::string_view kConnectors =
    "of the and de du des la le les der die das von für del los el e y et und";
constexpr size_t kMostConnectors = 2;
// Arabic outlets follow one of these.
constexpr std::string_view kArabicNouns =
    "صحيفة لصحيفة الصحيفة جريدة لجريدة وكالة لوكالة قناة لقناة موقع لموقع "
    "إذاعة لإذاعة مجلة لمجلة";
// And end, at the latest, before one of these.
constexpr std::string_view kArabicStops =
    "أن إن في من على إلى عن يوم اليوم أمس قال وقال قالت وقالت الذي التي مع بعد "
    "قبل حول";
// The last characters of Chinese and Japanese names.
constexpr std::u32string_view kHanEnds = U"报報社网網台臺刊闻聞";
// After those that also begin a word, what tells that they do: 报道, 报告,
// 社会.
constexpr std::u32string_view kHanGoesOn = U"道導告会會名上络絡导警纸紙者";

constexpr size_t kMostWords = 7;
constexpr size_t kMostArabicWords = 2;
constexpr size_t kMostHan = 8;
constexpr size_t kLeastHan = 2;
constexpr size_t kMostAcronym = 5;

struct Words {
  WordSet outlet = MakeWordSet(kOutletWords);
  WordSet generic = MakeWordSet(kGenericWords);
  WordSet articles = MakeWordSet(kArticles);
  WordSet bylines = MakeWordSet(kBylines);
  WordSet joining = MakeWordSet(kJoining);
  WordSet connectors = MakeWordSet(kConnectors);
  WordSet arabic_nouns = MakeWordSet(kArabicNouns);
  WordSet arabic_stops = MakeWordSet(kArabicStops);
};

const Words& Known() {
  static const auto* const words = new Words();
  return *words;
}

bool IsUpper(std::string_view text, size_t at) {
  const auto c = static_cast<UChar32>(DecodeUtf8(text, at).code_point);
  return u_isUUppercase(c) != 0;
}

size_t ApostropheAt(std::string_view text, size_t at) {
  if (text.substr(at, 1) == "'") return 1;
  return text.substr(at, 3) == "\u2019" ? 3 : 0;
}

// A word without what an apostrophe joins to it: l'AFP, the CBC's.
ByteSpan CoreOf(std::string_view text, const ProfileWord& word) {
  ByteSpan core{word.begin, word.end};
  for (size_t letters = 1; letters <= 2; ++letters) {
    const size_t at = core.begin + letters;
    const size_t mark = at < core.end ? ApostropheAt(text, at) : 0;
    if (mark != 0 && at + mark < core.end && IsUpper(text, at + mark)) {
      core.begin = at + mark;
      break;
    }
  }
  if (core.end - core.begin > 2 && text[core.end - 1] == 's') {
    for (const size_t mark : {size_t{1}, size_t{3}}) {
      if (core.end < core.begin + mark + 2) continue;
      const size_t at = core.end - 1 - mark;
      if (ApostropheAt(text, at) == mark) {
        core.end = at;
        break;
      }
    }
  }
  return core;
}

bool IsAcronym(std::string_view word) {
  return word.size() >= 2 && word.size() <= kMostAcronym &&
         std::all_of(word.begin(), word.end(), [](char c) {
           return absl::ascii_isupper(static_cast<unsigned char>(c));
         });
}

void FillInitials(std::string_view written, const TextProfile& profile,
                  OutletName* name) {
  std::string initials;
  for (const ProfileWord& word : profile.words) {
    if (Known().connectors.contains(word.code)) continue;
    const DecodedChar c = DecodeUtf8(written, word.begin);
    initials += written.substr(word.begin, c.length);
  }
  if (name->words.size() >= 2) name->initials = CodeOfWord(initials);
}

// Of one word of a name, by which names are compared. Words that name nobody
// alone keep their own.
TokenCode CodeInName(std::string_view written, TokenCode code) {
  const std::string_view word = Uninflected(written);
  return word == written || Known().generic.contains(code) ? code
                                                           : CodeOfWord(word);
}

// Finds names in one text.
class Finder {
 public:
  Finder(const TextProfile& profile, const NameTable& table)
      : profile_(profile), table_(table) {
    cores_.reserve(profile.words.size());
    for (const ProfileWord& word : profile.words) {
      const ByteSpan core = CoreOf(profile.text, word);
      ProfileWord read = word;
      if (core != ByteSpan{word.begin, word.end}) {
        read.begin = static_cast<uint32_t>(core.begin);
        read.end = static_cast<uint32_t>(core.end);
        buffer_.Read(TextOf(read), kProfileSeed);
        read.code = buffer_.codes().empty() ? 0 : buffer_.codes().front();
      }
      cores_.push_back(read);
    }
  }

  std::vector<FoundName> Find() {
    for (size_t i = 0; i < cores_.size();) {
      const size_t next = FindAt(i);
      i = std::max(next, i + 1);
    }
    return std::move(found_);
  }

 private:
  std::string_view TextOf(const ProfileWord& word) const {
    return profile_.text.substr(word.begin, word.end - word.begin);
  }

  // What stands between two words that follow one another.
  std::string_view Between(size_t i) const {
    const size_t begin = cores_[i].end;
    return profile_.text.substr(
        begin, std::max<size_t>(cores_[i + 1].begin, begin) - begin);
  }

  // Whether word i + 1 may belong to the name that word i does.
  bool GoesOn(size_t i) const {
    if (i + 1 >= cores_.size()) return false;
    const std::string_view between = Between(i);
    return between == " " || between == "-" || between == " & " ||
           between == "\u00A0";
  }

  // Adds a name of words [first, last); returns `last`.
  size_t Add(size_t first, size_t last, bool is_telling) {
    FoundName found;
    while (last - first > 1 && Known().articles.contains(cores_[first].code)) {
      ++first;
    }
    found.first = static_cast<uint32_t>(first);
    found.last = static_cast<uint32_t>(last);
    found.begin = cores_[first].begin;
    found.end = cores_[last - 1].end;
    found.is_telling = is_telling;
    found.name.words.reserve(last - first);
    for (size_t i = first; i < last; ++i) {
      found.name.words.push_back(CodeInName(TextOf(cores_[i]), cores_[i].code));
    }
    found.name.is_acronym =
        last - first == 1 && IsAcronym(TextOf(cores_[first]));
    found.is_outlet = is_telling || found.name.is_acronym;
    found_.push_back(std::move(found));
    return last;
  }

  size_t FindAt(size_t i) {
    if (const auto match = table_.Find(profile_.text, cores_, i)) {
      // A name goes on: "Press Association" of a "Press Association Gazette" is
      // not meant; but who would know. The table wins.
      const size_t last = Add(i, i + match->words, true);
      found_.back().name.group = match->group;
      return last;
    }
    if (IsSingle(cores_[i].code)) return FindHan(i);
    if (Known().arabic_nouns.contains(cores_[i].code)) return FindArabic(i);
    if (const size_t last = FindDomain(i); last > i) return last;
    return IsUpper(profile_.text, cores_[i].begin) ? FindCapitalised(i) : i;
  }

  // Where a name goes on behind its first words [first, last): one past the
  // next capitalised word, or `last` where there is none.
  size_t NextCapital(size_t last, bool has_outlet_word) const {
    const WordSet& between =
        has_outlet_word ? Known().joining : Known().connectors;
    size_t at = last;
    for (size_t passed = 0; GoesOn(at - 1); ++passed, ++at) {
      if (IsUpper(profile_.text, cores_[at].begin)) {
        // The table has what comes as a name of its own.
        return table_.Find(profile_.text, cores_, at) ? last : at + 1;
      }
      if (passed == kMostConnectors || !between.contains(cores_[at].code)) {
        break;
      }
    }
    return last;
  }

  // Whether a line begins with this word.
  bool BeginsLine(size_t i) const {
    return i == 0 || Between(i - 1).find('\n') != std::string_view::npos;
  }

  size_t FindCapitalised(size_t first) {
    if (Known().bylines.contains(cores_[first].code) && BeginsLine(first)) {
      return first;
    }
    bool is_outlet = false;
    size_t last = first;
    for (size_t next = first + 1; next > last && next - first <= kMostWords;
         next = NextCapital(last, is_outlet)) {
      last = next;
      is_outlet |= Known().outlet.contains(cores_[last - 1].code) ||
                   IsGermanPaper(TextOf(cores_[last - 1]));
    }
    const bool is_generic =
        last - first == 1 && Known().generic.contains(cores_[first].code);
    return Add(first, last, is_outlet && !is_generic);
  }

  size_t FindArabic(size_t noun) {
    size_t last = noun + 1;
    if (last < cores_.size() && table_.Find(profile_.text, cores_, last)) {
      return last;
    }
    while (last - noun <= kMostArabicWords && GoesOn(last - 1) &&
           !Known().arabic_stops.contains(cores_[last].code)) {
      ++last;
    }
    if (last == noun + 1) return noun;
    return Add(noun + 1, last, true);
  }

  // Two to four words with full stops between them, and nothing else.
  size_t FindDomain(size_t first) {
    constexpr size_t kMostLabels = 4;
    size_t last = first + 1;
    while (last < cores_.size() && last - first < kMostLabels &&
           Between(last - 1) == "." &&
           cores_[last].end - cores_[last].begin >= 2) {
      ++last;
    }
    if (last - first < 2 || cores_[first].end - cores_[first].begin < 2) {
      return first;
    }
    if (!absl::ascii_islower(static_cast<unsigned char>(
            profile_.text[cores_[last - 1].begin]))) {
      return first;  // two sentences
    }
    FoundName found;
    found.first = static_cast<uint32_t>(first);
    found.last = static_cast<uint32_t>(last);
    found.begin = cores_[first].begin;
    found.end = cores_[last - 1].end;
    found.is_outlet = found.is_telling = true;
    found.name.domain = absl::AsciiStrToLower(std::string(
        profile_.text.substr(found.begin, found.end - found.begin)));
    if (found.name.domain.rfind("www.", 0) == 0) found.name.domain.erase(0, 4);
    found_.push_back(std::move(found));
    return last;
  }

  // A run of characters without marks between them that ends like a name.
  size_t FindHan(size_t first) {
    size_t last = first;
    const auto joins = [&](size_t i) {
      return i < cores_.size() && IsSingle(cores_[i].code) &&
             (i == first || cores_[i].begin == cores_[i - 1].end);
    };
    size_t begin = first;
    for (; joins(last); ++last) {
      if (last > first && table_.Find(profile_.text, cores_, last)) break;
      const char32_t c =
          DecodeUtf8(profile_.text, cores_[last].begin).code_point;
      if (kHanEnds.find(c) == std::u32string_view::npos) continue;
      if (joins(last + 1) &&
          kHanGoesOn.find(
              DecodeUtf8(profile_.text, cores_[last + 1].begin).code_point) !=
              std::u32string_view::npos) {
        continue;
      }
      const size_t end = last + 1;
      const size_t from = std::max(begin, end - std::min(end, kMostHan));
      if (end - from >= kLeastHan) Add(from, end, true);
      begin = end;
    }
    return last;
  }

  const TextProfile& profile_;
  const NameTable& table_;
  TokenText buffer_;
  std::vector<ProfileWord> cores_;
  std::vector<FoundName> found_;
};

bool BeginsOrEnds(const std::vector<TokenCode>& shorter,
                  const std::vector<TokenCode>& longer) {
  if (shorter.empty() || shorter.size() > longer.size()) return false;
  if (shorter.size() == 1 && Known().generic.contains(shorter[0])) {
    return shorter.size() == longer.size() && shorter == longer;
  }
  return std::equal(shorter.begin(), shorter.end(), longer.begin()) ||
         std::equal(shorter.rbegin(), shorter.rend(), longer.rbegin());
}

}  // namespace

bool NameSame(const OutletName& x, const OutletName& y) {
  if (x.IsEmpty() || y.IsEmpty()) return false;
  if (x.group && y.group) return *x.group == *y.group;
  if (!x.domain.empty() || !y.domain.empty()) return x.domain == y.domain;
  if (x.is_acronym && y.initials != 0 && x.words[0] == y.initials) return true;
  if (y.is_acronym && x.initials != 0 && y.words[0] == x.initials) return true;
  return BeginsOrEnds(x.words, y.words) || BeginsOrEnds(y.words, x.words);
}

bool NamesNobody(const OutletName& name) {
  return name.IsEmpty() || (name.words.size() == 1 && name.domain.empty() &&
                            Known().generic.contains(name.words[0]));
}

OutletName ReadName(std::string_view name, const NameTable& table) {
  OutletName read;
  const TextProfile profile = ReadTextProfile(name);
  read.group = table.GroupOf(name);
  size_t first = 0;
  while (first + 1 < profile.words.size() &&
         (Known().articles.contains(profile.words[first].code) ||
          Known().arabic_nouns.contains(profile.words[first].code))) {
    ++first;
  }
  for (size_t i = first; i < profile.words.size(); ++i) {
    const ProfileWord& word = profile.words[i];
    read.words.push_back(
        CodeInName(name.substr(word.begin, word.end - word.begin), word.code));
  }
  FillInitials(name, profile, &read);
  read.is_acronym = read.words.size() == 1 &&
                    IsAcronym(name.substr(
                        profile.words[first].begin,
                        profile.words[first].end - profile.words[first].begin));
  return read;
}

std::vector<FoundName> FindNames(const TextProfile& profile,
                                 const NameTable& table) {
  return Finder(profile, table).Find();
}

}  // namespace wirecopy
