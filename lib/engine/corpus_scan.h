// The first pass over a corpus: what every job needs to know of each document
// before it looks at any two.

#ifndef WIRECOPY_ENGINE_CORPUS_SCAN_H_
#define WIRECOPY_ENGINE_CORPUS_SCAN_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "base/hash.h"
#include "lsh/shingle_counts.h"
#include "lsh/slot_filter.h"
#include "wirecopy/dedup.h"

namespace wirecopy {

// By document unless said otherwise.
struct CorpusScan {
  std::vector<uint32_t> code_points;
  // Shingles: distinct ones after an exact scan, else with repeats.
  std::vector<uint32_t> shingles;
  // Equal for documents with the same shingles in the same sequence.
  std::vector<Hash128Value> fingerprints;
  // keys[band][i] is the key of documents_with_keys[i]: of every document that
  // has a shingle. Empty after an exact scan.
  std::vector<std::vector<uint64_t>> keys;
  std::vector<uint32_t> documents_with_keys;
  // Of every document. Null after an exact scan.
  std::unique_ptr<SlotFilter> filter;
  // Of all documents, after an exact scan.
  std::unique_ptr<ShingleCounts> counts;
};

// Scans with signatures for `banding`.
absl::StatusOr<CorpusScan> ScanForBands(const MatchOptions& options,
                                        const Banding& banding,
                                        DocumentSource* source);

// Scans for an exact join.
absl::StatusOr<CorpusScan> ScanForJoin(const MatchOptions& options,
                                       DocumentSource* source);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_CORPUS_SCAN_H_
