// Families: documents that tell the same story in the same words.

#ifndef WIRECOPY_PASSAGE_FAMILIES_H_
#define WIRECOPY_PASSAGE_FAMILIES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "passage/passage_places.h"

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

// Whether a passage is no longer than a masthead or a footer, near the
// beginning or the end of both. `sizes` are the documents' tokens.
bool MayBeFurniture(const PassagePlaces& passage,
                    std::span<const uint32_t> sizes);

// Joins documents that share nearly all of either, or half of either or a
// paragraph that is not what sites print around their articles: known
// furniture, or mastheads and footers, short and at the same edge of both.
//
// `passages` come pair by pair, is_furniture[i] says what is known of the i-th;
// `sizes` are the documents' tokens, and `own_sizes` those that are no known
// furniture, of which the shares are. By document, one of its family, which is
// the same for all of them.
std::vector<uint32_t> FindFamilies(
    std::span<const PassagePlaces> passages,
    absl::FunctionRef<bool(size_t passage)> is_furniture,
    std::span<const uint32_t> sizes, std::span<const uint32_t> own_sizes,
    int threads);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_FAMILIES_H_
