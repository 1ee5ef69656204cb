// What a passage is: copied, or quoted by both, or printed around everything.

#ifndef WIRECOPY_PASSAGE_KINDS_H_
#define WIRECOPY_PASSAGE_KINDS_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "passage/report_rule.h"
#include "wirecopy/passage.h"

namespace wirecopy {

// How a group of passages is spread.
struct GroupSpread {
  // Families: documents that are copies of one another count once.
  uint32_t families = 0;
  // The share of members that nearly begin a document, or of those that nearly
  // end one, whichever is more.
  double at_edge = 0;
};

// Whether a group is what sites print around their articles, as far as that can
// be told without publishers (passage/furniture.h): what stands at the edge of
// four articles that have nothing else in common, or of two where its words
// tell so.
bool IsBoilerplate(const GroupSpread& spread, bool has_rights_words);

// Whose words a passage may be, where not the one text's or the other's.
enum class ThirdParty : uint8_t {
  kNone,
  kQuotation,  // of somebody who is quoted
  kEmbedded,   // a statement or a post
};
ThirdParty FindThirdParty(const DescribedPassage& passage);

// What decides of a passage.
struct PassageFacts {
  ThirdParty third_party = ThirdParty::kNone;
  bool is_boilerplate = false;
  // Near the same end of two articles of one publisher and not of one family,
  // no longer than what is printed around them; and a notice of rights there.
  bool may_be_furniture = false;
  bool is_notice = false;
  // Of either text's tokens.
  double a_share = 0;
  double b_share = 0;
};

// The kinds of the passages of one pair: those that are no boilerplate are
// copies, unless nothing else than what third parties said or posted is shared;
// and what is but presented is copied, too, where all of it together is nearly
// all of a text. Where all passages may be furniture and are a small part of
// both texts, but for notices, they are boilerplate. Replaces *kinds.
void ClassifyPair(std::span<const PassageFacts> passages,
                  std::vector<PassageKind>* kinds);

// A passage's spans on both sides. The quotation marks around what is but
// quoted belong to who quotes it.
std::pair<ByteSpan, ByteSpan> LocatePassage(const DescribedPassage& passage,
                                            PassageKind kind);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_KINDS_H_
