// From a parent's share of the forests to how often it is right. Made by
// bench/accuracy/fit_lineage.py; not for editing.
//
// Learnt on 2026-11-26: 16669 parents of generated families with dates, 16614
// without, seeds from 520 on.

#ifndef WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_
#define WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_

namespace wirecopy {

struct CalibrationPoint {
  double share;
  double confidence;
};

// By rising share.
inline constexpr CalibrationPoint kCalibrationDates[] = {
    {0.0000, 0.0000}, {0.2970, 0.4219}, {0.5515, 0.7060}, {0.7083, 0.8183},
    {0.8181, 0.8801}, {0.8862, 0.8909}, {0.9324, 0.9441}, {0.9646, 0.9659},
    {0.9787, 0.9675}, {0.9835, 0.9675}, {0.9849, 0.9675}, {0.9852, 0.9675},
    {0.9905, 0.9781},
};
inline constexpr CalibrationPoint kCalibration[] = {
    {0.0000, 0.0000}, {0.0618, 0.1282}, {0.2191, 0.2745}, {0.3858, 0.4567},
    {0.5015, 0.6081}, {0.6676, 0.8167}, {0.8134, 0.9066}, {0.8887, 0.9254},
    {0.9341, 0.9341}, {0.9616, 0.9527}, {0.9765, 0.9749}, {0.9830, 0.9776},
    {0.9850, 0.9776},
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_
