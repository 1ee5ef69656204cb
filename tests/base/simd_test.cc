#include "base/simd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>

#include "base/kernel_table.h"

namespace wirecopy {
namespace {

using ::testing::HasSubstr;

constexpr char kVariable[] = "WIRECOPY_SIMD";
constexpr SimdLevel kLevels[] = {SimdLevel::kPortable, SimdLevel::kAvx2,
                                 SimdLevel::kAvx512};

// Leaves the variable as it was.
class SimdEnvironmentTest : public ::testing::Test {
 protected:
  SimdEnvironmentTest() {
    // The kernels in use are chosen by what the variable was first.
    ActiveSimdLevel();
    if (const char* const value = std::getenv(kVariable)) before_ = value;
  }
  ~SimdEnvironmentTest() override {
    if (before_) {
      setenv(kVariable, before_->c_str(), 1);
    } else {
      unsetenv(kVariable);
    }
  }

  static absl::StatusOr<SimdLevel> With(const std::string& value) {
    setenv(kVariable, value.c_str(), 1);
    return SimdLevelFromEnvironment();
  }

 private:
  std::optional<std::string> before_;
};

TEST(SimdLevelTest, Names) {
  EXPECT_STREQ(SimdLevelName(SimdLevel::kPortable), "portable");
  EXPECT_STREQ(SimdLevelName(SimdLevel::kAvx2), "avx2");
  EXPECT_STREQ(SimdLevelName(SimdLevel::kAvx512), "avx512");
}

TEST_F(SimdEnvironmentTest, UnsetOrEmptyMeansTheBest) {
  unsetenv(kVariable);
  EXPECT_EQ(SimdLevelFromEnvironment().value(), BestSimdLevel());
  EXPECT_EQ(With("").value(), BestSimdLevel());
}

TEST_F(SimdEnvironmentTest, NamesALevelThatIsThere) {
  EXPECT_EQ(With("portable").value(), SimdLevel::kPortable);
  for (const SimdLevel level : kLevels) {
    const auto found = With(SimdLevelName(level));
    if (level <= BestSimdLevel()) {
      EXPECT_EQ(found.value(), level);
      continue;
    }
    EXPECT_EQ(found.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(found.status().message()),
                HasSubstr(SimdLevelName(BestSimdLevel())));
  }
}

TEST_F(SimdEnvironmentTest, RefusesOtherNames) {
  for (const char* name :
       {"AVX2", "avx", "avx22", "avx2 ", " avx2", "sse4.2", "0", "best"}) {
    const auto found = With(name);
    EXPECT_EQ(found.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(found.status().message()), HasSubstr(name));
    EXPECT_THAT(std::string(found.status().message()),
                HasSubstr("portable, avx2, avx512"));
  }
}

TEST_F(SimdEnvironmentTest, TheActiveLevelStays) {
  const SimdLevel active = ActiveSimdLevel();
  EXPECT_LE(active, BestSimdLevel());
  for (const char* name : {"portable", "avx2", "nonsense"}) {
    setenv(kVariable, name, 1);
    EXPECT_EQ(ActiveSimdLevel(), active);
  }
}

TEST(SelectKernelsTest, PicksTheTableOfTheLevel) {
  const int portable = 1;
  const int avx2 = 2;
  const int avx512 = 3;
  const int* const tables[] = {&portable, &avx2, &avx512};
  for (const SimdLevel level : kLevels) {
    EXPECT_EQ(&SelectKernels(level, portable, avx2, avx512),
              tables[static_cast<int>(level)]);
  }
}

}  // namespace
}  // namespace wirecopy
