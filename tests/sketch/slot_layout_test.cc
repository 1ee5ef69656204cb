// A slot is a round above 53 bits of rank (sketch/sketch_kernels.h): enough
// for unrelated sets of any size not to agree by chance.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "base/mix.h"
#include "sketch/sketch_kernels.h"
#include "tests/support/random_sets.h"
#include "tests/support/simd_levels.h"
#include "tests/support/sketch_oracle.h"
#include "tests/support/statistics.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;

constexpr uint64_t kLastRound = 2 * kMaxSlots - 1;

HashVector Slots(const HashVector& hashes, uint32_t slot_count) {
  HashVector slots(slot_count);
  ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots.data(),
                                   slot_count);
  return slots;
}

// The probability that the lowest of n ranks of `bits` bits is the same for
// two unrelated sets: with lowest ranks that are exponential with a rate of r
// a rank, the sum over v of P(lowest = v)^2 is tanh(r / 2).
double ChanceAgreement(double hashes_a_slot, int bits) {
  return std::tanh(std::ldexp(hashes_a_slot, -bits) / 2);
}

TEST(SlotLayoutTest, ArithmeticOfTheHeader) {
  EXPECT_EQ(kLastRound << kSlotHashBits >> kSlotHashBits, kLastRound);
  EXPECT_LT(ChanceAgreement(1e8 / kMaxSlots, kSlotHashBits), 1.1e-11);
  // What 24 bits would give.
  EXPECT_GT(ChanceAgreement(1e8 / kMaxSlots, 24), 0.002);
}

// The law behind that arithmetic, measured for every rank width from where
// agreement is common down to the real one.
void ExpectChanceAgreement(size_t shingles, uint32_t slot_count,
                           SetSource* source) {
  HashVector hashes = source->Hashes(shingles);
  const HashVector a = Slots(hashes, slot_count);
  for (uint64_t& h : hashes) h = source->Next();
  const HashVector b = Slots(hashes, slot_count);
  const double a_slot =
      static_cast<double>(shingles) / static_cast<double>(slot_count);
  for (int dropped = 0; dropped < kSlotHashBits; ++dropped) {
    double agree = 0;
    for (size_t i = 0; i < a.size(); ++i) {
      agree += a[i] >> dropped == b[i] >> dropped ? 1 : 0;
    }
    if (dropped == 0) {
      EXPECT_EQ(agree, 0);
    }
    EXPECT_TRUE(oracle::LikelyCount(
        slot_count, agree, ChanceAgreement(a_slot, kSlotHashBits - dropped)))
        << shingles << " shingles, " << kSlotHashBits - dropped
        << " bits: " << agree << " of " << slot_count << " slots agree";
  }
}

TEST(SlotLayoutTest, UnrelatedSetsOfTenMillionShareNoSlot) {
  SetSource source(11);
  ExpectChanceAgreement(10'000'000, kMaxSlots, &source);
}

TEST(SlotLayoutTest, AgreementByChanceFollowsTheLaw) {
  SetSource source(12);
  for (const uint32_t slot_count : {128U, 312U, 819U, 1024U}) {
    ExpectChanceAgreement(300'000, slot_count, &source);
  }
}

// One shingle fills a third of its slots in the rounds that fill one each.
TEST(SlotLayoutTest, RoundsStandAboveRanks) {
  SetSource source(13);
  for (int i = 0; i < 20; ++i) {
    const HashVector slots = Slots(source.Hashes(1), kMaxSlots);
    std::set<uint64_t> rounds;
    for (size_t slot = 0; slot < slots.size(); ++slot) {
      const uint64_t round = slots[slot] >> kSlotHashBits;
      EXPECT_TRUE(rounds.insert(round).second) << "two slots in one round";
      EXPECT_TRUE(round < kMaxSlots || round == kMaxSlots + slot);
    }
    EXPECT_GE(*rounds.rbegin(), uint64_t{kMaxSlots});
  }
}

uint64_t InverseOf(uint64_t odd) {
  uint64_t inverse = odd;
  for (int i = 0; i < 6; ++i) inverse *= 2 - odd * inverse;
  return inverse;
}

uint64_t UnmixTwice(uint64_t x) {
  const uint64_t inverse = InverseOf(kMixMultiplier);
  for (int i = 0; i < 2; ++i) x = (x ^ (x >> 32)) * inverse;
  return x ^ (x >> 32);
}

// A hash whose rank in the last round is all ones.
uint64_t HighestInLastRound(uint64_t high_bits) {
  uint64_t x = kSlotHashMask;
  x = (x ^ (x << 21) ^ (x << 42)) & kSlotHashMask;
  return UnmixTwice(high_bits << kSlotHashBits | x) - kLastRound * kGoldenGamma;
}

// The one value that is also the empty slot's can be made on purpose. Nothing
// may come of it.
TEST(SlotLayoutTest, HighestValueOfTheLastRound) {
  int reached = 0;
  for (uint64_t high = 0; high < 64; ++high) {
    const uint64_t h = HighestInLastRound(high);
    for (const SimdLevel level : oracle::SimdLevelsHere()) {
      HashVector slots(kMaxSlots);
      SketchKernelsFor(level).fill_slots(&h, 1, slots.data(), kMaxSlots);
      EXPECT_EQ(slots, oracle::SlowSlots(HashVector{h}, kMaxSlots));
      reached += slots.back() == kEmptySlot ? 1 : 0;
    }
    SignatureParameters parameters;
    parameters.slots = kMaxSlots;
    const Signature one(parameters, HashVector{h});
    EXPECT_FALSE(one.empty());
    EXPECT_EQ(EstimateShingleCount(one), 1);
    EXPECT_EQ(EstimateResemblance(one, one).value(), 1);
    const Signature none(parameters, {});
    EXPECT_EQ(EstimateResemblance(one, none).value(), 0);
  }
  // Some 1 / e of them get that far.
  EXPECT_GT(reached, 0);
}

}  // namespace
}  // namespace wirecopy
