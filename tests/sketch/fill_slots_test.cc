// fill_slots against the definition, for every instruction set.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "base/mix.h"
#include "sketch/sketch_kernels.h"
#include "tests/support/random_sets.h"
#include "tests/support/simd_levels.h"
#include "tests/support/sketch_oracle.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;

constexpr uint32_t kSlotCounts[] = {64,  65,  100, 127, 128,  129,
                                    312, 511, 512, 819, 1023, 1024};

HashVector Slots(SimdLevel level, std::span<const uint64_t> hashes,
                 uint32_t slot_count) {
  // What was in the slots before must not matter.
  HashVector slots(slot_count, 7);
  SketchKernelsFor(level).fill_slots(hashes.data(), hashes.size(), slots.data(),
                                     slot_count);
  return slots;
}

void ExpectAsDefined(std::span<const uint64_t> hashes, uint32_t slot_count) {
  const HashVector expected = oracle::SlowSlots(hashes, slot_count);
  for (const SimdLevel level : oracle::SimdLevelsHere()) {
    ASSERT_EQ(Slots(level, hashes, slot_count), expected)
        << SimdLevelName(level) << ", " << hashes.size() << " hashes, "
        << slot_count << " slots";
  }
}

TEST(FillSlotsTest, RandomSetsOfManySizes) {
  SetSource source(1);
  for (const uint32_t slot_count : kSlotCounts) {
    for (const size_t size : {0U, 1U, 2U, 3U, 63U, 64U, 65U, 128U, 511U, 512U,
                              513U, 1000U, 1025U}) {
      ExpectAsDefined(source.Hashes(size), slot_count);
    }
    ExpectAsDefined(source.Hashes(source.Below(3000)), slot_count);
  }
}

// What fill_slots says of how many hashes differ is certain where it says that
// they are more than the slots, and said of large sets: that twenty times as
// many leave a slot of the first round empty happens once in 10^6 sets.
TEST(FillSlotsTest, TellsWhetherMoreDifferThanThereAreSlots) {
  SetSource source(3);
  for (const SimdLevel level : oracle::SimdLevelsHere()) {
    for (const uint32_t slot_count : kSlotCounts) {
      HashVector slots(slot_count);
      const auto says_more = [&](const HashVector& hashes) {
        return SketchKernelsFor(level).fill_slots(hashes.data(), hashes.size(),
                                                  slots.data(), slot_count);
      };
      const HashVector large = source.Hashes(size_t{20} * slot_count);
      EXPECT_TRUE(says_more(large));
      // As many as there are slots, each filling one, over and over.
      says_more(large);
      HashVector repeated;
      for (const uint64_t slot : HashVector(slots)) {
        for (const uint64_t hash : large) {
          if (((hash ^ (hash << 21)) & kSlotHashMask) == slot) {
            repeated.push_back(hash);
          }
        }
      }
      ASSERT_EQ(repeated.size(), slot_count);
      repeated.insert(repeated.end(), repeated.begin(), repeated.end());
      EXPECT_FALSE(says_more(repeated));
      repeated.push_back(large[0] ^ 1);
      EXPECT_TRUE(says_more(repeated));
    }
  }
}

TEST(FillSlotsTest, RandomSetsOfEverySmallSize) {
  SetSource source(2);
  for (size_t size = 0; size <= 140; ++size) {
    ExpectAsDefined(source.Hashes(size), 64);
    ExpectAsDefined(source.Hashes(size),
                    static_cast<uint32_t>(64 + source.Below(65)));
  }
  for (size_t size = 2990; size <= 3000; ++size) {
    ExpectAsDefined(source.Hashes(size), 312);
  }
}

TEST(FillSlotsTest, OrderAndRepeatsDoNotMatter) {
  SetSource source(3);
  std::mt19937_64 random(4);
  for (const uint32_t slot_count : {64U, 312U, 1024U}) {
    for (const size_t size : {1U, 5U, 70U, 900U}) {
      HashVector hashes = source.Hashes(size);
      const HashVector expected = oracle::SlowSlots(hashes, slot_count);
      for (size_t i = 0; i < size; i += 2) hashes.push_back(hashes[i]);
      std::shuffle(hashes.begin(), hashes.end(), random);
      ExpectAsDefined(hashes, slot_count);
      EXPECT_EQ(Slots(ActiveSimdLevel(), hashes, slot_count), expected);
    }
  }
}

TEST(FillSlotsTest, AllEqualAndExtremeHashes) {
  constexpr uint64_t kOnes = ~uint64_t{0};
  for (const uint32_t slot_count : {64U, 129U, 1024U}) {
    ExpectAsDefined(HashVector{0}, slot_count);
    ExpectAsDefined(HashVector{kOnes}, slot_count);
    ExpectAsDefined(HashVector{0, kOnes}, slot_count);
    ExpectAsDefined(HashVector{kOnes, 0, kOnes - 1, 1}, slot_count);
    ExpectAsDefined(HashVector(200, 0x123456789ABCDEF), slot_count);
    ExpectAsDefined(HashVector(65, 0), slot_count);
  }
}

TEST(FillSlotsTest, AllInOneSlotOfTheFirstRound) {
  SetSource source(5);
  for (const uint32_t slot_count : {64U, 128U, 312U, 1024U}) {
    for (const uint64_t high : {0U, 0x80000000U, 0xFFFFFFFFU}) {
      HashVector hashes = source.Hashes(150);
      for (uint64_t& h : hashes) h = high << 32 | (h & 0xFFFFFFFF);
      ExpectAsDefined(hashes, slot_count);
    }
  }
}

// Hashes that a mixer turns to zero in one round or another, and hashes that
// are one another's later rounds before mixing.
TEST(FillSlotsTest, HashesInStepWithTheRounds) {
  for (const uint32_t slot_count : {64U, 128U, 1000U}) {
    HashVector falling;
    HashVector rising;
    for (uint64_t r = 0; r < 100; ++r) {
      falling.push_back(uint64_t{0} - r * kGoldenGamma);
      rising.push_back(r * kGoldenGamma);
    }
    ExpectAsDefined(falling, slot_count);
    ExpectAsDefined(rising, slot_count);
  }
}

TEST(FillSlotsTest, SmallNumbers) {
  HashVector hashes;
  for (uint64_t i = 0; i < 500; ++i) hashes.push_back(i);
  for (const uint32_t slot_count : {64U, 100U, 512U}) {
    ExpectAsDefined(hashes, slot_count);
  }
}

TEST(CountEqualTest, EverySizeAndPlace) {
  SetSource source(6);
  for (const SimdLevel level : oracle::SimdLevelsHere()) {
    const auto count_equal = SketchKernelsFor(level).count_equal;
    for (size_t size = 0; size <= 200; ++size) {
      const HashVector a = source.Hashes(size);
      HashVector b = a;
      size_t equal = size;
      for (uint64_t& slot : b) {
        // A difference in a single bit, high or low.
        if (source.Below(3) != 0) continue;
        slot ^= uint64_t{1} << source.Below(64);
        --equal;
      }
      EXPECT_EQ(count_equal(a.data(), b.data(), size), equal);
    }
  }
}

}  // namespace
}  // namespace wirecopy
