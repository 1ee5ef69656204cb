#include "base/zeroed_table.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>

namespace wirecopy {
namespace {

TEST(ZeroedTableTest, HoldsWhatIsWrittenAndElseZeros) {
  for (const size_t size : {size_t{1}, size_t{1000}, size_t{3} << 20}) {
    ZeroedTable<uint32_t> table(size);
    ASSERT_EQ(table.size(), size);
    for (size_t i = 0; i < size; i += 7)
      table[i] = static_cast<uint32_t>(i + 1);
    for (size_t i = 0; i < size; ++i) {
      ASSERT_EQ(table[i], i % 7 == 0 ? i + 1 : 0) << i;
    }
  }
}

TEST(ZeroedTableTest, MayBeEmpty) {
  EXPECT_EQ(ZeroedTable<uint64_t>(0).size(), 0U);
}

}  // namespace
}  // namespace wirecopy
