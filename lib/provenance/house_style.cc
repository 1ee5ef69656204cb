#include "provenance/house_style.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "absl/strings/ascii.h"

namespace wirecopy {
namespace {

// Of fewer marks than this nothing is said.
constexpr double kLeastMarks = 2;

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool IsLetter(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Adds the mark that begins at `at`, if one does.
class MarkReader {
 public:
  MarkReader(std::string_view text, StyleMarks* marks)
      : text_(text), marks_(marks) {}

  void ReadAt(size_t at) {
    const std::string_view rest = text_.substr(at);
    const bool in_word = at > 0 && IsLetter(text_[at - 1]);
    switch (rest[0]) {
      case '"':
        return Add(StyleHabit::kQuotes, 0, at);
      case '\'':
        if (in_word && rest.size() > 1 && IsLetter(rest[1])) {
          Add(StyleHabit::kApostrophes, 0, at);
        }
        return;
      case '.':
        return ReadSpacing(at);
      case ' ':
        if (StartsWith(rest, " - ") || StartsWith(rest, " -- ")) {
          Add(StyleHabit::kDashes, 0, at);
        }
        return;
      case '\xE2':
        return ReadCurly(at, in_word);
      default:
        return;
    }
  }

 private:
  void Add(StyleHabit habit, size_t way, size_t at) {
    marks_->places[static_cast<size_t>(habit)][way].push_back(
        static_cast<uint32_t>(at));
  }

  void ReadSpacing(size_t at) {
    const std::string_view rest = text_.substr(at);
    if (at == 0 || !IsLetter(text_[at - 1]) || !StartsWith(rest, ". ")) return;
    const bool two = StartsWith(rest, ".  ");
    const size_t next = two ? 3 : 2;
    if (rest.size() > next &&
        absl::ascii_isupper(static_cast<unsigned char>(rest[next]))) {
      Add(StyleHabit::kSpacing, two ? 1 : 0, at);
    }
  }

  void ReadCurly(size_t at, bool in_word) {
    const std::string_view rest = text_.substr(at);
    if (StartsWith(rest, "“") || StartsWith(rest, "”")) {
      Add(StyleHabit::kQuotes, 1, at);
    } else if (StartsWith(rest, "’")) {
      constexpr size_t kLength = 3;
      if (in_word && rest.size() > kLength && IsLetter(rest[kLength])) {
        Add(StyleHabit::kApostrophes, 1, at);
      }
    } else if (StartsWith(rest, "—") || StartsWith(rest, "–")) {
      Add(StyleHabit::kDashes, 1, at);
    }
  }

  std::string_view text_;
  StyleMarks* marks_;
};

// "organise" against "organize", of words long enough to be such verbs.
void ReadSpelling(const TextProfile& profile, StyleMarks* marks) {
  constexpr size_t kLeastLength = 7;
  auto& places = marks->places[static_cast<size_t>(StyleHabit::kSpelling)];
  for (const ProfileWord& word : profile.words) {
    if (word.end - word.begin < kLeastLength) continue;
    const std::string_view written =
        profile.text.substr(word.begin, word.end - word.begin);
    constexpr std::string_view kEnds[2][4] = {{"ise", "ised", "ises", "ising"},
                                              {"ize", "ized", "izes", "izing"}};
    for (size_t way = 0; way < 2; ++way) {
      for (const std::string_view end : kEnds[way]) {
        if (written.substr(written.size() - end.size()) == end) {
          places[way].push_back(word.begin);
        }
      }
    }
  }
}

uint32_t CountMatched(std::span<const uint32_t> places, const Layout& layout) {
  uint32_t count = 0;
  for (const ByteSpan& span : layout.matched) {
    count += CountIn(places, span.begin, span.end);
  }
  return count;
}

}  // namespace

StyleMarks FindStyleMarks(const TextProfile& profile) {
  StyleMarks marks;
  MarkReader reader(profile.text, &marks);
  constexpr std::string_view kBegins = "\"'. \xE2";
  for (size_t at = profile.text.find_first_of(kBegins);
       at != std::string_view::npos;
       at = profile.text.find_first_of(kBegins, at + 1)) {
    reader.ReadAt(at);
  }
  ReadSpelling(profile, &marks);
  return marks;
}

double Foreignness(const StyleMarks& marks, const Layout& layout) {
  double most = 0;
  for (const auto& ways : marks.places) {
    double matched[2];
    double own[2];
    for (size_t way = 0; way < 2; ++way) {
      matched[way] = CountMatched(ways[way], layout);
      own[way] = static_cast<double>(ways[way].size()) - matched[way];
    }
    const double of_matched = matched[0] + matched[1];
    const double of_own = own[0] + own[1];
    if (of_matched < kLeastMarks || of_own < kLeastMarks) continue;
    most = std::max(most, std::abs(matched[1] / of_matched - own[1] / of_own));
  }
  return most;
}

}  // namespace wirecopy
