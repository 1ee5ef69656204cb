// Absent sources that the texts name: agencies.

#ifndef WIRECOPY_PROVENANCE_AGENCY_SOURCE_H_
#define WIRECOPY_PROVENANCE_AGENCY_SOURCE_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "provenance/lineage.h"

namespace wirecopy {

// Two members that credit one agency, which published neither.
struct CommonAgency {
  uint32_t first = 0;
  uint32_t second = 0;
  std::string_view name;
};

// A root that credits an agency is not the source: it was but the first of
// those at hand to print it. It and the copies of its that credit the same
// agency are said to be made from an absent source (a stated prior of four in
// five: some take the credit along with the text). Copies of copies, and those
// that credit nobody, stay where they are: what ties them to their parents is
// their words. Changes *lineage, which TraceLineage made of the same members.
// Linear, but for sorting.
void MoveToAgencies(std::span<const CommonAgency> pairs,
                    std::vector<MemberLineage>* lineage);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_AGENCY_SOURCE_H_
