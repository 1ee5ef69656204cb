#include "lsh/slot_packing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "tests/support/random_sets.h"
#include "tests/support/statistics.h"
#include "wirecopy/banding.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetSource;

constexpr Banding kBandings[] = {{24, 6}, {1, 1},  {64, 1}, {1024, 1}, {40, 2},
                                 {21, 3}, {50, 4}, {13, 5}, {9, 7},    {39, 8},
                                 {7, 17}, {5, 20}, {4, 31}, {32, 32}};

HashVector Packed(const SlotPacking& packing, const HashVector& slots) {
  // What was there before must not matter.
  HashVector packed(packing.words(), ~uint64_t{0});
  packing.Pack(slots, packed.data());
  return packed;
}

std::vector<uint32_t> KeysOf(const SlotPacking& packing, const Banding& banding,
                             const HashVector& slots) {
  const HashVector packed = Packed(packing, slots);
  std::vector<uint32_t> keys;
  for (size_t band = 0; band < static_cast<size_t>(banding.bands); ++band) {
    keys.push_back(BandKeyReader(packing, band).Key(packed.data()));
  }
  return keys;
}

size_t CountDifferent(const HashVector& a, const HashVector& b) {
  size_t different = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    different += ((a[i] ^ b[i]) & 7) != 0 ? 1 : 0;
  }
  return different;
}

// The least `most` with which a pair passes.
size_t FewestThatPass(const SlotPacking& packing, const HashVector& a,
                      const HashVector& b) {
  const HashVector of_a = Packed(packing, a);
  const HashVector of_b = Packed(packing, b);
  size_t most = 0;
  while (!packing.DifferInAtMost(most, of_a.data(), of_b.data())) ++most;
  EXPECT_TRUE(packing.DifferInAtMost(most + 1, of_a.data(), of_b.data()));
  return most;
}

TEST(SlotPackingTest, TakesAFewWords) {
  // 7 words of 21 slots, 5 words of 5 keys.
  EXPECT_EQ(SlotPacking({24, 6}).words(), 12U);
  EXPECT_EQ(SlotPacking({24, 6}).slots(), 144U);
  // One slot a band: keys of 27 bits, two a word.
  EXPECT_EQ(SlotPacking({64, 1}).words(), 4U + 32U);
}

TEST(SlotPackingTest, CountsTheSlotsThatDiffer) {
  SetSource source(81);
  for (const Banding& banding : kBandings) {
    const SlotPacking packing(banding);
    ASSERT_EQ(packing.slots(), static_cast<size_t>(banding.slots()));
    const HashVector a = source.Hashes(packing.slots());
    HashVector b = a;
    EXPECT_EQ(FewestThatPass(packing, a, b), 0U);
    for (int change = 0; change < 50; ++change) {
      // Of any of its bits; those above the lowest three are not looked at.
      b[source.Below(b.size())] ^= uint64_t{1} << source.Below(5);
      ASSERT_EQ(FewestThatPass(packing, a, b), CountDifferent(a, b));
    }
    b = source.Hashes(packing.slots());
    ASSERT_EQ(FewestThatPass(packing, a, b), CountDifferent(a, b));
    // All of them.
    for (size_t i = 0; i < a.size(); ++i) b[i] = ~a[i];
    ASSERT_EQ(FewestThatPass(packing, a, b), packing.slots());
  }
}

// Keys of one band are the same whenever all of its slots are, whatever the
// others; and else differ, whichever bit it is that does.
TEST(SlotPackingTest, KeysAreThoseOfTheSlotsOfTheirBand) {
  SetSource source(82);
  for (const Banding& banding : kBandings) {
    const SlotPacking packing(banding);
    const HashVector slots = source.Hashes(packing.slots());
    const std::vector<uint32_t> keys = KeysOf(packing, banding, slots);
    double alike = 0;
    constexpr int kTrials = 100;
    for (int trial = 0; trial < kTrials; ++trial) {
      const size_t changed = source.Below(slots.size());
      HashVector others = slots;
      others[changed] ^= uint64_t{1} << source.Below(64);
      const std::vector<uint32_t> other_keys = KeysOf(packing, banding, others);
      for (size_t band = 0; band < keys.size(); ++band) {
        const bool is_changed =
            band == changed / static_cast<size_t>(banding.rows);
        const bool is_alike = other_keys[band] == keys[band];
        ASSERT_TRUE(is_changed || is_alike);
        alike += is_changed && is_alike ? 1 : 0;
      }
    }
    // The bits of a key that the bands' slots do not hold are 12 at least.
    EXPECT_GT(oracle::BinomialTail(kTrials, alike, std::ldexp(1.0, -12)),
              oracle::RareEvent());
  }
}

// Signatures that agree in all slots of a band but one, which a template makes
// by the thousand, have keys that are as good as unrelated.
TEST(SlotPackingTest, OneSlotThatDiffersIsEnough) {
  SetSource source(83);
  constexpr size_t kDocuments = 4000;
  for (const Banding& banding : {Banding{24, 6}, Banding{39, 8}}) {
    const SlotPacking packing(banding);
    HashVector slots = source.Hashes(packing.slots());
    std::map<uint32_t, double> sizes;
    for (size_t i = 0; i < kDocuments; ++i) {
      slots[2] = source.Next();
      ++sizes[KeysOf(packing, banding, slots)[0]];
    }
    double pairs = 0;
    for (const auto& [key, size] : sizes) pairs += size * (size - 1) / 2;
    constexpr double kAll = kDocuments * (kDocuments - 1.0) / 2;
    // Three bits of the slot and twelve of the key.
    const double expected = kAll * std::ldexp(1.0, -15);
    constexpr double kSigmas = 5;
    EXPECT_NEAR(pairs, expected, kSigmas * std::sqrt(expected));
  }
}

// Thousands of unrelated signatures do not meet, and the parts into which keys
// are put by their top bits are of one size.
TEST(SlotPackingTest, KeysSpreadEvenly) {
  SetSource source(84);
  constexpr double kDocuments = 4096;
  constexpr double kParts = 16;
  for (const Banding& banding :
       {Banding{1, 1}, Banding{4, 6}, Banding{2, 32}}) {
    const SlotPacking packing(banding);
    std::set<uint32_t> keys;
    std::map<uint32_t, double> parts;
    for (int i = 0; i < kDocuments; ++i) {
      const uint32_t key =
          KeysOf(packing, banding, source.Hashes(packing.slots()))[0];
      keys.insert(key);
      ++parts[key >> 28];
    }
    // About 1 / 128 of a pair is expected to meet.
    EXPECT_GE(keys.size(), static_cast<size_t>(kDocuments) - 2);
    ASSERT_EQ(parts.size(), static_cast<size_t>(kParts));
    constexpr double kSigmas = 5;
    const double expected = kDocuments / kParts;
    for (const auto& [part, size] : parts) {
      EXPECT_NEAR(size, expected, kSigmas * std::sqrt(expected)) << part;
    }
  }
}

}  // namespace
}  // namespace wirecopy
