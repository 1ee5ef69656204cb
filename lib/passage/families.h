// Families: documents that tell the same story in the same words.

#ifndef WIRECOPY_PASSAGE_FAMILIES_H_
#define WIRECOPY_PASSAGE_FAMILIES_H_

#include <cstdint>
#include <span>

#include "cluster/union_find.h"
#include "passage/groups.h"

namespace wirecopy {

// How a stretch lies in its document.
struct EdgeDistance {
  // So many tokens before or behind it are no more than a byline or a link.
  static constexpr uint32_t kNear = 30;

  uint32_t before = 0;
  uint32_t behind = 0;

  bool IsAtBegin() const { return before <= kNear; }
  bool IsAtEnd() const { return behind <= kNear; }
};

EdgeDistance DistanceFromEdges(TokenSpan tokens, uint32_t document_size);

// Joins documents that share nearly all of either, or half of either or a
// paragraph that is not what sites print around their articles: mastheads and
// footers, short and at the same edge of both.
//
// `passages` come pair by pair; `sizes` are the documents' tokens.
UnionFind FindFamilies(std::span<const PassagePlaces> passages,
                       std::span<const uint32_t> sizes);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_FAMILIES_H_
