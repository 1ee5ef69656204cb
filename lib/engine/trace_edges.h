// The pairs of documents that share passages, with evidence and verdict.

#ifndef WIRECOPY_ENGINE_TRACE_EDGES_H_
#define WIRECOPY_ENGINE_TRACE_EDGES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/family_lineage.h"
#include "engine/passage_report.h"
#include "engine/traced_texts.h"
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

// By a, then b. The texts of all pairs must have been read. Passages are in
// bytes.
std::vector<PairFinding> FindPairs(const TraceOptions& options,
                                   const TracedTexts& texts,
                                   std::span<const ReusedPassage> passages);

// What lineages want to know of pairs.
std::vector<PairHint> HintsOfPairs(std::span<const PairFinding> findings);

// What verdicts are made from; all must outlive the call.
struct EdgeCorpus {
  const DocumentSource& source;
  const TracedTexts& texts;
  const DocumentSizes& sizes;
  const ReportedPassages& passages;
  const CorpusLineage& lineage;
};

// Verdicts, which weigh what families know besides. Takes the evidence.
std::vector<TraceEdge> MakeEdges(const EdgeCorpus& corpus,
                                 std::vector<PairFinding> findings);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_TRACE_EDGES_H_
