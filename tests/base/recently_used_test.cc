#include "base/recently_used.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirecopy {
namespace {

// Every value takes the same here, so that the bound is a number of values.
constexpr size_t kBytes = 1000;
constexpr size_t kOfEntry = kBytes + RecentlyUsed<int>::kBesides;

std::vector<uint32_t> Held(const RecentlyUsed<int>& values, uint32_t numbers) {
  std::vector<uint32_t> held;
  for (uint32_t number = 0; number < numbers; ++number) {
    if (values.Find(number) != nullptr) held.push_back(number);
  }
  return held;
}

TEST(RecentlyUsedTest, ForgetsWhatWasUsedLongestAgo) {
  RecentlyUsed<int> values(3 * kOfEntry);
  for (uint32_t number = 0; number < 3; ++number) {
    values.Add(number, static_cast<int>(number) * 10, kBytes);
  }
  ASSERT_NE(values.Use(0), nullptr);
  EXPECT_EQ(*values.Use(0), 0);
  values.Find(1);  // no use
  values.Add(3, 30, kBytes);
  EXPECT_EQ(Held(values, 4), (std::vector<uint32_t>{0, 2, 3}));
  EXPECT_EQ(values.Use(1), nullptr);
  values.SetMaxBytes(kOfEntry);
  EXPECT_EQ(Held(values, 4), (std::vector<uint32_t>{3}));
}

TEST(RecentlyUsedTest, KeepsTheLastOneWhateverItsSize) {
  RecentlyUsed<int> values(10);
  values.Add(7, 70, kBytes);
  EXPECT_EQ(*values.Use(7), 70);
  values.Add(8, 80, kBytes);
  EXPECT_EQ(Held(values, 10), (std::vector<uint32_t>{8}));
}

}  // namespace
}  // namespace wirecopy
