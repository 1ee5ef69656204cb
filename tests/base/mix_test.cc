#include "base/mix.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/support/statistics.h"

namespace wirecopy {
namespace {

// Made with Python's integers from the formulas of docs/signature.md.
TEST(MixTest, KnownValues) {
  EXPECT_EQ(MixOnce(0), 0U);
  EXPECT_EQ(MixTwice(0), 0U);
  EXPECT_EQ(MixOnce(0x0000000000000001), 0xD6E8FEBED11E0850);
  EXPECT_EQ(MixTwice(0x0000000000000001), 0x4179B061E0C0E0D0);
  EXPECT_EQ(MixOnce(0x0000000000000002), 0xADD1FD75A23C10A0);
  EXPECT_EQ(MixTwice(0x0000000000000002), 0x1C9963305FEBC252);
  EXPECT_EQ(MixOnce(0x0123456789ABCDEF), 0xE9161BF8B42C11E7);
  EXPECT_EQ(MixTwice(0x0123456789ABCDEF), 0x3EFDEA49C590F4EC);
  EXPECT_EQ(MixOnce(0x8000000000000000), 0xB32CFECC1967F64C);
  EXPECT_EQ(MixTwice(0x8000000000000000), 0x72446BBCF6C799D7);
  EXPECT_EQ(MixOnce(0xFFFFFFFFFFFFFFFF), 0x99A60269CD301368);
  EXPECT_EQ(MixTwice(0xFFFFFFFFFFFFFFFF), 0x448E29CED4103459);
}

TEST(MixTest, RoundZeroIsTheHash) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000; ++i) {
    const uint64_t h = random();
    EXPECT_EQ(RoundHash(h, 0), h);
    for (const uint64_t r : {1U, 2U, 63U, 2047U}) {
      EXPECT_EQ(RoundHash(h, r), MixTwice(h + r * kGoldenGamma));
    }
  }
  static_assert(RoundHash(7, 0) == 7);
}

// An inverse shows that no two values meet.
TEST(MixTest, MixersAreOneToOne) {
  uint64_t inverse = kMixMultiplier;
  for (int i = 0; i < 6; ++i) inverse *= 2 - kMixMultiplier * inverse;
  ASSERT_EQ(inverse * kMixMultiplier, 1U);
  std::mt19937_64 random(2);
  for (int i = 0; i < 10000; ++i) {
    const uint64_t x = i < 100 ? static_cast<uint64_t>(i) : random();
    uint64_t twice = MixTwice(x);
    twice ^= twice >> 32;
    twice *= inverse;
    twice ^= twice >> 32;
    twice *= inverse;
    EXPECT_EQ(twice ^ (twice >> 32), x);
    uint64_t once = MixOnce(x);
    once ^= (once >> 29) ^ (once >> 58);
    once *= inverse;
    EXPECT_EQ(once ^ (once >> 32), x);
  }
}

// Of random values, each bit of the input turns each bit of the output over in
// half of all cases.
TEST(MixTest, MixTwiceAvalanches) {
  constexpr int kTrials = 20000;
  std::mt19937_64 random(3);
  std::vector<std::array<double, 64>> flips(64);
  for (int trial = 0; trial < kTrials; ++trial) {
    const uint64_t x = random();
    const uint64_t mixed = MixTwice(x);
    for (size_t in = 0; in < 64; ++in) {
      uint64_t changed = mixed ^ MixTwice(x ^ (uint64_t{1} << in));
      for (; changed != 0; changed &= changed - 1) {
        ++flips[in][static_cast<size_t>(std::countr_zero(changed))];
      }
    }
  }
  for (size_t in = 0; in < 64; ++in) {
    for (size_t out = 0; out < 64; ++out) {
      const double off = flips[in][out] - kTrials / 2.0;
      EXPECT_LE(std::abs(off), oracle::kSigmas * std::sqrt(kTrials) / 2)
          << "bit " << in << " to " << out;
    }
  }
}

// A chi-square statistic of pairs of six-bit numbers.
class PairTable {
 public:
  void Add(uint64_t a, uint64_t b) {
    ++cells_[(a & 63) * 64 + (b & 63)];
    ++count_;
  }
  bool IsEven() const {
    const double expected = count_ / 4096;
    double chi_square = 0;
    for (const double cell : cells_) {
      chi_square += (cell - expected) * (cell - expected) / expected;
    }
    return oracle::LikelyChiSquare(chi_square, 4095);
  }

 private:
  std::vector<double> cells_ = std::vector<double>(4096);
  double count_ = 0;
};

// What a slot depends on: the top bits of rounds of one hash tell nothing of
// one another, nor the low bits of the top ones.
TEST(MixTest, RoundsAreIndependent) {
  std::mt19937_64 random(4);
  std::vector<uint64_t> hashes(100000);
  for (uint64_t& h : hashes) h = random();
  for (const uint64_t first : {0U, 1U, 2U, 1023U}) {
    for (const uint64_t step : {1U, 2U, 64U, 1024U}) {
      PairTable high;
      PairTable crossed;
      for (const uint64_t h : hashes) {
        const uint64_t a = RoundHash(h, first);
        const uint64_t b = RoundHash(h, first + step);
        high.Add(a >> 58, b >> 58);
        crossed.Add(a, b >> 58);
      }
      EXPECT_TRUE(high.IsEven()) << first << ", " << step;
      EXPECT_TRUE(crossed.IsEven()) << first << ", " << step;
    }
  }
}

// Hashes that follow one another are as good as random ones from round 1 on.
TEST(MixTest, MixTwiceSpreadsConsecutiveNumbers) {
  for (const uint64_t step :
       {uint64_t{1}, uint64_t{1} << 20, uint64_t{1} << 32, uint64_t{1} << 44}) {
    PairTable ends;
    PairTable neighbours;
    for (uint64_t i = 0; i < 100000; ++i) {
      const uint64_t mixed = MixTwice(i * step);
      ends.Add(mixed >> 58, mixed);
      neighbours.Add(mixed >> 58, MixTwice((i + 1) * step) >> 58);
    }
    EXPECT_TRUE(ends.IsEven()) << step;
    EXPECT_TRUE(neighbours.IsEven()) << step;
  }
}

}  // namespace
}  // namespace wirecopy
