#include "base/numpy_random.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/istreamwrapper.h>

#include <cstdint>
#include <fstream>
#include <limits>
#include <string_view>

namespace wirecopy {
namespace {

rapidjson::Document ReadGolden() {
  std::ifstream file(WIRECOPY_GOLDEN_DIR "/datasketch.json");
  rapidjson::IStreamWrapper stream(file);
  rapidjson::Document document;
  document.ParseStream(stream);
  return document;
}

// One record of the golden file's section "randint".
void CheckDraws(const rapidjson::Value& record) {
  NumpyRandom random(record["seed"].GetUint());
  const bool wide = std::string_view(record["dtype"].GetString()) == "uint64";
  const uint64_t low = record["low"].GetUint64();
  const uint64_t last = record["last"].GetUint64();
  const auto& first_values = record["first"].GetArray();
  const auto& last_values = record["last_values"].GetArray();
  const unsigned count = record["count"].GetUint();
  ASSERT_GT(count, first_values.Size() + last_values.Size());
  const unsigned tail = count - last_values.Size();
  for (unsigned i = 0; i < count; ++i) {
    const uint64_t drawn = wide ? random.Uniform64(low, last)
                                : random.Uniform32(static_cast<uint32_t>(low),
                                                   static_cast<uint32_t>(last));
    ASSERT_GE(drawn, low);
    ASSERT_LE(drawn, last);
    if (i < first_values.Size()) {
      EXPECT_EQ(drawn, first_values[i].GetUint64()) << i;
    } else if (i >= tail) {
      EXPECT_EQ(drawn, last_values[i - tail].GetUint64()) << i;
    }
  }
  // Tells whether as much of the stream was used as numpy uses.
  EXPECT_EQ(random.Next32(), record["next"].GetUint());
}

TEST(NumpyRandomTest, DrawsWhatNumpyDraws) {
  const rapidjson::Document golden = ReadGolden();
  ASSERT_TRUE(golden.IsObject()) << "cannot read the golden file";
  const auto& records = golden["randint"].GetArray();
  ASSERT_EQ(records.Size(), 60u);
  for (const auto& record : records) {
    SCOPED_TRACE(testing::Message()
                 << "seed " << record["seed"].GetUint() << ", "
                 << record["dtype"].GetString() << " in ["
                 << record["low"].GetUint64() << ", "
                 << record["last"].GetUint64() << "]");
    CheckDraws(record);
  }
}

// The authors' own check value: the 10000th output after seeding with 5489.
TEST(NumpyRandomTest, IsMersenneTwister) {
  NumpyRandom random(5489);
  for (int i = 1; i < 10000; ++i) random.Next32();
  EXPECT_EQ(random.Next32(), 4123659995u);
}

TEST(NumpyRandomTest, SixtyFourBitsAreTwoDrawsUpperHalfFirst) {
  NumpyRandom words(99);
  NumpyRandom pairs(99);
  for (int i = 0; i < 1000; ++i) {
    const uint64_t upper = words.Next32();
    const uint64_t lower = words.Next32();
    ASSERT_EQ(pairs.Next64(), upper << 32 | lower) << i;
  }
}

TEST(NumpyRandomTest, EmptyRangeDrawsNothing) {
  NumpyRandom random(3);
  NumpyRandom untouched(3);
  EXPECT_EQ(random.Uniform32(8, 8), 8u);
  constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();
  EXPECT_EQ(random.Uniform64(kLargest, kLargest), kLargest);
  EXPECT_EQ(random.Next32(), untouched.Next32());
}

// Three of eight masked values are out of [0, 4] and have to be drawn again.
TEST(NumpyRandomTest, RejectionLeavesAUniformDraw) {
  NumpyRandom random(2024);
  int counts[5] = {};
  for (int i = 0; i < 50000; ++i) ++counts[random.Uniform32(0, 4)];
  // Five standard deviations of a binomial count are about 450.
  for (const int count : counts) EXPECT_NEAR(count, 10000, 450);
}

}  // namespace
}  // namespace wirecopy
