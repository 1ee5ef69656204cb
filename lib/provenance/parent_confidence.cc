#include "provenance/parent_confidence.h"

#include <algorithm>
#include <span>

#include "provenance/lineage_calibration.h"

namespace wirecopy {

double ParentConfidence(double share, bool use_dates) {
  const std::span<const CalibrationPoint> points =
      use_dates ? std::span(kCalibrationDates) : std::span(kCalibration);
  const auto above =
      std::upper_bound(points.begin(), points.end(), share,
                       [](double wanted, const CalibrationPoint& point) {
                         return wanted < point.share;
                       });
  if (above == points.begin()) return points.front().confidence;
  if (above == points.end()) return points.back().confidence;
  const CalibrationPoint& below = *(above - 1);
  const double way = (share - below.share) / (above->share - below.share);
  return below.confidence + way * (above->confidence - below.confidence);
}

}  // namespace wirecopy
