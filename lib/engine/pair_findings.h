// What the two texts of each pair that shares passages say of who copied whom.

#ifndef WIRECOPY_ENGINE_PAIR_FINDINGS_H_
#define WIRECOPY_ENGINE_PAIR_FINDINGS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/pair_runs.h"
#include "engine/passage_pairs.h"
#include "engine/passage_report.h"
#include "engine/traced_texts.h"
#include "provenance/document_profile.h"
#include "provenance/pair_evidence.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// A pair with passages that tell something, and what its two texts say.
struct PairFinding {
  uint32_t a = 0;  // documents, a < b
  uint32_t b = 0;
  size_t first_passage = 0;  // [first, last) of the passages
  size_t last_passage = 0;
  PairEvidence said;
};

// What is equal within passages, in bytes.
struct PassageRuns {
  std::vector<EqualRun> runs;
  std::vector<size_t> ends;  // in `runs`, by passage
};

// Looks at pairs, and again at those of which more is found.
class PairFindings {
 public:
  // All must outlive this.
  PairFindings(const TraceOptions& options, const TracedTexts& texts,
               const PairRuns& runs);

  // Replaces the findings by those of `reported`, in bytes, made from `found`,
  // whose runs are kept. Pairs whose passages are as they were in `before`,
  // which was reported to the last call, keep what is said of them. The texts
  // of all pairs must have been read. Linear in the documents read newly, and
  // in the passages and runs of new pairs.
  void Update(std::span<const PairPassage> found,
              std::span<const ReusedPassage> before,
              const ReportedPassages& reported);

  // By a, then b.
  std::span<const PairFinding> findings() const { return findings_; }

  // The runs of findings' passages; none of other passages. Of the passages of
  // the last Update.
  PassageRuns Runs(std::span<const PairPassage> found,
                   const ReportedPassages& reported) const;

 private:
  class Reader;

  // Of documents whose text was read since.
  void AddProfiles();

  const TraceOptions& options_;
  const TracedTexts& texts_;
  const PairRuns& runs_;
  const PairEvidenceFinder finder_;
  // By document; null where its text was not read.
  std::vector<std::unique_ptr<const DocumentProfile>> profiles_;
  std::vector<PairFinding> findings_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PAIR_FINDINGS_H_
