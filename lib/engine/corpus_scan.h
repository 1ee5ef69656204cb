// The first pass over a corpus: what every job needs to know of each document
// before it looks at any two.

#ifndef WIRECOPY_ENGINE_CORPUS_SCAN_H_
#define WIRECOPY_ENGINE_CORPUS_SCAN_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "base/hash.h"
#include "base/parted_source.h"
#include "base/scratch_file.h"
#include "cluster/shingle_sets.h"
#include "engine/stages.h"
#include "lsh/packed_signatures.h"
#include "lsh/shingle_counts.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

// By document unless said otherwise.
struct CorpusScan {
  std::vector<uint32_t> code_points;
  // Shingles: distinct ones after an exact scan, else with repeats.
  std::vector<uint32_t> shingles;
  // Equal for documents with the same shingles in the same sequence.
  std::vector<Hash128Value> fingerprints;
  // Null after an exact scan.
  std::unique_ptr<PackedSignatures> signatures;
  // Of all documents, after an exact scan.
  std::unique_ptr<ShingleCounts> counts;
  // Of documents that look like one before them, as far as there was room, so
  // that they need not be read again.
  ShingleSetList early_sets;
};

// Scans with signatures for `banding`, which go to `scratch` unless it is null.
// It outlives the scan.
absl::StatusOr<CorpusScan> ScanForBands(const MatchOptions& options,
                                        const Banding& banding,
                                        ScratchFile* scratch,
                                        DocumentSource* source);

// The same, by the part: those that `stages` has are not read again. `source`
// is known then.
absl::StatusOr<CorpusScan> ScanPartsForBands(const MatchOptions& options,
                                             const Banding& banding,
                                             ScratchFile* scratch,
                                             PartedSource* source,
                                             Stages* stages);

// Saves what is missing of those parts that are this process's, and no more.
absl::Status SketchParts(const MatchOptions& options, const Banding& banding,
                         ScratchFile* scratch, PartedSource* source,
                         Stages* stages);

// Scans for an exact join.
absl::StatusOr<CorpusScan> ScanForJoin(const MatchOptions& options,
                                       DocumentSource* source);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_CORPUS_SCAN_H_
