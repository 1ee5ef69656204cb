// De-duplication: which documents to remove, and the proof for each.

#ifndef WIRECOPY_DEDUP_H_
#define WIRECOPY_DEDUP_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "wirecopy/banding.h"
#include "wirecopy/document.h"
#include "wirecopy/memory_bound.h"
#include "wirecopy/shingle.h"
#include "wirecopy/similarity.h"

namespace wirecopy {

enum class ClusterMethod { kStar, kComponents };

// Which document of a cluster stays. Ties go to the smaller id, so that the
// answer does not depend on the order of input (but for kFirst). A date without
// a time of day counts as its midnight in UTC: an order of everything, where no
// more is known.
enum class KeepPolicy {
  kFirst,     // in input order
  kLongest,   // most code points
  kEarliest,  // published first; those without a date come last
  kLatest,    // published last; those without a date come last
};

// How similar documents are looked for, by every job.
struct MatchOptions {
  // At least this similar, in (0, 1].
  double threshold = 0.8;
  Measure measure = Measure::kJaccard;
  // Find every pair, by prefix filtering, rather than by bands. Containment
  // always does.
  bool exact = false;
  // Of pairs at or above the threshold, the share that bands are to find.
  double recall = 0.999;
  ShingleOptions shingle;
  int threads = 1;
  // For shingle sets that are kept at hand; more saves making them again. Less
  // where the memory's bound asks for it; without a bound up to half as much
  // besides, for sets that are kept from the scan until they are first wanted.
  size_t cache_bytes = size_t{256} << 20;
  // Of FindPairs, it goes with resemblance by bands.
  MemoryBound memory;
  ProgressListener* progress = nullptr;  // may be null
};

absl::Status Validate(const MatchOptions& options);

struct DedupOptions {
  MatchOptions match;
  ClusterMethod cluster = ClusterMethod::kStar;
  KeepPolicy keep = KeepPolicy::kFirst;
};

struct RemovedDocument {
  uint32_t document = 0;
  uint32_t kept = 0;
  double similarity = 0;  // by the measure; containment is document's in kept
};

struct MatchStats {
  uint64_t candidates = 0;         // pairs compared, equal texts' among them
  uint64_t verified_pairs = 0;     // of these, pairs that reach the threshold
  double expected_recall = 1;      // for pairs right at the threshold
  std::optional<Banding> banding;  // absent for exact joins
};

struct DedupResult {
  std::vector<RemovedDocument> removed;  // rising by document
  MatchStats stats;
};

// Finds what to remove from `source`, which is scanned once and then read
// where documents are alike. Deterministic for any number of threads.
//
// With stars every removed document reaches the threshold with its kept one,
// and no two kept ones do (with bands: but for what the recall leaves). With
// kJaccard and components, a removed document is joined to the kept one by a
// chain of verified pairs. Containment knows stars only: a document is removed
// for one that contains it.
//
// With a bound on memory, signatures are read from disk each time they are
// looked at, and threads and sets at hand are as few as the bound leaves room
// for. What there is no room to file under shingles is filed in rounds, each of
// which reads the texts again. What is known of a document takes some 100
// bytes, and a bound that has no room for that is refused when all are known.
//
// Errors: InvalidArgument for options; ResourceExhausted where memory's bound
// is too low, or its folder full; whatever the source reports.
absl::StatusOr<DedupResult> Dedup(const DedupOptions& options,
                                  DocumentSource* source);

}  // namespace wirecopy

#endif  // WIRECOPY_DEDUP_H_
