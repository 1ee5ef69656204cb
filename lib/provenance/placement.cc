#include "provenance/placement.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "provenance/direction_weights.h"
#include "provenance/house_style.h"
#include "provenance/repair.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

constexpr std::array<FigureKind, kFigures> kKinds = {{
    {"lead", "text of its own before the first passage (1: yes)"},
    {"lead_words", "words of its own before the first passage", true},
    {"ending", "text of its own after the last passage (1: yes)"},
    {"ending_words", "words of its own after the last passage", true},
    {"interleaved", "stretches of its own between passages", true},
    {"interleaved_words", "words of its own between passages", true},
    {"inserted",
     "places where it has text of its own between passages that meet in the "
     "other",
     true},
    {"coverage", "share of its words that are in passages"},
    {"length", "words", true},
    {"cut_at_paragraph",
     "share of borders amid its paragraphs where the other has a paragraph's "
     "border"},
    {"cut_at_sentence",
     "share of borders amid its sentences where the other has a sentence's "
     "border"},
    {"elision", "marks of what was left out, in text of its own", true},
    {"addressing", "words that speak to somebody, in text of its own", true},
    {"first_person", "speaks as I in text of its own (1: yes)"},
    {"signature", "signed in text of its own (1: yes)"},
    {"named_author", "names who signed the other, in text of its own (1: yes)"},
    {"reply", "share of passages after which it goes on like a reply"},
    {"answer",
     "share of passages that end in a question which it goes on from"},
    {"at_end", "ends with a passage (1: yes)"},
    {"indent", "share of lines indented, within passages against outside them"},
    {"line_width",
     "how far the longest lines within passages and outside them differ, as a "
     "logarithm"},
    {"house_style",
     "how foreign the passages' quotation marks, dashes, spacing or spelling "
     "are to the rest (0 to 1)"},
    {"misprint", "misprints within passages", true},
}};

// What is no more than this many words between passages is a mark or a page
// number.
constexpr uint32_t kFewWords = 0;

constexpr size_t At(Figure figure) { return static_cast<size_t>(figure); }

// One side, as it is measured.
class Measurement {
 public:
  Measurement(const TextProfile& profile, const Layout& layout,
              const TextProfile& other)
      : profile_(profile), layout_(layout), other_(other) {}

  SideFigures Measure() {
    if (layout_.matched.empty()) return figures_;
    MeasureUnmatched();
    MeasureInserted();
    MeasureCuts();
    MeasureWords();
    MeasureReplies();
    MeasureLines();
    return figures_;
  }

 private:
  double& Of(Figure figure) { return figures_[At(figure)]; }
  uint32_t Words(const ByteSpan& span) const {
    return profile_.WordsIn(span.begin, span.end);
  }

  void MeasureUnmatched() {
    const auto& unmatched = layout_.unmatched;
    const uint32_t lead = Words(unmatched.front());
    ByteSpan tail = unmatched.back();
    const bool signed_here = profile_.signature >= tail.begin;
    if (signed_here) tail.end = profile_.signature;
    const uint32_t ending = Words(tail);
    uint32_t stretches = 0;
    uint32_t between = 0;
    for (size_t i = 1; i + 1 < unmatched.size(); ++i) {
      const uint32_t words = Words(unmatched[i]);
      between += words;
      stretches += words > kFewWords ? 1 : 0;
    }
    Of(Figure::kHasLead) = lead > kFewWords ? 1 : 0;
    Of(Figure::kLead) = lead;
    Of(Figure::kHasEnding) = ending > kFewWords ? 1 : 0;
    Of(Figure::kEnding) = ending;
    Of(Figure::kInterleaved) = stretches;
    Of(Figure::kInterleavedWords) = between;
    Of(Figure::kSignature) =
        signed_here && profile_.signature < profile_.end ? 1 : 0;
    double matched = 0;
    for (const ByteSpan& span : layout_.matched) matched += Words(span);
    const auto all = static_cast<double>(profile_.words.size());
    Of(Figure::kCoverage) = matched / std::max(1.0, all);
    Of(Figure::kLength) = all;
  }

  void MeasureInserted() {
    const auto& passages = layout_.passages;
    for (size_t i = 0; i + 1 < passages.size(); ++i) {
      const PassagePlace& x = passages[i];
      const PassagePlace& y = passages[i + 1];
      if (y.there.begin < x.there.end) continue;
      if (Words({x.here.end, y.here.begin}) > kFewWords &&
          other_.WordsIn(x.there.end, y.there.begin) <= kFewWords) {
        Of(Figure::kInserted) += 1;
      }
    }
  }

  void CountCut(Border here, Border there, bool is_near) {
    if (here < Border::kParagraph && there >= Border::kParagraph && !is_near) {
      Of(Figure::kParagraphCuts) += 1;
    }
    if (here < Border::kSentence && there >= Border::kSentence && !is_near) {
      Of(Figure::kSentenceCuts) += 1;
    }
  }

  void MeasureCuts() {
    for (const PassagePlace& passage : layout_.passages) {
      CountCut(BorderBefore(profile_, passage.here.begin),
               BorderBefore(other_, passage.there.begin),
               BeginsNear(profile_, passage.here.begin));
      CountCut(BorderBehind(profile_, passage.here.end),
               BorderBehind(other_, passage.there.end),
               EndsNear(profile_, passage.here.end));
    }
    const double borders = 2 * static_cast<double>(layout_.passages.size());
    Of(Figure::kParagraphCuts) /= borders;
    Of(Figure::kSentenceCuts) /= borders;
    const Border end = BorderBehind(profile_, layout_.matched.back().end);
    Of(Figure::kEndsWithPassage) = end == Border::kText ? 1 : 0;
  }

  void MeasureWords() {
    Of(Figure::kElisions) = layout_.CountUnmatched(profile_.elisions);
    Of(Figure::kAddressing) = layout_.CountUnmatched(profile_.addressing);
    Of(Figure::kFirstPerson) =
        layout_.CountUnmatched(profile_.first_person) > 0 ? 1 : 0;
    Of(Figure::kNamesAuthor) = NamesAuthor() ? 1 : 0;
  }

  bool NamesAuthor() const {
    for (const TokenCode signer : other_.signers) {
      auto name = std::lower_bound(
          profile_.names.begin(), profile_.names.end(), signer,
          [](const NameWord& x, TokenCode code) { return x.code < code; });
      for (; name != profile_.names.end() && name->code == signer; ++name) {
        if (name->begin < profile_.signature &&
            layout_.IsUnmatched(name->begin)) {
          return true;
        }
      }
    }
    return false;
  }

  void MeasureReplies() {
    double replies = 0;
    double answers = 0;
    const auto spans = static_cast<double>(layout_.matched.size());
    for (size_t i = 0; i < layout_.matched.size(); ++i) {
      const ByteSpan next = layout_.unmatched[i + 1];
      auto word = std::lower_bound(
          profile_.words.begin(), profile_.words.end(), next.begin,
          [](const ProfileWord& x, size_t place) { return x.begin < place; });
      const auto left = profile_.words.end() - word;
      if (left == 0 || word->begin >= next.end) continue;
      const size_t second = left > 1 ? word[1].begin : word->begin;
      if (CountIn(profile_.openings, word->begin,
                  std::min(second + 1, next.end)) > 0) {
        ++replies;
      }
      if (IsQuestion(layout_.matched[i].end)) ++answers;
    }
    Of(Figure::kReplies) = replies / spans;
    Of(Figure::kAnswers) = answers / spans;
  }

  bool IsQuestion(size_t end) const {
    const size_t begin = end > 2 ? end - 2 : 0;
    const std::string_view around = profile_.text.substr(begin, 4);
    return around.find('?') != std::string_view::npos;
  }

  // Of the lines of one kind.
  struct LineShape {
    double lines = 0;
    double indented = 0;
    uint32_t longest = 0;
  };

  void MeasureLines() {
    LineShape shapes[2];
    size_t span = 0;
    for (const ProfileLine& line : profile_.lines) {
      if (line.IsBlank()) continue;
      while (span < layout_.matched.size() &&
             layout_.matched[span].end <= line.begin) {
        ++span;
      }
      const size_t middle = line.begin + line.width() / 2;
      const bool matched = span < layout_.matched.size() &&
                           layout_.matched[span].begin <= middle &&
                           middle < layout_.matched[span].end;
      LineShape& shape = shapes[matched ? 1 : 0];
      shape.lines += 1;
      shape.indented += line.indented ? 1 : 0;
      shape.longest = std::max(shape.longest, line.width());
    }
    if (shapes[0].lines == 0 || shapes[1].lines == 0) return;
    Of(Figure::kIndent) = std::abs(shapes[0].indented / shapes[0].lines -
                                   shapes[1].indented / shapes[1].lines);
    Of(Figure::kLineWidth) =
        std::abs(std::log1p(shapes[0].longest) - std::log1p(shapes[1].longest));
  }

  const TextProfile& profile_;
  const Layout& layout_;
  const TextProfile& other_;
  SideFigures figures_ = {};
};

}  // namespace

const FigureKind& KindOf(Figure figure) { return kKinds[At(figure)]; }

bool ArePosts(const TextProfile& a, const TextProfile& b) {
  return a.is_post || b.is_post;
}

MeasuredPair MeasurePair(const DocumentProfile& a, const Layout& a_layout,
                         const DocumentProfile& b, const Layout& b_layout,
                         std::span<const EvidencePassage> passages) {
  MeasuredPair pair;
  pair.a = Measurement(a.text, a_layout, b.text).Measure();
  pair.b = Measurement(b.text, b_layout, a.text).Measure();
  pair.a[At(Figure::kHouseStyle)] = Foreignness(a.style, a_layout);
  pair.b[At(Figure::kHouseStyle)] = Foreignness(b.style, b_layout);
  const Misprints misprints = FindMisprints(a.text, b.text, passages);
  pair.a[At(Figure::kMisprints)] = static_cast<double>(misprints.in_a);
  pair.b[At(Figure::kMisprints)] = static_cast<double>(misprints.in_b);
  pair.are_posts = ArePosts(a.text, b.text);
  return pair;
}

SideFigures CompareFigures(const SideFigures& a, const SideFigures& b) {
  SideFigures difference;
  for (size_t i = 0; i < kFigures; ++i) {
    difference[i] = kKinds[i].is_logarithmic
                        ? std::log1p(a[i]) - std::log1p(b[i])
                        : a[i] - b[i];
  }
  return difference;
}

namespace {

std::string ShortNumber(double number) {
  return absl::StrFormat("%.3g", number);
}

}  // namespace

void AppendPlacement(const MeasuredPair& pair,
                     std::vector<Evidence>* evidence) {
  const SideFigures difference = CompareFigures(pair.a, pair.b);
  const auto& weights = pair.are_posts ? kPostWeights : kArticleWeights;
  for (size_t i = 0; i < kFigures; ++i) {
    const double weight = weights[i] * difference[i];
    if (weight == 0) continue;
    evidence->push_back({std::string(kKinds[i].feature), weight,
                         absl::StrCat(std::string(kKinds[i].label), ": ",
                                      ShortNumber(pair.a[i]), " in a, ",
                                      ShortNumber(pair.b[i]), " in b"),
                         !pair.are_posts});
  }
}

}  // namespace wirecopy
