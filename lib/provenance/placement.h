// Evidence of placement: where the text lies that a pair does not share, and
// how the shared passages were cut out of the one and put into the other.

#ifndef WIRECOPY_PROVENANCE_PLACEMENT_H_
#define WIRECOPY_PROVENANCE_PLACEMENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "provenance/document_profile.h"
#include "provenance/evidence_passage.h"
#include "provenance/layout.h"
#include "provenance/text_profile.h"
#include "wirecopy/evidence.h"

namespace wirecopy {

// A figure of either side, of which the model knows the difference.
enum class Figure : uint8_t {
  kHasLead,
  kLead,
  kHasEnding,
  kEnding,
  kInterleaved,
  kInterleavedWords,
  kInserted,
  kCoverage,
  kLength,
  kParagraphCuts,
  kSentenceCuts,
  kElisions,
  kAddressing,
  kFirstPerson,
  kSignature,
  kNamesAuthor,
  kReplies,
  kAnswers,
  kEndsWithPassage,
  kIndent,
  kLineWidth,
  kHouseStyle,
  kMisprints,
  kCount,
};
inline constexpr size_t kFigures = static_cast<size_t>(Figure::kCount);

struct FigureKind {
  std::string_view feature;
  std::string_view label;  // in words, of either text
  // The model takes ln(1 + figure): the tenth word says less than the first.
  bool is_logarithmic = false;
};

const FigureKind& KindOf(Figure figure);

using SideFigures = std::array<double, kFigures>;

// Whether a pair is weighed as posts rather than as articles: who quotes a post
// begins with it and answers, who takes an article trims it and adds a lead.
bool ArePosts(const TextProfile& a, const TextProfile& b);

// A pair as its two sides are measured.
struct MeasuredPair {
  SideFigures a = {};
  SideFigures b = {};
  bool are_posts = false;
};

// O(passages log text + runs + lines).
MeasuredPair MeasurePair(const DocumentProfile& a, const Layout& a_layout,
                         const DocumentProfile& b, const Layout& b_layout,
                         std::span<const EvidencePassage> passages);

// What the model multiplies by its weights: a's figures less b's, as they are
// or as logarithms. Exchanging the two turns every sign.
SideFigures CompareFigures(const SideFigures& a, const SideFigures& b);

// A piece of evidence for every figure that differs.
void AppendPlacement(const MeasuredPair& pair, std::vector<Evidence>* evidence);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_PLACEMENT_H_
