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
#include "passage/distinct_sides.h"
#include "passage/kinds.h"
#include "wirecopy/passages.h"

namespace wirecopy {

// What the kind of a passage depends on, and what depends on its kind.
struct PassageTraits {
  ThirdParty third_party = ThirdParty::kNone;
  bool is_furniture = false;
  bool has_rights_words = false;
  bool has_copied_marks = false;  // is one of LocatedPassages::marks
};

// The marks at either end of a passage that a copy has and a quotation does
// not.
struct CopiedMarks {
  uint32_t passage = 0;  // below 2^31: see DistinctSides
  std::array<uint32_t, 2> a = {};
  std::array<uint32_t, 2> b = {};
};

// Those that are worth reporting, in the order of the pairs.
struct LocatedPassages {
  std::vector<ReusedPassage> passages;  // as copies, of no group yet
  std::vector<PassageTraits> traits;    // of the same
  std::vector<CopiedMarks> marks;       // of the few that have some, in order
  std::vector<PassagePlaces> places;    // of the same, in tokens
  DistinctSides sides;                  // of the same
  // Of the texts that have one, by document.
  std::vector<size_t> lengths;
};

// Reads each document that shares one once, and describes what is a side of
// many passages once. Spans and lengths are in the options' unit of offsets.
// `sizes` are the tokens that documents had when they were scanned:
// FailedPrecondition, or the source's ReadError, where one has others now.
absl::StatusOr<LocatedPassages> LocatePassages(
    const PassagesOptions& options, const DocumentSource& source,
    std::span<const uint32_t> sizes, std::span<const PairPassage> passages);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PASSAGE_SIDES_H_
