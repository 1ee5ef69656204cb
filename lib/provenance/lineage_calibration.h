// From a parent's share of the forests to how often it is right. Made by
// bench/accuracy/fit_lineage.py; not for editing.
//
// Learnt on 2026-11-26: 16644 parents of generated families with dates, 16627
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
    {0.0000, 0.0000}, {0.3888, 0.4771}, {0.6140, 0.7288}, {0.7459, 0.8169},
    {0.8158, 0.8599}, {0.8719, 0.8864}, {0.9329, 0.9411}, {0.9605, 0.9613},
    {0.9709, 0.9646}, {0.9746, 0.9646}, {0.9756, 0.9646}, {0.9759, 0.9646},
    {0.9845, 0.9762},
};
inline constexpr CalibrationPoint kCalibration[] = {
    {0.0000, 0.0000}, {0.0929, 0.1372}, {0.2740, 0.3578}, {0.4358, 0.4648},
    {0.5387, 0.6655}, {0.7081, 0.7938}, {0.8266, 0.8836}, {0.8937, 0.9057},
    {0.9330, 0.9187}, {0.9573, 0.9464}, {0.9692, 0.9622}, {0.9743, 0.9622},
    {0.9758, 0.9627},
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_LINEAGE_CALIBRATION_H_
