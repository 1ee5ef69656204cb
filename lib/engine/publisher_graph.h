// Which publisher's documents others are made from.

#ifndef WIRECOPY_ENGINE_PUBLISHER_GRAPH_H_
#define WIRECOPY_ENGINE_PUBLISHER_GRAPH_H_

#include <span>
#include <vector>

#include "engine/traced_texts.h"
#include "wirecopy/document.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// Of every copy and each of its parents that is likelier so than not, where
// both have a publisher: by source, then copy. A publisher that takes from
// itself (updates) counts, too. `texts` have the times, where dates are used.
// Delays are not below 0: where a clock is wrong, it is not known. Nor is a
// delay of about a day where a time is a date alone, or without a zone.
std::vector<PublisherEdge> MakePublisherGraph(
    const DocumentSource& source, const TracedTexts& texts,
    std::span<const LineageRecord> lineage, bool keeps_delays = false);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PUBLISHER_GRAPH_H_
