// Who copied whom: a direction for every pair of documents that share
// passages, and for every family of copies its lineage.
//
// The direction is a log-linear model of named evidence: each piece adds its
// weight, in nats of log-odds that `a` is the source, and the sum decides. What
// families of more than two know besides (who shares whose edits) comes from
// their lineage, which is reconstructed by the cost of describing a copy from
// its parent (Roos, Heikkila, Myllymaki 2006, "A compression-based method for
// stemmatic analysis"), with clocks as evidence, not as law.

#ifndef WIRECOPY_TRACE_H_
#define WIRECOPY_TRACE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "wirecopy/document.h"
#include "wirecopy/evidence.h"
#include "wirecopy/passage.h"
#include "wirecopy/passages.h"

namespace wirecopy {

struct TraceOptions {
  // Of which `offsets` counts for nothing: places are in bytes.
  PassagesOptions passages;
  // Dates are evidence. Without them neither times nor the order of the input
  // say anything.
  bool use_dates = true;
  // The result has what is equal within passages.
  bool keeps_runs = false;
  // Publishers' edges have all delays.
  bool keeps_delays = false;
  // Agencies and publishers that texts may name, besides those that are built
  // in and those of the documents: names that belong together, the first of
  // which is the one that is shown.
  std::vector<std::vector<std::string>> agencies;
};

absl::Status Validate(const TraceOptions& options);

enum class Relation : uint8_t {
  kRepublication,  // one took the other's text
  kExcerpt,        // one took a part of it, less than two thirds
  kUpdate,         // its publisher's own other version
  kCommonSource,   // both have it from a third, here or absent
  kQuotation,      // nothing but quotations or a third party's words in common
};

// Its name in records: "republication", "common_source". Thread-safe.
std::string_view RelationName(Relation relation);

struct TraceEdge {
  uint32_t a = 0;  // documents, a < b
  uint32_t b = 0;
  std::optional<uint32_t> source;  // a or b; none where undecided
  // How often such a verdict is right; of what is undecided, how likely the
  // likelier direction is; of a common source, how likely it is that neither
  // was made from the other. In [0.5, 1].
  double confidence = 0.5;
  Relation relation = Relation::kRepublication;
  uint64_t words = 0;     // that the passages have in common
  double a_coverage = 0;  // the share of a's own words that they cover
  double b_coverage = 0;
  // Sums up to the log-odds of a being the source; without what has no weight.
  // Of a common source one piece, which speaks for the third document.
  std::vector<Evidence> evidence;
  // Its passages: [first_passage, last_passage) of TraceResult::passages.
  size_t first_passage = 0;
  size_t last_passage = 0;
};

enum class LineageStatus : uint8_t {
  kRoot,          // the family goes back to it
  kCopy,          // made from its parents
  kHiddenSource,  // made from what is not among the documents
  kUndecided,
};

// Its name in records: "root", "hidden_source". Thread-safe.
std::string_view LineageStatusName(LineageStatus status);

struct LineageParent {
  uint32_t document = 0;
  double confidence = 0;  // that it is the parent, in [0, 1]
  uint64_t words = 0;     // that the copy has from it
  // Of all ways in which the family may hang together, weighed by their
  // likelihood, those in which it is the parent, in [0, 1]: a parent's
  // `confidence` is how often parents of such a share were right; runners-up
  // have what that leaves, by their shares. 0 where it comes from the pair's
  // edge, and of parents behind the first.
  double share = 0;
};

// A document that is in a family: it shares more than quotations with another.
struct LineageRecord {
  uint32_t document = 0;
  uint32_t family = 0;  // from 0, in the order of their first documents
  LineageStatus status = LineageStatus::kUndecided;
  // Those that the copy was made from, the one with the most words first; the
  // parent, for short. Empty but for copies.
  std::vector<LineageParent> parents;
  // Others that could be the first parent, the likeliest first.
  std::vector<LineageParent> runners_up;
  // That it has no parent here.
  double absent_confidence = 0;
  // Documents whose text was made from one and the same absent source have the
  // same number, from 1; 0 for all others.
  uint32_t source_group = 0;
  // The root that it goes back to; a root's own. None where that is absent or
  // undecided.
  std::optional<uint32_t> origin;
  // The parent is dated later than the copy: the text says so strongly that
  // a clock must be wrong.
  bool clock_overruled = false;
};

// Who feeds whom.
struct PublisherEdge {
  std::string source;
  std::string copy;
  uint64_t documents = 0;  // copies
  uint64_t words = 0;      // that they have from their sources
  // Of those of whose documents both are dated.
  std::optional<absl::Duration> median_delay;
  // These delays themselves, rising, where options ask.
  std::vector<absl::Duration> delays;
};

struct TraceResult {
  PassagesResult passages;      // their places in bytes
  std::vector<uint64_t> words;  // tokens, by document
  // By passage: what its pair's edge says; none and 0.5 where there is no edge
  // (boilerplate, repeats).
  std::vector<std::optional<uint32_t>> passage_sources;
  std::vector<double> passage_confidences;
  std::vector<TraceEdge> edges;        // by a, then b
  std::vector<LineageRecord> lineage;  // by document
  uint32_t families = 0;
  std::vector<PublisherEdge> publishers;  // by source, then copy
  // Where options ask, the equal runs of edges' passages in bytes: passage i
  // has [run_ends[i - 1], run_ends[i]) of them, in order. 32 bytes a run.
  std::vector<EqualRun> runs;
  std::vector<size_t> run_ends;

  std::span<const EqualRun> Runs(size_t passage) const {
    const size_t begin = passage == 0 ? 0 : run_ends[passage - 1];
    return {runs.data() + begin, run_ends[passage] - begin};
  }
};

// Traces a source, which is scanned once, and of which those documents that
// share something are read again. Exchanging two documents' places mirrors what
// is said of them. Deterministic for any number of threads. Memory: as
// FindPassages, and the texts of all documents that share a passage.
//
// Errors: InvalidArgument for options; whatever the source reports.
absl::StatusOr<TraceResult> Trace(const TraceOptions& options,
                                  DocumentSource* source);

}  // namespace wirecopy

#endif  // WIRECOPY_TRACE_H_
