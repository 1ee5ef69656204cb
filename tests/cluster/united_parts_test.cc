#include "cluster/united_parts.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

// By element, the first of its set.
std::vector<uint32_t> FirstOfSets(UnionFind* sets, uint32_t size) {
  std::map<uint32_t, uint32_t> first;
  std::vector<uint32_t> result;
  for (uint32_t x = 0; x < size; ++x) {
    result.push_back(first.try_emplace(sets->Find(x), x).first->second);
  }
  return result;
}

TEST(UnitedPartsTest, AsOneAfterAnother) {
  std::mt19937 engine(1);
  const auto below = [&engine](uint32_t limit) {
    return static_cast<uint32_t>(engine() % limit);
  };
  for (int trial = 0; trial < 60; ++trial) {
    const uint32_t size = 1 + below(200);
    std::vector<std::vector<std::pair<uint32_t, uint32_t>>> parts(below(9));
    UnionFind expected(size);
    for (auto& part : parts) {
      for (uint32_t i = below(20); i > 0; --i) {
        part.emplace_back(below(size), below(size));
        expected.Union(part.back().first, part.back().second);
      }
    }
    for (const int threads : {1, 2, 4}) {
      UnionFind united = UniteParts(threads, size, parts.size(),
                                    [&](size_t part, UnionFind* sets) {
                                      for (const auto& [a, b] : parts[part]) {
                                        sets->Union(a, b);
                                      }
                                    });
      ASSERT_EQ(FirstOfSets(&united, size), FirstOfSets(&expected, size));
    }
  }
}

}  // namespace
}  // namespace wirecopy
