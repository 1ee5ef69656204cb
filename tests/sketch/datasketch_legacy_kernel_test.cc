// datasketch 1.6's formula where its bounds do not tell which value is least,
// for every instruction set.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "sketch/sketch_kernels.h"
#include "tests/support/datasketch_oracle.h"
#include "tests/support/simd_levels.h"

namespace wirecopy {
namespace {

using Numbers = std::vector<uint64_t>;

// Sizes on both sides of every run, block and chunk that the kernel may use.
constexpr size_t kCounts[] = {39, 40, 41, 64, 95, 500, 1024, 1025, 1063, 1064};
constexpr size_t kFunctions[] = {1, 31, 32, 33, 70};
constexpr uint64_t kHalf = uint64_t{1} << 32;
constexpr uint64_t kPrime = (uint64_t{1} << 61) - 1;

class DatasketchLegacyKernelTest : public testing::Test {
 protected:
  uint64_t Random(uint64_t below) { return random_() % below; }

  // Every multiplier odd, so that there is a hash for each value.
  void MakeFunctions(size_t count) {
    a_.resize(count);
    b_.resize(count);
    for (uint64_t& a : a_) a = Random(kPrime) | 1;
    for (uint64_t& b : b_) b = Random(kPrime);
  }

  Numbers MakeHashes(size_t count, uint64_t limit) {
    Numbers hashes(count);
    for (uint64_t& hash : hashes) hash = Random(limit);
    return hashes;
  }

  // With which a * hash + b = x.
  uint64_t HashFor(uint64_t x, size_t function) const {
    return oracle::HashFor(x, a_[function], b_[function]);
  }

  // Puts such a hash for some function somewhere.
  void Plant(uint64_t x, Numbers* hashes) {
    (*hashes)[Random(hashes->size())] = HashFor(x, Random(a_.size()));
  }

  void ExpectExact(const Numbers& hashes, uint64_t before) const {
    Numbers expected(a_.size(), before);
    for (size_t p = 0; p < a_.size(); ++p) {
      for (const uint64_t hash : hashes) {
        expected[p] = std::min(
            expected[p], oracle::SlowDatasketchValue(DatasketchScheme::kLegacy,
                                                     a_[p], b_[p], hash));
      }
    }
    for (const SimdLevel level : oracle::SimdLevelsHere()) {
      Numbers signature(a_.size(), before);
      SketchKernelsFor(level).datasketch_legacy(a_.data(), b_.data(),
                                                hashes.data(), hashes.size(),
                                                signature.data(), a_.size());
      ASSERT_EQ(signature, expected)
          << SimdLevelName(level) << ", " << hashes.size() << " hashes, "
          << a_.size() << " functions, slots of " << before;
    }
  }

 private:
  std::mt19937_64 random_{17};
  Numbers a_;
  Numbers b_;
};

TEST_F(DatasketchLegacyKernelTest, RandomHashes) {
  for (const size_t functions : kFunctions) {
    MakeFunctions(functions);
    for (const size_t count : kCounts) {
      ExpectExact(MakeHashes(count, kHalf), kHalf - 1);
      ExpectExact(MakeHashes(count, ~uint64_t{0}), kHalf - 1);
    }
  }
}

// Values so close that top bits and carries decide: around a value below all
// others, around 0, and so just below 2^32 too.
TEST_F(DatasketchLegacyKernelTest, ValuesNextToOneAnother) {
  constexpr uint64_t kSpread = 24;
  for (const size_t functions : kFunctions) {
    MakeFunctions(functions);
    for (const size_t count : kCounts) {
      for (const uint64_t middle : {0, 4, 9, 20, 1000}) {
        Numbers hashes = MakeHashes(count, ~uint64_t{0});
        for (size_t planted = 0; planted < count / 4; ++planted) {
          const uint64_t low = (middle + Random(kSpread) - kSpread / 2) % kHalf;
          Plant(Random(kHalf) << 32 | low, &hashes);
        }
        ExpectExact(hashes, kHalf - 1);
      }
    }
  }
}

// The larger bound may belong to the smaller value.
TEST_F(DatasketchLegacyKernelTest, TwoLeastValuesInAnyTwoRuns) {
  MakeFunctions(1);
  for (uint64_t distance = 0; distance < 12; ++distance) {
    for (const uint64_t top : {0, 3, 7}) {
      for (int round = 0; round < 8; ++round) {
        Numbers hashes = MakeHashes(300, kHalf);
        Plant(uint64_t{7} << 61 | 100, &hashes);
        Plant(top << 61 | (100 + distance), &hashes);
        ExpectExact(hashes, kHalf - 1);
      }
    }
  }
}

TEST_F(DatasketchLegacyKernelTest, SumsNextToMultiplesOfThePrime) {
  for (const size_t functions : kFunctions) {
    MakeFunctions(functions);
    for (const size_t count : kCounts) {
      Numbers hashes = MakeHashes(count, ~uint64_t{0});
      for (size_t planted = 0; planted < count / 4; ++planted) {
        Plant(Random(9) * kPrime + Random(21) - 10, &hashes);
      }
      ExpectExact(hashes, kHalf - 1);
    }
  }
}

// All of a document's hashes on the largest values, which bounds take for the
// smallest.
TEST_F(DatasketchLegacyKernelTest, LargestValuesOnly) {
  MakeFunctions(1);
  for (const size_t count : kCounts) {
    Numbers hashes(count);
    for (uint64_t& hash : hashes) {
      const uint64_t low = kHalf - 1 - Random(7);
      hash = HashFor(Random(uint64_t{1} << 29) << 32 | low, 0);
    }
    ExpectExact(hashes, kHalf - 1);
    ExpectExact(hashes, kHalf - 4);
  }
}

TEST_F(DatasketchLegacyKernelTest, RepeatsAndSlotsThatAreLowAlready) {
  for (const size_t functions : kFunctions) {
    MakeFunctions(functions);
    for (const size_t count : kCounts) {
      Numbers hashes = MakeHashes(count, kHalf);
      for (uint64_t& hash : hashes) hash = hashes[Random(count / 8)];
      for (const uint64_t before :
           {uint64_t{0}, uint64_t{1} << 22, kHalf - 1, kHalf, ~uint64_t{0}}) {
        ExpectExact(hashes, before);
      }
    }
  }
}

}  // namespace
}  // namespace wirecopy
