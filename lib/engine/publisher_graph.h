// Which publisher's documents others are made from.

#ifndef WIRECOPY_ENGINE_PUBLISHER_GRAPH_H_
#define WIRECOPY_ENGINE_PUBLISHER_GRAPH_H_

#include <span>
#include <vector>

#include "wirecopy/document.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// Of every copy and each of its parents that is likelier so than not, where
// both have a publisher: by
// source, then copy. A publisher that takes from itself (updates) counts, too.
// Delays are not below 0: where a clock is wrong, it is not known.
std::vector<PublisherEdge> MakePublisherGraph(
    const DocumentSource& source, std::span<const LineageRecord> lineage,
    bool use_dates);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PUBLISHER_GRAPH_H_
