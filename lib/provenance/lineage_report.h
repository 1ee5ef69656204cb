// From a forest of texts to what is said of every member.

#ifndef WIRECOPY_PROVENANCE_LINEAGE_REPORT_H_
#define WIRECOPY_PROVENANCE_LINEAGE_REPORT_H_

#include <vector>

#include "provenance/absent_source.h"
#include "provenance/forest.h"
#include "provenance/lineage.h"
#include "provenance/traced_family.h"

namespace wirecopy {

// By member. Of members that are alike the first is the parent of those that
// are later; of those that may all be the first, each has what the first would.
// Confidences are shares of the forests, calibrated (lineage_weights.h).
std::vector<MemberLineage> ReportLineage(const TracedFamily& traced,
                                         const Forest& forest,
                                         const AbsentSources& absent);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_REPORT_H_
