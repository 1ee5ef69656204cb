#include "provenance/parent_confidence.h"

#include <gtest/gtest.h>

#include <span>

#include "provenance/lineage_calibration.h"

namespace wirecopy {
namespace {

class ParentConfidenceTest : public testing::TestWithParam<bool> {
 protected:
  static std::span<const CalibrationPoint> Points() {
    return GetParam() ? std::span(kCalibrationDates) : std::span(kCalibration);
  }
};

TEST_P(ParentConfidenceTest, RisesFromNothing) {
  EXPECT_EQ(ParentConfidence(0, GetParam()), 0);
  double before = 0;
  for (int i = 1; i <= 1000; ++i) {
    const double confidence = ParentConfidence(i / 1000.0, GetParam());
    EXPECT_GE(confidence, before) << i;
    EXPECT_LE(confidence, 1) << i;
    before = confidence;
  }
  EXPECT_GT(before, 0.9);
}

TEST_P(ParentConfidenceTest, GoesThroughItsPoints) {
  for (const CalibrationPoint& point : Points()) {
    EXPECT_DOUBLE_EQ(ParentConfidence(point.share, GetParam()),
                     point.confidence);
  }
}

TEST_P(ParentConfidenceTest, GoesStraightBetweenThem) {
  for (size_t i = 1; i < Points().size(); ++i) {
    const CalibrationPoint& below = Points()[i - 1];
    const CalibrationPoint& above = Points()[i];
    ASSERT_LT(below.share, above.share);
    EXPECT_NEAR(ParentConfidence((below.share + above.share) / 2, GetParam()),
                (below.confidence + above.confidence) / 2, 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Dates, ParentConfidenceTest, testing::Bool());

}  // namespace
}  // namespace wirecopy
