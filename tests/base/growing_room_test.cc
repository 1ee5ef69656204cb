#include "base/growing_room.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

std::vector<uint32_t> ValuesOf(const GrowingRoom<uint32_t>& room) {
  return {room.begin(), room.end()};
}

TEST(GrowingRoomTest, KeepsWhatIsAppended) {
  GrowingRoom<uint32_t> room;
  EXPECT_EQ(room.size(), 0U);
  std::vector<uint32_t> expected;
  for (uint32_t count = 0; count < 2000; ++count) {
    std::vector<uint32_t> values(count % 97);
    std::iota(values.begin(), values.end(), count);
    room.Append(values);
    expected.insert(expected.end(), values.begin(), values.end());
  }
  EXPECT_EQ(ValuesOf(room), expected);
  EXPECT_EQ(room[1], expected[1]);
}

TEST(GrowingRoomTest, HasRoomToBeFilled) {
  GrowingRoom<uint32_t> room(3);
  for (size_t i = 0; i < 3; ++i) room[i] = static_cast<uint32_t>(i);
  EXPECT_EQ(ValuesOf(room), (std::vector<uint32_t>{0, 1, 2}));
}

TEST(GrowingRoomTest, CopiesAndMoves) {
  GrowingRoom<uint32_t> room;
  room.Append(std::vector<uint32_t>{1, 2});
  const GrowingRoom<uint32_t> copy = room;
  room[0] = 7;
  EXPECT_EQ(ValuesOf(copy), (std::vector<uint32_t>{1, 2}));
  GrowingRoom<uint32_t> moved = std::move(room);
  EXPECT_EQ(ValuesOf(moved), (std::vector<uint32_t>{7, 2}));
  moved = copy;
  EXPECT_EQ(ValuesOf(moved), ValuesOf(copy));
  moved = {};
  EXPECT_EQ(moved.size(), 0U);
  moved.Append({});
  moved.Append(std::vector<uint32_t>{3});
  EXPECT_EQ(ValuesOf(moved), (std::vector<uint32_t>{3}));
}

}  // namespace
}  // namespace wirecopy
