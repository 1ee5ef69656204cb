#include "provenance/wire_marks.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "absl/strings/ascii.h"
#include "provenance/word_set.h"

namespace wirecopy {
namespace {

// A mark stands this near the beginning, or ends the text.
constexpr uint32_t kMostDateline = 400;
// And so many words are before it on its line: "Copyright (c) 2026 The".
constexpr size_t kMostBeforeMark = 5;
// Agencies of one mark: "(AFP/Reuters)".
constexpr size_t kMostAgencies = 4;

struct Words {
  // "By", "(c)", and who else wrote it.
  WordSet before = MakeWordSet(
      "by the von par por de da la le l der die das via source c copyright "
      "rédaction redaktion redacción redação agences agenturen agencias "
      "material from staff reports وكالة وكالات");
  // A paper's own name may stand before these.
  WordSet with = MakeWordSet("with avec mit con com");
  WordSet also = MakeWordSet("and et und y e");
  // Of agencies that nobody listed. A paper's name below a text is as often its
  // own.
  WordSet agency = MakeWordSet(
      "agency agence agentur presseagentur nachrichtenagentur agencia agência "
      "agenzia wire newswire");
};

const Words& Known() {
  static const auto* const words = new Words();
  return *words;
}

bool IsListed(const FoundName& name) { return name.name.group.has_value(); }

bool IsAgency(const FoundName& name) {
  return name.is_telling &&
         std::any_of(
             name.name.words.begin(), name.name.words.end(),
             [](TokenCode code) { return Known().agency.contains(code); });
}

// The words around one name: agencies that are named together.
class Mark {
 public:
  Mark(const TextProfile& profile, std::span<const FoundName> names, size_t at)
      : profile_(profile),
        names_(names),
        name_(names[at]),
        first_name_(at),
        first_(name_.first),
        last_(name_.last) {
    if (!IsListed(name_)) return;
    while (at - first_name_ < kMostAgencies && first_name_ > 0 &&
           AreJoined(first_name_ - 1)) {
      first_ = names[--first_name_].first;
    }
    for (size_t next = at + 1; next < names.size() &&
                               next - at < kMostAgencies && AreJoined(next - 1);
         ++next) {
      last_ = names[next].last;
    }
  }

  NamingRole Role() {
    const std::string_view bracket = ClosingBracket();
    if (IsHanDateline()) return NamingRole::kDateline;
    SkipBefore(!bracket.empty());
    if (!bracket.empty() && Opens()) {
      if (IsDateline(EndOfLast() + bracket.size())) {
        return NamingRole::kDateline;
      }
      return name_.is_telling && (name_.begin < kMostDateline || IsLast())
                 ? NamingRole::kWire
                 : NamingRole::kMention;
    }
    return IsLine() ? NamingRole::kWire : NamingRole::kMention;
  }

 private:
  // What stands before word `at`, above 0, and behind the one before.
  std::string_view Between(size_t at) const {
    const size_t begin = profile_.words[at - 1].end;
    return profile_.text.substr(
        begin, std::max<size_t>(begin, profile_.words[at].begin) - begin);
  }

  // Whether this name and the next are agencies with no more than "/", "," or
  // "and" between them.
  bool AreJoined(size_t at) const {
    const FoundName& next = names_[at + 1];
    if (!IsListed(names_[at]) || !IsListed(next)) return false;
    const size_t between = next.first - names_[at].last;
    if (between > 1 ||
        (between == 1 &&
         !Known().also.contains(profile_.words[next.first - 1].code))) {
      return false;
    }
    return profile_.text.substr(names_[at].end, next.begin - names_[at].end)
               .find_first_of("().\n") == std::string_view::npos;
  }

  // Whether word `at` is the first of its line.
  bool BreaksBefore(size_t at) const {
    return at == 0 || Between(at).find('\n') != std::string_view::npos;
  }

  bool IsLast() const { return last_ == profile_.words.size(); }

  // Above the story a name alone is as often who speaks.
  bool IsByline() const {
    return name_.begin < kMostDateline && first_ < name_.first;
  }

  size_t EndOfLast() const {
    return std::max(profile_.words[last_ - 1].end, name_.end);
  }

  // The bracket right behind the mark; empty where there is none.
  std::string_view ClosingBracket() const {
    const std::string_view rest = profile_.text.substr(EndOfLast());
    for (const std::string_view bracket : {")", "）", "】"}) {
      if (rest.starts_with(bracket)) return bracket;
    }
    return "";
  }

  bool Opens() const {
    const std::string_view before =
        profile_.text.substr(0, profile_.words[first_].begin);
    return before.ends_with("(") || before.ends_with("（") ||
           before.ends_with("【");
  }

  // Takes in the words before the mark, up to the line's beginning or a
  // bracket.
  void SkipBefore(bool in_brackets) {
    while (name_.first - first_ < kMostBeforeMark && !BreaksBefore(first_) &&
           !(in_brackets && Opens()) && IsBefore(profile_.words[first_ - 1])) {
      --first_;
      has_with_ |= Known().with.contains(profile_.words[first_].code);
    }
  }

  // "By", "(c)", a year.
  bool IsBefore(const ProfileWord& word) const {
    const std::string_view written =
        profile_.text.substr(word.begin, word.end - word.begin);
    return Known().before.contains(word.code) ||
           Known().with.contains(word.code) ||
           (written.size() == 4 &&
            std::all_of(written.begin(), written.end(), absl::ascii_isdigit));
  }

  // Whether a line is no more than the mark: "© AFP", "La rédaction avec AFP",
  // "Sud Matin avec AFP". Those that only the word "agency" tells are marks at
  // either end alone, and so is what begins with a paper.
  bool IsLine() {
    if (!IsLast() && !BreaksBefore(last_)) return false;
    const bool is_at_end = IsLast() || IsByline();
    if (has_with_ && is_at_end && first_name_ > 0 &&
        names_[first_name_ - 1].last == first_) {
      first_ = names_[first_name_ - 1].first;
      while (!BreaksBefore(first_) && IsBefore(profile_.words[first_ - 1])) {
        --first_;
      }
    }
    if (!BreaksBefore(first_)) return false;
    return IsListed(name_) || (IsAgency(name_) && is_at_end);
  }

  // Whether a dash follows at this place, in the first line or so: then what is
  // in brackets there is an agency, known or not.
  bool IsDateline(size_t end) const {
    if (end > kMostDateline) return false;
    std::string_view rest = profile_.text.substr(end);
    // "(EFE).-"
    if (!rest.empty() && rest.front() == '.') rest.remove_prefix(1);
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    constexpr std::string_view kDashes[] = {"-", "–", "—"};
    return std::any_of(
        std::begin(kDashes), std::end(kDashes),
        [&](std::string_view dash) { return rest.starts_with(dash); });
  }

  // "新华社北京3月2日电": the agency, a place, a day, and that it is a
  // dispatch.
  bool IsHanDateline() const {
    constexpr size_t kMostPlace = 48;  // bytes
    if (!IsListed(name_) || name_.begin > kMostDateline) return false;
    if (!BreaksBefore(first_) && !Opens()) return false;
    const std::string_view rest =
        profile_.text.substr(EndOfLast()).substr(0, kMostPlace);
    const size_t end = std::min(rest.find("电"), rest.find("電"));
    if (end == std::string_view::npos) return false;
    constexpr std::string_view kStops[] = {"\n", "。", "，", "、", "："};
    return std::none_of(
        std::begin(kStops), std::end(kStops),
        [&](std::string_view stop) { return rest.find(stop) < end; });
  }

  const TextProfile& profile_;
  std::span<const FoundName> names_;
  const FoundName& name_;
  size_t first_name_;  // of the mark
  size_t first_;       // words
  size_t last_;
  bool has_with_ = false;
};

}  // namespace

NamingRole RoleOfMark(const TextProfile& profile,
                      std::span<const FoundName> names, size_t at) {
  return Mark(profile, names, at).Role();
}

}  // namespace wirecopy
