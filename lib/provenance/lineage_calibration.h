// From a parent's share of the forests to how often it is right. Made by
// bench/accuracy/fit_lineage.py; not for editing.
//
// Learnt on 2026-11-26: 16612 parents of generated families with dates, 16613
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
    {0.0000, 0.0000}, {0.3137, 0.4718}, {0.5615, 0.7041}, {0.7146, 0.8274},
    {0.8209, 0.8822}, {0.8849, 0.8848}, {0.9313, 0.9466}, {0.9598, 0.9620},
    {0.9707, 0.9651}, {0.9746, 0.9651}, {0.9756, 0.9651}, {0.9759, 0.9651},
    {0.9845, 0.9766},
};
inline constexpr CalibrationPoint kCalibration[] = {
    {0.0000, 0.0000}, {0.0613, 0.1294}, {0.2245, 0.2980}, {0.3966, 0.4712},
    {0.5089, 0.6303}, {0.6772, 0.8090}, {0.8152, 0.9008}, {0.8869, 0.9160},
    {0.9297, 0.9223}, {0.9556, 0.9514}, {0.9685, 0.9686}, {0.9741, 0.9737},
    {0.9757, 0.9743},
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_
