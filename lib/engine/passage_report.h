// From pairs' passages in tokens to what is told of them: places in the texts,
// groups and kinds.

#ifndef WIRECOPY_ENGINE_PASSAGE_REPORT_H_
#define WIRECOPY_ENGINE_PASSAGE_REPORT_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/passage_pairs.h"
#include "engine/token_store.h"
#include "passage/groups.h"
#include "wirecopy/passages.h"

namespace wirecopy {

// Documents' tokens: all, and those that are no furniture.
struct DocumentSizes {
  std::vector<uint32_t> all;
  std::vector<uint32_t> own;
};
DocumentSizes SizesOf(const TokenStore& store,
                      std::span<const std::vector<TokenSpan>> furniture);

struct ReportedPassages {
  PassagesResult result;
  std::vector<PassagePlaces> places;  // of its passages, in tokens
};

// Reads the documents that share passages again. `publishers` are numbers by
// document, 0 where nobody is known. `rank` says by document which
// one's text counts as the first. `passages` are those of a PassagePairs, whose
// figures are `stats`; they are gone when they have been located. Errors: as
// LocatePassages.
absl::StatusOr<ReportedPassages> ReportPassages(
    const PassagesOptions& options, const DocumentSource& source,
    const DocumentSizes& sizes, std::span<const uint32_t> rank,
    std::span<const uint32_t> publishers, GrowingRoom<PairPassage> passages,
    const PassagesStats& stats);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PASSAGE_REPORT_H_
