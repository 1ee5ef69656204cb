#include "provenance/attribution.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "provenance/attribution_phrases.h"
#include "provenance/wire_marks.h"
#include "provenance/word_set.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

// So many words such as "the newspaper" may stand between phrase and name.
constexpr size_t kMostBetween = 3;

struct CodedPhrase {
  const AttributionPhrase* phrase = nullptr;
  std::vector<TokenCode> words;
};

// Phrases by their last word, or their first where they stand behind the name
// or alone; the longest first.
class PhraseBook {
 public:
  PhraseBook() : between_(MakeWordSet(WordsBeforeNames())) {
    TokenText text;
    for (const AttributionPhrase& phrase : AttributionPhrases()) {
      text.Read(phrase.words, kProfileSeed);
      const auto codes = text.codes();
      CodedPhrase coded{&phrase, {codes.begin(), codes.end()}};
      auto& list = phrase.place == PhrasePlace::kBefore ? before_[codes.back()]
                   : phrase.place == PhrasePlace::kBehind
                       ? behind_[codes.front()]
                       : alone_[codes.front()];
      const auto after =
          std::find_if(list.begin(), list.end(), [&](const auto& other) {
            return other.words.size() < coded.words.size();
          });
      list.insert(after, std::move(coded));
    }
  }

  using Book = absl::flat_hash_map<TokenCode, std::vector<CodedPhrase>>;
  const Book& before() const { return before_; }
  const Book& behind() const { return behind_; }
  const Book& alone() const { return alone_; }
  const WordSet& between() const { return between_; }

 private:
  Book before_;
  Book behind_;
  Book alone_;
  WordSet between_;
};

const PhraseBook& Phrases() {
  static const auto* const phrases = new PhraseBook();
  return *phrases;
}

class NamingFinder {
 public:
  NamingFinder(const TextProfile& profile, const NameTable& table)
      : profile_(profile), names_(FindNames(profile, table)) {}

  std::vector<Naming> Find() {
    found_.reserve(names_.size());
    FindAlone();
    const size_t alone = found_.size();
    for (size_t i = 0; i < names_.size(); ++i) {
      if (!IsWithin(names_[i], {found_.data(), alone})) Judge(i);
    }
    std::stable_sort(
        found_.begin(), found_.end(),
        [](const Naming& x, const Naming& y) { return x.begin < y.begin; });
    FindParagraphs();
    return std::move(found_);
  }

 private:
  // Whether the words that end before word `end` are these.
  bool EndsAt(const std::vector<TokenCode>& words, size_t end) const {
    if (words.size() > end) return false;
    for (size_t i = 0; i < words.size(); ++i) {
      if (profile_.words[end - words.size() + i].code != words[i]) return false;
    }
    return true;
  }

  bool BeginsAt(const std::vector<TokenCode>& words, size_t at) const {
    return at + words.size() <= profile_.words.size() &&
           EndsAt(words, at + words.size());
  }

  const CodedPhrase* PhraseEndingAt(size_t end) const {
    if (end == 0) return nullptr;
    const auto list = Phrases().before().find(profile_.words[end - 1].code);
    if (list == Phrases().before().end()) return nullptr;
    for (const CodedPhrase& phrase : list->second) {
      if (EndsAt(phrase.words, end)) return &phrase;
    }
    return nullptr;
  }

  // What stands before word `at`, above 0, and behind the one before.
  std::string_view Between(size_t at) const {
    const size_t begin = profile_.words[at - 1].end;
    return profile_.text.substr(
        begin, std::max<size_t>(begin, profile_.words[at].begin) - begin);
  }

  // Whether a sentence ends before word `at`, or a paragraph.
  bool IsDividedBefore(size_t at) const {
    const std::string_view between = Between(at);
    return between.find_first_of(".!?") != std::string_view::npos ||
           between.find(profile_.ParagraphBreak()) != std::string_view::npos;
  }

  // Whether there is but white space, or nothing, before word `at`.
  bool IsBlankBefore(size_t at) const {
    return Between(at).find_first_not_of(" \n") == std::string_view::npos &&
           !IsDividedBefore(at);
  }

  void Add(NamingRole role, const FoundName& name, size_t begin, size_t end,
           NameNeed need = NameNeed::kTelling, bool of_whole_text = false) {
    Naming naming;
    naming.role = role;
    naming.of_whole_text = of_whole_text;
    naming.is_doubtful =
        need == NameNeed::kOutlet ? !name.is_outlet : !name.is_telling;
    naming.name = name.name;
    naming.begin = static_cast<uint32_t>(begin);
    naming.end = static_cast<uint32_t>(end);
    found_.push_back(std::move(naming));
  }

  void Judge(size_t at) {
    const FoundName& name = names_[at];
    if (JudgeBefore(name) || JudgeBehind(name) || JudgeSaidTo(name)) return;
    if (name.is_outlet) {
      const NamingRole role = RoleOfMark(profile_, names_, at);
      // In a dateline an acronym is an agency.
      Add(role, name, name.begin, name.end,
          role == NamingRole::kMention ? NameNeed::kTelling
                                       : NameNeed::kOutlet);
    }
  }

  bool Fits(const CodedPhrase& phrase, const FoundName& name) const {
    return name.is_outlet || phrase.phrase->need == NameNeed::kAny;
  }

  bool JudgeBefore(const FoundName& name) {
    size_t end = name.first;
    for (size_t skipped = 0; skipped <= kMostBetween; ++skipped) {
      if (end > 0 && end < profile_.words.size() && IsDividedBefore(end)) break;
      const CodedPhrase* phrase = PhraseEndingAt(end);
      if (phrase != nullptr && Fits(*phrase, name)) {
        Add(phrase->phrase->role, name,
            profile_.words[end - phrase->words.size()].begin, name.end,
            phrase->phrase->need, phrase->phrase->of_whole_text);
        return true;
      }
      // Only what may stand between: and what is a part of a longer phrase.
      if (end == 0 ||
          !Phrases().between().contains(profile_.words[end - 1].code)) {
        break;
      }
      --end;
    }
    return JudgeWithin(name);
  }

  // Where the phrase was taken for the name's beginning: for words are not
  // divided, or a noun is written large as names are ("Laut Stadtanzeiger",
  // "nach Informationen der Hochtaler Zeitung"), and then it begins no later
  // than the name.
  bool JudgeWithin(const FoundName& name) {
    if (name.name.words.empty() || !name.is_outlet) return false;
    const bool is_divided = !IsSingle(name.name.words[0]);
    const size_t least = is_divided ? 1 : 2;  // words of the name
    for (size_t end = name.last - least; end > name.first; --end) {
      const CodedPhrase* phrase = PhraseEndingAt(end);
      if (phrase == nullptr) continue;
      if (is_divided && end - phrase->words.size() > name.first) continue;
      const FoundName rest = Behind(name, end);
      if (NamesNobody(rest.name)) continue;
      Add(phrase->phrase->role, rest,
          profile_.words[end - phrase->words.size()].begin, name.end,
          phrase->phrase->need, phrase->phrase->of_whole_text);
      return true;
    }
    return false;
  }

  // The name from word `first` on, or behind "the newspaper" there.
  FoundName Behind(const FoundName& name, size_t first) const {
    while (first + 1 < name.last &&
           Phrases().between().contains(profile_.words[first].code)) {
      ++first;
    }
    FoundName rest = name;
    const auto cut = static_cast<ptrdiff_t>(first - name.first);
    rest.name.words.erase(rest.name.words.begin(),
                          rest.name.words.begin() + cut);
    rest.first = static_cast<uint32_t>(first);
    rest.begin = profile_.words[first].begin;
    return rest;
  }

  bool JudgeBehind(const FoundName& name) {
    if (!name.is_outlet || name.last >= profile_.words.size() ||
        !IsBlankBefore(name.last)) {
      return false;
    }
    const auto list = Phrases().behind().find(profile_.words[name.last].code);
    if (list == Phrases().behind().end()) return false;
    for (const CodedPhrase& phrase : list->second) {
      if (!BeginsAt(phrase.words, name.last)) continue;
      const size_t last = name.last + phrase.words.size() - 1;
      Add(phrase.phrase->role, name, name.begin, profile_.words[last].end,
          phrase.phrase->need, phrase.phrase->of_whole_text);
      return true;
    }
    return false;
  }

  // German has who speaks between the verb and the outlet: "sagte der
  // Bürgermeister dem Anzeiger".
  bool JudgeSaidTo(const FoundName& name) {
    constexpr size_t kMostSpeaker = 8;  // words
    static const auto* const datives = new WordSet(MakeWordSet("dem der"));
    static const auto* const verbs =
        new WordSet(MakeWordSet("sagte erklärte bestätigte erzählte"));
    if (!name.is_telling || name.first < 2 ||
        !datives->contains(profile_.words[name.first - 1].code)) {
      return false;
    }
    size_t verb = name.first - 1;
    for (size_t passed = 0; passed < kMostSpeaker && verb > 0; ++passed) {
      if (IsDividedBefore(verb)) return false;
      if (verbs->contains(profile_.words[--verb].code)) {
        Add(NamingRole::kTold, name, profile_.words[verb].begin, name.end);
        return true;
      }
    }
    return false;
  }

  // "This newspaper" may look like a name.
  static bool IsWithin(const FoundName& name, std::span<const Naming> alone) {
    const auto next = std::upper_bound(
        alone.begin(), alone.end(), name.begin,
        [](size_t place, const Naming& naming) { return place < naming.end; });
    return next != alone.end() && next->begin < name.end;
  }

  void FindAlone() {
    for (size_t i = 0; i < profile_.words.size(); ++i) {
      const auto list = Phrases().alone().find(profile_.words[i].code);
      if (list == Phrases().alone().end()) continue;
      for (const CodedPhrase& phrase : list->second) {
        if (!BeginsAt(phrase.words, i)) continue;
        Naming naming;
        naming.role = NamingRole::kOwn;
        naming.begin = profile_.words[i].begin;
        naming.end = profile_.words[i + phrase.words.size() - 1].end;
        found_.push_back(naming);
        break;
      }
    }
  }

  void FindParagraphs() {
    const std::string_view divider = profile_.ParagraphBreak();
    ByteSpan paragraph{0, profile_.text.find(divider)};
    for (Naming& naming : found_) {
      while (paragraph.end <= naming.begin) {
        paragraph.begin = paragraph.end;
        paragraph.end =
            profile_.text.find(divider, paragraph.end + divider.size());
      }
      paragraph.end = std::min(paragraph.end, profile_.text.size());
      naming.paragraph = paragraph;
    }
  }

  const TextProfile& profile_;
  std::vector<FoundName> names_;
  std::vector<Naming> found_;
};

}  // namespace

std::vector<Naming> FindNamings(const TextProfile& profile,
                                const NameTable& table) {
  return NamingFinder(profile, table).Find();
}

}  // namespace wirecopy
