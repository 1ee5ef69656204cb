// What a lineage and the edges of its pairs say must go together.

#ifndef WIRECOPY_ENGINE_RECONCILE_H_
#define WIRECOPY_ENGINE_RECONCILE_H_

#include <cstdint>
#include <span>

#include "engine/family_lineage.h"
#include "engine/passage_report.h"
#include "engine/traced_texts.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// A root that has text from another, as good as surely by their edge, is a copy
// of that one, and of those, too, that give it further words. Of two documents
// alone a lineage knows no more than their edge does: they get its verdict. In
// larger families a document whose edge with its parent is decided the other
// way round is undecided, and the parent a runner-up: two that know different
// things disagree. Where there is an edge, a parent's words are the edge's.
// Changes *lineage; `edges` are by a, then b. `passages` are what the edges are
// of; `rank` settles what is alike, by document.
void Reconcile(std::span<const TraceEdge> edges,
               const ReportedPassages& passages, const TracedTexts& texts,
               std::span<const uint32_t> rank, CorpusLineage* lineage);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_RECONCILE_H_
