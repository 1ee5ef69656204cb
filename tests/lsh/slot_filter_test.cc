#include "lsh/slot_filter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/support/packed_documents.h"
#include "tests/support/random_sets.h"
#include "tests/support/statistics.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetPair;
using oracle::SetSource;

// The usual one: of a recall of 0.999.
constexpr double kLoss = 5e-5;

// Enough bands for the slots; how they are cut does not matter here.
Banding BandsOf(size_t slots) { return {static_cast<int>(slots), 1}; }

bool Passes(size_t slots, double threshold, const HashVector& a,
            const HashVector& b) {
  oracle::PackedDocuments documents(BandsOf(slots), threshold, kLoss);
  documents.Add(a);
  documents.Add(b);
  const SlotFilter& filter = documents.filter();
  SlotFilter::Rooms rooms;
  EXPECT_EQ(filter.MayReach(0, 1, &rooms), filter.MayReach(1, 0, &rooms));
  EXPECT_TRUE(filter.MayReach(0, 0, &rooms));
  return filter.MayReach(0, 1, &rooms);
}

HashVector SlotsOf(const HashVector& hashes, size_t slots) {
  SignatureParameters parameters;
  parameters.slots = static_cast<int>(slots);
  const Signature signature(parameters, hashes);
  return {signature.slots().begin(), signature.slots().end()};
}

TEST(SlotFilterTest, LosesASmallPartOfWhatMayBeMissed) {
  EXPECT_NEAR(SlotFilter::LossFor(0.999), kLoss, 1e-15);
  EXPECT_EQ(oracle::PackedDocuments({8, 8}, 0.8, kLoss).filter().loss(), kLoss);
}

// Passes as long as chance, at the threshold, makes more slots differ in so
// large a share of pairs: by the binomial tail, for every number that may
// differ.
TEST(SlotFilterTest, DrawsTheLineAtItsLoss) {
  SetSource source(72);
  for (const size_t slots : {64U, 100U, 128U, 312U, 1024U}) {
    for (const double threshold : {0.1, 0.5, 0.7, 0.8, 0.95}) {
      const double differ = (1 - threshold) * (1 - 1.0 / 8);
      const HashVector a = source.Hashes(slots);
      HashVector b = a;
      for (size_t different = 0; different <= slots; ++different) {
        const double more = oracle::BinomialTail(
            static_cast<double>(slots), static_cast<double>(different), differ);
        EXPECT_EQ(Passes(slots, threshold, a, b), more > kLoss)
            << slots << ", " << threshold << ": " << different << ", " << more;
        // In one bit of three, whichever.
        if (different < slots) b[different] ^= 1U << source.Below(3);
      }
    }
  }
}

TEST(SlotFilterTest, AllMustAgreeAtOne) {
  SetSource source(73);
  const HashVector a = source.Hashes(100);
  for (size_t i = 0; i < a.size(); ++i) {
    HashVector b = a;
    b[i] ^= 8;
    EXPECT_TRUE(Passes(100, 1, a, b));
    b[i] ^= 4;
    EXPECT_FALSE(Passes(100, 1, a, b));
  }
}

// With real signatures, of sets small and large.
TEST(SlotFilterTest, PairsAtTheThresholdPass) {
  SetSource source(74);
  constexpr int kTrials = 400;
  for (const size_t slots : {64U, 312U}) {
    for (const double threshold : {0.5, 0.8, 0.9}) {
      for (const size_t size : {10U, 100U, 1000U}) {
        double lost = 0;
        for (int trial = 0; trial < kTrials; ++trial) {
          const SetPair pair = source.Pair(size, threshold);
          lost += Passes(slots, threshold, SlotsOf(pair.a, slots),
                         SlotsOf(pair.b, slots))
                      ? 0
                      : 1;
        }
        EXPECT_GT(oracle::BinomialTail(kTrials, lost, kLoss),
                  oracle::RareEvent())
            << slots << " slots, " << size << " at " << threshold;
      }
    }
  }
}

// The line is drawn on a binomial: the slots that differ must be as many as it
// has them on the mean, and spread no wider.
TEST(SlotFilterTest, SlotsDifferAsTheLineAssumes) {
  SetSource source(76);
  constexpr int kTrials = 2000;
  constexpr double kSlots = 128;
  for (const double threshold : {0.5, 0.8}) {
    for (const size_t size : {20U, 200U, 2000U}) {
      double sum = 0;
      double squares = 0;
      double resemblance = 0;
      for (int trial = 0; trial < kTrials; ++trial) {
        const SetPair pair = source.Pair(size, threshold);
        const HashVector a = SlotsOf(pair.a, 128);
        const HashVector b = SlotsOf(pair.b, 128);
        double different = 0;
        for (size_t i = 0; i < a.size(); ++i) {
          different += (a[i] & 7) != (b[i] & 7) ? 1 : 0;
        }
        sum += different;
        squares += different * different;
        resemblance += pair.resemblance / kTrials;
      }
      const double p = (1 - resemblance) * (7.0 / 8);
      const double mean = sum / kTrials;
      const double variance = squares / kTrials - mean * mean;
      const double expected = kSlots * p * (1 - p);
      constexpr double kSigmas = 5;
      EXPECT_NEAR(mean, kSlots * p, kSigmas * std::sqrt(expected / kTrials))
          << size << " at " << threshold;
      EXPECT_LT(variance, expected * (1 + kSigmas * std::sqrt(2.0 / kTrials)))
          << size << " at " << threshold;
    }
  }
}

TEST(SlotFilterTest, UnrelatedDocumentsDoNotPass) {
  SetSource source(75);
  for (int trial = 0; trial < 200; ++trial) {
    const SetPair pair = source.Pair(500, 0);
    EXPECT_FALSE(Passes(128, 0.5, SlotsOf(pair.a, 128), SlotsOf(pair.b, 128)));
  }
}

}  // namespace
}  // namespace wirecopy
