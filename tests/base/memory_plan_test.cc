// What a bound on memory leaves.

#include "base/memory_plan.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace wirecopy {
namespace {

constexpr uint64_t kMebi = uint64_t{1} << 20;

MemoryBound Bound(uint64_t bytes) { return {bytes, ""}; }

TEST(MemoryPlanTest, GivesAllWithoutABound) {
  const MemoryBound none;
  const MemoryPlan plan(none);
  EXPECT_FALSE(plan.IsBounded());
  EXPECT_TRUE(plan.Check(uint64_t{1} << 60).ok());
  EXPECT_TRUE(plan.CheckKept().ok());
  EXPECT_EQ(plan.Threads(8, uint64_t{1} << 50).value(), 8);
  EXPECT_EQ(plan.Share(1000, 10, uint64_t{1} << 50).value(), 1000U);
}

TEST(MemoryPlanTest, RefusesWhatThereIsNoRoomFor) {
  const MemoryBound bound = Bound(kMebi);  // less than any program takes
  const MemoryPlan plan(bound);
  const absl::Status status = plan.Check(0);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(status.message().find("may take 1"), std::string::npos) << status;
  EXPECT_EQ(plan.CheckKept().code(), status.code());
  EXPECT_FALSE(plan.Threads(2, 1).ok());
  EXPECT_FALSE(plan.Share(2, 1, 0).ok());
}

// As the tests' own size is not known, they ask for parts of bounds that dwarf
// it.
TEST(MemoryPlanTest, CountsWhatOthersTake) {
  const MemoryBound bound = Bound(1024 * 1024 * kMebi);
  const MemoryPlan plan(bound);
  const uint64_t half = bound.bytes / 2;
  EXPECT_TRUE(plan.CheckKept().ok());
  EXPECT_TRUE(plan.Check(half).ok());
  EXPECT_FALSE(plan.Check(bound.bytes).ok());
  EXPECT_EQ(plan.Share(half, 1, 0).value(), half);
  const auto less = plan.Share(half, 1, half + half / 2);
  ASSERT_TRUE(less.ok());
  EXPECT_GT(*less, half / 8);
  EXPECT_LT(*less, half / 2);
  EXPECT_FALSE(plan.Share(half, half, half + half / 2).ok());
}

TEST(MemoryPlanTest, GivesAsManyThreadsAsHaveRoom) {
  const MemoryBound bound = Bound(1024 * 1024 * kMebi);
  const MemoryPlan plan(bound);
  EXPECT_EQ(plan.Threads(8, bound.bytes / 100).value(), 8);
  EXPECT_EQ(plan.Threads(8, bound.bytes / 4).value(), 3);
  EXPECT_EQ(plan.Threads(8, bound.bytes * 3 / 4).value(), 1);
  EXPECT_FALSE(plan.Threads(8, bound.bytes).ok());
}

}  // namespace
}  // namespace wirecopy
