// The passages that the documents of a corpus share.
//
// Every fingerprint (wirecopy/passage.h) belongs to the document that had it
// first: the earliest by its date, where dates are equal or unknown the one
// with the smaller id. Each document is aligned with those that had some of its
// text first. So a story that thousands of outlets ran costs one alignment a
// copy, and what a copy changed, and others took over from it, is found between
// those.

#ifndef WIRECOPY_PASSAGES_H_
#define WIRECOPY_PASSAGES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "wirecopy/document.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passage.h"

namespace wirecopy {

struct PassagesOptions {
  PassageOptions passage;
  // Align every two documents that share a fingerprint, rather than each with
  // those that had its text first. The answer may grow with the square of
  // their number.
  bool all_pairs = false;
  // With all_pairs: a fingerprint that more documents have brings nobody
  // together, unless it lies in a shared run of more than kLongRun words. 0
  // takes as many as keeps the work linear in the corpus.
  uint32_t most_documents = 0;
  // What a document has twice, as well.
  bool self = false;
  // What offsets count.
  OffsetUnit offsets = OffsetUnit::kCodePoint;
  int threads = 1;
  ProgressListener* progress = nullptr;  // may be null
};

inline constexpr int kLongRun = 30;

absl::Status Validate(const PassagesOptions& options);

// Begin inclusive, end exclusive.
struct OffsetSpan {
  size_t begin = 0;
  size_t end = 0;
  friend bool operator==(const OffsetSpan&, const OffsetSpan&) = default;
};

struct ReusedPassage {
  uint32_t a = 0;  // documents: a < b, or the same for what one repeats
  uint32_t b = 0;
  OffsetSpan a_span;
  OffsetSpan b_span;
  uint32_t words = 0;  // as in Passage
  uint32_t edits = 0;
  PassageKind kind = PassageKind::kCopy;
  uint32_t group = 0;  // in PassagesResult::groups

  double Identity() const {
    return static_cast<double>(words) / static_cast<double>(words + edits);
  }
};

// Where one and the same passage stands.
struct PassageGroup {
  struct Member {
    uint32_t document = 0;
    OffsetSpan span;
  };
  std::vector<Member> members;            // in input order
  uint32_t first = 0;                     // the earliest of them
  PassageKind kind = PassageKind::kCopy;  // of most of its passages
};

struct PassagesStats {
  uint64_t candidates = 0;  // pairs aligned
  uint64_t pairs = 0;       // of these, those with a passage
  // The limit on a fingerprint's documents, and how many were above it.
  uint64_t most_documents = 0;
  uint64_t capped_fingerprints = 0;
};

struct PassagesResult {
  // By rising a, b, and then the first equal tokens of a and of b.
  std::vector<ReusedPassage> passages;
  std::vector<PassageGroup> groups;
  // By document, in the unit of offsets; 0 for those that share nothing.
  std::vector<size_t> lengths;
  PassagesStats stats;
};

// Finds the passages of a source, which is scanned once, and of which those
// documents that share something are read again. Deterministic for any number
// of threads. Memory: some 27 bytes a token at the most and some 250 a passage,
// or 400 where no two passages have a side in common.
//
// Errors: InvalidArgument for options; whatever the source reports.
absl::StatusOr<PassagesResult> FindPassages(const PassagesOptions& options,
                                            DocumentSource* source);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGES_H_
