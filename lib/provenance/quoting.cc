#include "provenance/quoting.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "provenance/snippet.h"
#include "provenance/word_set.h"

namespace wirecopy {
namespace {

// Stated priors: the labelled posts have been stripped of most of both. A mark
// says whose the words are not, but for who quotes the copy of his own words.
// An introduction may be of an older text that both have, and that the copy
// took with its source's answer, so it says less.
constexpr double kQuoteMarksWeight = 5;
constexpr double kIntroducedWeight = 1;

// Of the lines whose middles are in passages; 0 where there are none.
double MeanDepth(const TextProfile& profile, const Layout& layout) {
  double depth = 0;
  double lines = 0;
  for (const ProfileLine& line : profile.lines) {
    if (line.IsBlank()) continue;
    if (layout.IsUnmatched(line.begin + line.width() / 2)) continue;
    depth += line.quote_depth;
    lines += 1;
  }
  return lines == 0 ? 0 : depth / lines;
}

void AppendMarks(double a_depth, double b_depth,
                 std::vector<Evidence>* evidence) {
  // A mark at every second line or so: others were broken anew.
  constexpr double kLeastDifference = 0.5;
  const double difference = b_depth - a_depth;
  if (std::abs(difference) < kLeastDifference) return;
  evidence->push_back(
      {"quote_marks", difference > 0 ? kQuoteMarksWeight : -kQuoteMarksWeight,
       absl::StrCat(
           "lines of the passages stand behind quotation marks in ",
           difference > 0 ? "b" : "a", " (\">\"), ",
           std::min(a_depth, b_depth) > 0 ? "deeper than in " : "not in ",
           difference > 0 ? "a" : "b"),
       true});
}

// A line that introduces is no longer.
constexpr uint32_t kMostIntroduction = 300;

const WordSet& Introducing() {
  static const auto* const words = new WordSet(MakeWordSet(
      "writes wrote says said quoth posted écrit schrieb escribió scrisse "
      "escreveu كتب 写道"));
  return *words;
}

// The line right before a passage that ends in a colon and says who wrote what
// follows; in text of this side's own.
std::optional<std::string_view> FindIntroduction(const TextProfile& profile,
                                                 const Layout& layout) {
  for (size_t i = 0; i < layout.matched.size(); ++i) {
    const ByteSpan before = layout.unmatched[i];
    auto word = std::lower_bound(
        profile.words.begin(), profile.words.end(), layout.matched[i].begin,
        [](const ProfileWord& x, size_t place) { return x.begin < place; });
    if (word == profile.words.begin()) continue;
    --word;
    const std::string_view gap = profile.text.substr(
        word->end, layout.matched[i].begin -
                       std::min<size_t>(word->end, layout.matched[i].begin));
    if (word->begin < before.begin || gap.find(':') == std::string_view::npos) {
      continue;
    }
    const size_t from = word->begin - std::min(word->begin, kMostIntroduction);
    const size_t line_break =
        profile.text.substr(0, word->begin).substr(from).rfind('\n');
    const size_t line =
        line_break == std::string_view::npos ? from : from + line_break + 1;
    const size_t end = word->end;
    for (;; --word) {
      if (Introducing().contains(word->code)) {
        return profile.text.substr(line, end - line);
      }
      if (word == profile.words.begin() || word->begin <= line) break;
    }
  }
  return std::nullopt;
}

}  // namespace

void AppendQuoting(const TextProfile& a, const Layout& a_layout,
                   const TextProfile& b, const Layout& b_layout,
                   std::vector<Evidence>* evidence) {
  AppendMarks(MeanDepth(a, a_layout), MeanDepth(b, b_layout), evidence);
  const auto in_a = FindIntroduction(a, a_layout);
  const auto in_b = FindIntroduction(b, b_layout);
  if (in_a.has_value() == in_b.has_value()) return;
  evidence->push_back(
      {"introduced", in_b ? kIntroducedWeight : -kIntroducedWeight,
       absl::StrCat(in_b ? "b" : "a",
                    " introduces a passage: ", Snippet(in_b ? *in_b : *in_a)),
       true});
}

}  // namespace wirecopy
