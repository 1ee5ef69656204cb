// Texts that the forest hangs under what they were not made from.

#ifndef WIRECOPY_PROVENANCE_FREE_SOURCES_H_
#define WIRECOPY_PROVENANCE_FREE_SOURCES_H_

#include "provenance/forest.h"
#include "provenance/traced_family.h"

namespace wirecopy {

// A text that was put together from two families joins them, but the one
// does not come from the other: who has but a part from a parent, and copies of
// its own or an earlier date, becomes a root; so does who has nothing of what
// its later parent has from elsewhere. O(texts * log candidates).
void FreeSources(const TracedFamily& traced, Forest* forest);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_FREE_SOURCES_H_
