#include "base/hash.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_set.h"

namespace wirecopy {
namespace {

std::string Long() {
  std::string bytes;
  for (int i = 0; i < 1024; ++i) bytes.push_back(static_cast<char>(i % 256));
  return bytes;
}

// Made with the Python package xxhash.
TEST(HashTest, KnownValues) {
  struct Vector {
    std::string bytes;
    uint64_t seed;
    uint64_t hash;
    Hash128Value hash128;
  };
  constexpr uint64_t kSeed = (uint64_t{1} << 63) + 5;
  const Vector vectors[] = {
      {"", 0, 0x2D06800538D394C2, {0x6001C324468D497F, 0x99AA06D3014798D8}},
      {"wirecopy",
       0,
       0xDA1E9E9B8EE63B62,
       {0xB5899FE25FE11C80, 0xA6FE6838C1D69444}},
      {Long(), 0, 0xA870F92984398D22, {0xA870F92984398D22, 0x83885E853BB6640C}},
      {"", kSeed, 0xA3B4EFAC14C8F6D6, {0x7758A6314584F230, 0x02AE5B72F54108BC}},
      {"wirecopy",
       kSeed,
       0x538637747AFD446C,
       {0x14D4BC4D449336CB, 0x8FA3FF9F316BCF6A}},
      {Long(),
       kSeed,
       0x396C87001D5FB1C1,
       {0x396C87001D5FB1C1, 0x63604C09F77F8759}},
  };
  for (const Vector& vector : vectors) {
    EXPECT_EQ(Hash64(vector.bytes.data(), vector.bytes.size(), vector.seed),
              vector.hash);
    EXPECT_EQ(Hash128(vector.bytes.data(), vector.bytes.size(), vector.seed),
              vector.hash128);
  }
}

TEST(HashTest, ValuesAreKeysOfTables) {
  const absl::flat_hash_set<Hash128Value> seen = {{1, 2}, {2, 1}, {1, 2}};
  EXPECT_EQ(seen.size(), 2U);
  EXPECT_TRUE(seen.contains({2, 1}));
  EXPECT_FALSE(seen.contains({1, 1}));
}

}  // namespace
}  // namespace wirecopy
