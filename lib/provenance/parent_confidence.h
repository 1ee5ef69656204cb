// How often a parent is right that has such a share of the forests.

#ifndef WIRECOPY_PROVENANCE_PARENT_CONFIDENCE_H_
#define WIRECOPY_PROVENANCE_PARENT_CONFIDENCE_H_

namespace wirecopy {

// `share` and the result in [0, 1]; the one rises with the other. Learnt by
// isotonic regression (Zadrozny and Elkan 2002) of families with dates and of
// such without (lineage_calibration.h): straight lines between its points.
double ParentConfidence(double share, bool use_dates);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_PARENT_CONFIDENCE_H_
