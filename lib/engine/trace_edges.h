// The pairs of documents that share passages, with evidence and verdict.

#ifndef WIRECOPY_ENGINE_TRACE_EDGES_H_
#define WIRECOPY_ENGINE_TRACE_EDGES_H_

#include <span>
#include <vector>

#include "engine/family_lineage.h"
#include "engine/pair_findings.h"
#include "engine/passage_report.h"
#include "engine/traced_texts.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// What lineages want to know of pairs.
std::vector<PairHint> HintsOfPairs(std::span<const PairFinding> findings);

// What verdicts are made from; all must outlive the call.
struct EdgeCorpus {
  const DocumentSource& source;
  const TracedTexts& texts;
  const DocumentSizes& sizes;
  const ReportedPassages& passages;
  const CorpusLineage& lineage;
  std::span<const uint32_t> rank;  // by document, as LineageCorpus has it
};

// Verdicts, which weigh what families know besides.
std::vector<TraceEdge> MakeEdges(const EdgeCorpus& corpus,
                                 std::span<const PairFinding> findings);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_TRACE_EDGES_H_
