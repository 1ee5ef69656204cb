#include "passage/kinds.h"

#include <algorithm>

namespace wirecopy {
namespace {

// Of a quotation, which may include the words that say whose it is.
constexpr double kMostlyQuoted = 0.6;

bool IsMostlyQuoted(const PassageSide& side, TokenSpan tokens) {
  return side.quoted >= kMostlyQuoted * tokens.size();
}

// Both put it in quotation marks, or one does and the other reports it as
// somebody's words.
bool IsQuotation(const DescribedPassage& passage) {
  const bool a = IsMostlyQuoted(passage.a, passage.tokens.a);
  const bool b = IsMostlyQuoted(passage.b, passage.tokens.b);
  return (a && b) || (a && passage.b.cues.speech) ||
         (b && passage.a.cues.speech);
}

// A statement or a post that the text presents: after a colon, or with the
// account that it is from.
bool IsPresented(const PassageSide& side) {
  return side.IsWhole() && (side.behind.colon || side.cues.handle);
}

bool IsThirdParty(const DescribedPassage& passage) {
  return IsQuotation(passage) ||
         (IsPresented(passage.a) && IsPresented(passage.b));
}

}  // namespace

bool IsBoilerplate(const GroupSpread& spread, bool has_rights_words) {
  constexpr double kMostlyAtEdge = 0.7;
  const bool at_edge = spread.at_edge >= kMostlyAtEdge;
  const uint32_t least = has_rights_words ? 2 : 4;
  return at_edge && spread.families >= least;
}

void ClassifyPair(std::span<const DescribedPassage> passages,
                  const std::vector<bool>& boilerplate,
                  std::vector<PassageKind>* kinds) {
  // Who took sentences took their quotations along with them.
  uint32_t told = 0;
  for (size_t i = 0; i < passages.size(); ++i) {
    if (!boilerplate[i] && !IsThirdParty(passages[i])) {
      told += passages[i].tokens.words;
    }
  }
  kinds->clear();
  for (size_t i = 0; i < passages.size(); ++i) {
    const DescribedPassage& passage = passages[i];
    if (boilerplate[i]) {
      kinds->push_back(PassageKind::kBoilerplate);
    } else if (told > 0 || !IsThirdParty(passage)) {
      kinds->push_back(PassageKind::kCopy);
    } else {
      kinds->push_back(IsQuotation(passage) ? PassageKind::kQuotation
                                            : PassageKind::kShared);
    }
  }
}

std::pair<ByteSpan, ByteSpan> LocatePassage(const DescribedPassage& passage,
                                            PassageKind kind) {
  const bool is_quoted = kind == PassageKind::kQuotation ||
                         (passage.a.quoted == passage.tokens.a.size() &&
                          passage.b.quoted == passage.tokens.b.size());
  auto spans = JoinSides(passage.a, passage.b, is_quoted);
  if (kind == PassageKind::kSelf && spans.first.end > spans.second.begin) {
    // A mark between the two places belongs to neither.
    spans.first.end = passage.a.core.end;
    spans.second.begin = passage.b.core.begin;
  }
  return spans;
}

}  // namespace wirecopy
