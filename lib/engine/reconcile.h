// What a lineage and the edges of its pairs say must go together.

#ifndef WIRECOPY_ENGINE_RECONCILE_H_
#define WIRECOPY_ENGINE_RECONCILE_H_

#include <cstdint>
#include <span>

#include "engine/corpus_lineage.h"
#include "engine/passage_report.h"
#include "engine/traced_texts.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// In larger families than of two a document whose edge with its parent is
// decided the other way round, or says that both are from a third, is
// undecided, and the parent a runner-up: two that know different things
// disagree. Such a parent behind the first is dropped. If it `may_adopt`, a
// root that has text from another, as good as surely by their edge, is a copy
// of that one, and of those, too, that give it further words. Of two documents
// alone a lineage knows no more than their edge does: they get its verdict.
// Where there is an edge, a parent's words are the edge's.
//
// Changes *lineage, and says whether: then edges that were made from it are to
// be made anew. Without `may_adopt` parents only become fewer, but for those of
// families of two. `edges` are by a, then b. `passages` are what the edges are
// of; `rank` settles what is alike, by document.
bool Reconcile(std::span<const TraceEdge> edges,
               const ReportedPassages& passages, const TracedTexts& texts,
               std::span<const uint32_t> rank, bool may_adopt,
               CorpusLineage* lineage);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_RECONCILE_H_
