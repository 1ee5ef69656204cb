#include "base/huge_pages.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

TEST(HugePagesTest, AVectorGrowsThere) {
  std::vector<uint64_t, HugePageAllocator<uint64_t>> values;
  for (uint64_t i = 0; i < 600'000; ++i) values.push_back(i * i);
  const auto moved = std::move(values);
  ASSERT_EQ(moved.size(), 600'000U);
  for (uint64_t i = 0; i < moved.size(); ++i) ASSERT_EQ(moved[i], i * i);
}

TEST(HugePagesTest, ThereAreZerosFirst) {
  constexpr size_t kBytes = (size_t{4} << 20) + 5;
  auto* const bytes = static_cast<uint8_t*>(AllocateHugePages(kBytes));
  for (size_t i = 0; i < kBytes; ++i) ASSERT_EQ(bytes[i], 0);
  bytes[kBytes - 1] = 1;
  FreeHugePages(bytes, kBytes);
}

}  // namespace
}  // namespace wirecopy
