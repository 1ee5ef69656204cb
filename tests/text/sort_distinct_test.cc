#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

class SortDistinctTest : public ::testing::Test {
 protected:
  // With the scratch memory of the call before.
  void Check(std::vector<uint64_t> hashes) {
    std::vector<uint64_t> expected = hashes;
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()),
                   expected.end());
    SortDistinct(&hashes, &scratch_);
    ASSERT_EQ(hashes, expected);
  }

  // `size` values of make(i).
  template <typename Make>
  static std::vector<uint64_t> Filled(size_t size, const Make& make) {
    std::vector<uint64_t> hashes;
    for (size_t i = 0; i < size; ++i) hashes.push_back(make(i));
    return hashes;
  }

  // Below, at and above the sizes where the method or the buckets change.
  static std::vector<size_t> Sizes() {
    return {0, 1, 2, 48, 49, 256, 257, 1000, 4097, 16384, 16385, 70000, 300000};
  }

  std::mt19937_64 random_{61};
  std::vector<uint64_t> scratch_;
};

TEST_F(SortDistinctTest, Uniform) {
  for (size_t size = 0; size < 400; ++size) {
    Check(Filled(size, [this](size_t) { return random_(); }));
  }
  for (const size_t size : Sizes()) {
    Check(Filled(size, [this](size_t) { return random_(); }));
  }
}

TEST_F(SortDistinctTest, Millions) {
  for (const size_t size : {size_t{1} << 22, (size_t{1} << 22) + 1}) {
    Check(Filled(size, [this](size_t) { return random_(); }));
  }
}

TEST_F(SortDistinctTest, ManyRepeats) {
  for (const size_t size : Sizes()) {
    std::vector<uint64_t> few =
        Filled(size / 9 + 1, [this](size_t) { return random_(); });
    Check(Filled(size, [&](size_t) { return few[random_() % few.size()]; }));
  }
}

TEST_F(SortDistinctTest, AllEqual) {
  for (const size_t size : Sizes()) {
    for (const uint64_t value : {uint64_t{0}, uint64_t{5}, ~uint64_t{0}}) {
      Check(std::vector<uint64_t>(size, value));
    }
  }
}

TEST_F(SortDistinctTest, OneBucket) {
  for (const size_t size : Sizes()) {
    Check(Filled(size, [this](size_t) { return random_() >> 20; }));
    Check(Filled(size, [this](size_t) { return ~(random_() >> 20); }));
  }
}

TEST_F(SortDistinctTest, FewBucketsFull) {
  for (const size_t size : Sizes()) {
    Check(Filled(size, [this](size_t i) {
      return i % 3 == 0 ? random_() : uint64_t{i % 3} << 63 | random_() >> 40;
    }));
  }
}

TEST_F(SortDistinctTest, AlreadyInOrder) {
  constexpr uint64_t kStep = 0x0000'1234'5678'9ABC;
  for (const size_t size : Sizes()) {
    Check(Filled(size, [](size_t i) { return i * kStep; }));
    Check(Filled(size, [](size_t i) { return ~uint64_t{0} - i * kStep; }));
    Check(Filled(size, [size](size_t i) { return uint64_t{size - i}; }));
  }
}

}  // namespace
}  // namespace wirecopy
