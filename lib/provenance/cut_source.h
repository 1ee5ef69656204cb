// Absent sources that are here after all, but for what was cut from them in the
// archive after they were copied.

#ifndef WIRECOPY_PROVENANCE_CUT_SOURCE_H_
#define WIRECOPY_PROVENANCE_CUT_SOURCE_H_

#include "provenance/absent_source.h"
#include "provenance/candidate_parents.h"
#include "provenance/forest.h"

namespace wirecopy {

// A source that was cut has the beginning of its copies and no word of its own:
// each of its readings is in most of them, while a copy that was shortened has
// edits, which they have not. Where one such text that is not dated later fits
// nearly all that are said to have one absent source, it is their parent: in
// `forest`, and they are in no group. O(groups * candidates * text).
void HangOnCutSources(TextSpans texts, const CandidateTable& table,
                      AbsentSources* absent, Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_CUT_SOURCE_H_
