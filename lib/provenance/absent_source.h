// Copies of a text that is not here. Such a copy has readings of the others
// against the text that would be its parent, and that text has readings of the
// others against it: neither can come from the other. In a large family some
// texts have the same edit by chance, and more of them the larger it is; so
// what counts is how many have it beside how many may be expected to.

#ifndef WIRECOPY_PROVENANCE_ABSENT_SOURCE_H_
#define WIRECOPY_PROVENANCE_ABSENT_SOURCE_H_

#include <cstdint>
#include <vector>

#include "provenance/candidate_parents.h"
#include "provenance/forest.h"

namespace wirecopy {

struct AbsentSources {
  std::vector<double> confidences;  // that the parent is not here
  // From 1, the same for texts that were made from the same; 0: the parent is
  // here, or there is none.
  std::vector<uint32_t> groups;
};

// Where a parent is in conflict with its copy and another gives as much and is
// not, that one becomes the parent in `forest`. At most 64 witnesses are
// looked at. O(texts * (witnesses * sites * log text + text)).
AbsentSources FindAbsentSources(TextSpans texts, const CandidateTable& table,
                                Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_ABSENT_SOURCE_H_
