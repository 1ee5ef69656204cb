// Reads the documents that share passages again, to say where in their texts
// these are, what stands around them, and which are worth reporting.

#ifndef WIRECOPY_ENGINE_PASSAGE_SIDES_H_
#define WIRECOPY_ENGINE_PASSAGE_SIDES_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/passage_pairs.h"
#include "passage/groups.h"
#include "passage/kinds.h"
#include "wirecopy/passages.h"

namespace wirecopy {

// A passage that is worth reporting, and what its kind depends on.
struct LocatedPassage {
  uint32_t a = 0;
  uint32_t b = 0;
  // As a quotation, and what marks a copy has besides, at either end.
  OffsetSpan a_span;
  OffsetSpan b_span;
  std::array<uint32_t, 2> a_marks = {};
  std::array<uint32_t, 2> b_marks = {};
  uint32_t words = 0;
  uint32_t edits = 0;
  ThirdParty third_party = ThirdParty::kNone;
  bool is_furniture = false;
  bool has_rights_words = false;
};

struct LocatedPassages {
  std::vector<LocatedPassage> passages;  // in the order of the pairs
  std::vector<PassagePlaces> places;     // of the same, in tokens
  // Of the texts that have one, by document.
  std::vector<size_t> lengths;
};

// Takes the passages of pairs in batches, for each of which the documents that
// share one are read once, so that little is kept of passages that many are.
// Spans and lengths are in the options' unit of offsets. `sizes` are the tokens
// that documents had when they were scanned: FailedPrecondition, or the
// source's ReadError, where one has others now.
absl::StatusOr<LocatedPassages> LocatePassages(
    const PassagesOptions& options, const DocumentSource& source,
    std::span<const uint32_t> sizes, std::span<const PairPassage> passages);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PASSAGE_SIDES_H_
