#include "passage/kinds.h"

#include <algorithm>

namespace wirecopy {
namespace {

// What an article quotes or embeds is a part of it: what is more of one was
// taken whole.
constexpr double kMostOfText = 0.8;

double QuotedShare(const PassageSide& side, TokenSpan tokens) {
  return static_cast<double>(side.quoted) / tokens.size();
}

// Both put it in quotation marks, with the words that say whose it is perhaps;
// or one does with all of it, who then says that the words are another's.
bool IsQuotation(const DescribedPassage& passage) {
  constexpr double kMostly = 0.6;
  constexpr double kWholly = 0.9;
  const double a = QuotedShare(*passage.a, passage.tokens->a);
  const double b = QuotedShare(*passage.b, passage.tokens->b);
  if (a >= kWholly || b >= kWholly) return true;
  return (a >= kMostly || passage.a->cues.speech) &&
         (b >= kMostly || passage.b->cues.speech) &&
         (a >= kMostly || b >= kMostly);
}

// A statement or a post that the text presents: after a colon, or with the
// account that it is from.
bool IsPresented(const PassageSide& side) {
  return side.IsWhole() && (side.behind.colon || side.cues.handle);
}

}  // namespace

bool IsBoilerplate(const GroupSpread& spread, bool has_rights_words) {
  constexpr double kMostlyAtEdge = 0.7;
  const bool at_edge = spread.at_edge >= kMostlyAtEdge;
  const uint32_t least = has_rights_words ? 2 : 4;
  return at_edge && spread.families >= least;
}

ThirdParty FindThirdParty(const DescribedPassage& passage) {
  if (std::max(passage.a->share, passage.b->share) > kMostOfText) {
    return ThirdParty::kNone;
  }
  if (IsQuotation(passage)) return ThirdParty::kQuotation;
  return IsPresented(*passage.a) && IsPresented(*passage.b)
             ? ThirdParty::kEmbedded
             : ThirdParty::kNone;
}

namespace {

// Whether statements and posts, none of which is nearly all of a text, are that
// together.
bool ArePresentedWhole(std::span<const PassageFacts> passages) {
  double a = 0;
  double b = 0;
  for (const PassageFacts& passage : passages) {
    if (passage.is_boilerplate) continue;
    if (passage.third_party != ThirdParty::kEmbedded) return false;
    a += passage.a_share;
    b += passage.b_share;
  }
  return std::max(a, b) > kMostOfText;
}

// Whether all that is shared is what one publisher prints around its articles.
bool AreFurniture(std::span<const PassageFacts> passages) {
  constexpr double kSmallPart = 1.0 / 3;
  double a = 0;
  double b = 0;
  for (const PassageFacts& passage : passages) {
    if (passage.is_boilerplate) continue;
    if (!passage.may_be_furniture) return false;
    if (passage.is_notice) continue;
    a += passage.a_share;
    b += passage.b_share;
  }
  return std::max(a, b) <= kSmallPart;
}

}  // namespace

void ClassifyPair(std::span<const PassageFacts> passages,
                  std::vector<PassageKind>* kinds) {
  // Who took sentences took their quotations along with them.
  const bool tells =
      std::any_of(passages.begin(), passages.end(),
                  [](const PassageFacts& passage) {
                    return !passage.is_boilerplate &&
                           passage.third_party == ThirdParty::kNone;
                  }) ||
      ArePresentedWhole(passages);
  kinds->clear();
  if (AreFurniture(passages)) {
    kinds->assign(passages.size(), PassageKind::kBoilerplate);
    return;
  }
  for (const PassageFacts& passage : passages) {
    if (passage.is_boilerplate) {
      kinds->push_back(PassageKind::kBoilerplate);
    } else if (tells) {
      kinds->push_back(PassageKind::kCopy);
    } else {
      kinds->push_back(passage.third_party == ThirdParty::kQuotation
                           ? PassageKind::kQuotation
                           : PassageKind::kShared);
    }
  }
}

std::pair<ByteSpan, ByteSpan> LocatePassage(const DescribedPassage& passage,
                                            PassageKind kind) {
  const bool is_quoted = kind == PassageKind::kQuotation ||
                         (passage.a->quoted == passage.tokens->a.size() &&
                          passage.b->quoted == passage.tokens->b.size());
  auto spans = JoinSides(*passage.a, *passage.b, is_quoted);
  if (kind == PassageKind::kSelf && spans.first.end > spans.second.begin) {
    // A mark between the two places belongs to neither.
    spans.first.end = passage.a->core.end;
    spans.second.begin = passage.b->core.begin;
  }
  return spans;
}

}  // namespace wirecopy
