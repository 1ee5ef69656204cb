#include "wirecopy/banding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/random_sets.h"
#include "tests/support/statistics.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetPair;
using oracle::SetSource;
using ::testing::HasSubstr;

HashVector KeysOf(const HashVector& hashes, const Banding& banding) {
  SignatureParameters parameters;
  parameters.slots = banding.slots();
  HashVector keys(static_cast<size_t>(banding.bands));
  BandKeys(Signature(parameters, hashes).slots(), banding, keys);
  return keys;
}

bool AreCandidates(const SetPair& pair, const Banding& banding) {
  const HashVector a = KeysOf(pair.a, banding);
  const HashVector b = KeysOf(pair.b, banding);
  for (size_t band = 0; band < a.size(); ++band) {
    if (a[band] == b[band]) return true;
  }
  return false;
}

// Pairs at the threshold, or as little above it as the size allows, are missed
// no more often than CandidateProbability says.
void ExpectRecall(const Banding& banding, double threshold, size_t union_size,
                  int trials, SetSource* source) {
  const auto size = static_cast<double>(union_size);
  const double resemblance = std::ceil(threshold * size - 1e-6) / size;
  double missed = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const SetPair pair = source->Pair(union_size, resemblance);
    missed += AreCandidates(pair, banding) ? 0 : 1;
  }
  const double bound = 1 - CandidateProbability(resemblance, banding);
  EXPECT_GT(oracle::BinomialTail(trials, missed, bound), oracle::RareEvent())
      << union_size << " shingles at " << resemblance << ", " << banding.bands
      << " bands of " << banding.rows << ": missed " << missed << " of "
      << trials << " where " << bound * trials << " were expected at most";
}

class RecallTest : public ::testing::TestWithParam<double> {};

TEST_P(RecallTest, IsAsChosenForEverySize) {
  const double threshold = GetParam();
  SetSource source(static_cast<uint64_t>(threshold * 1000));
  for (const double recall : {0.8, 0.99}) {
    const auto banding = ChooseBanding(threshold, recall);
    ASSERT_TRUE(banding.ok());
    for (const size_t size : {6U, 30U, 130U}) {
      ExpectRecall(*banding, threshold, size, 1500, &source);
    }
    // Where drawing without replacement is said to cost most.
    ExpectRecall(*banding, threshold, static_cast<size_t>(banding->slots()),
                 1500, &source);
    ExpectRecall(*banding, threshold, 1000, 1000, &source);
    ExpectRecall(*banding, threshold, 10000, 250, &source);
  }
}

INSTANTIATE_TEST_SUITE_P(Thresholds, RecallTest,
                         ::testing::Values(0.5, 0.7, 0.8, 0.9));

// Bandings of few slots and many rows, which lose most.
TEST(CandidateProbabilityTest, IsALowerBoundForAnyBanding) {
  SetSource source(51);
  for (const Banding& banding : {Banding{16, 4}, Banding{8, 8}, Banding{64, 1},
                                 Banding{25, 5}, Banding{14, 9}}) {
    for (const double resemblance : {0.3, 0.52, 0.8}) {
      for (const size_t size : {10U, 100U, 1000U}) {
        ExpectRecall(banding, resemblance, size, 1000, &source);
      }
    }
  }
}

// The simulation could not tell a bound of zero from a good one.
TEST(CandidateProbabilityTest, IsNearTheTruthForLargeSets) {
  SetSource source(52);
  constexpr Banding kBanding = {20, 6};
  constexpr double kResemblance = 0.6;
  constexpr int kTrials = 1500;
  double found = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    found += AreCandidates(source.Pair(5000, kResemblance), kBanding) ? 1 : 0;
  }
  const double independent =
      1 - std::pow(1 - std::pow(kResemblance, kBanding.rows), kBanding.bands);
  EXPECT_TRUE(oracle::LikelyCount(kTrials, found, independent)) << found;
  EXPECT_LT(CandidateProbability(kResemblance, kBanding), independent);
}

TEST(CandidateProbabilityTest, RisesWithResemblanceAndBands) {
  for (const int rows : {1, 3, 8, 32}) {
    for (const int bands : {2, 10, 32}) {
      const Banding banding{bands, rows};
      EXPECT_EQ(CandidateProbability(0, banding), 0);
      EXPECT_EQ(CandidateProbability(1, banding), 1);
      double before = 0;
      for (int percent = 1; percent <= 100; ++percent) {
        const double j = percent / 100.0;
        const double here = CandidateProbability(j, banding);
        EXPECT_GE(here, before);
        EXPECT_LE(here, 1 - std::pow(1 - std::pow(j, rows), bands) + 1e-12);
        EXPECT_LE(here, CandidateProbability(j, {bands + 1, rows}));
        before = here;
      }
    }
  }
}

TEST(ChooseBandingTest, ReachesTheRecallWithinTheSlots) {
  int found = 0;
  for (int percent = 10; percent <= 100; percent += 5) {
    const double threshold = percent / 100.0;
    for (const double recall : {0.01, 0.5, 0.9, 0.99, 0.999, 0.999999}) {
      const auto banding = ChooseBanding(threshold, recall);
      if (!banding.ok()) continue;
      ++found;
      EXPECT_GE(banding->bands, 1);
      EXPECT_GE(banding->rows, 1);
      EXPECT_LE(banding->slots(), SignatureParameters::kMaxSlots);
      EXPECT_GE(CandidateProbability(threshold, *banding), recall);
    }
  }
  EXPECT_GT(found, 80);
}

// A banding must also be one that signatures can be made for.
TEST(ChooseBandingTest, MakesValidSignatures) {
  for (const double threshold : {0.1, 0.5, 0.9, 0.99, 1.0}) {
    for (const double recall : {0.01, 0.5, 0.9, 0.999}) {
      const auto banding = ChooseBanding(threshold, recall);
      if (!banding.ok()) continue;
      SignatureParameters parameters;
      parameters.slots = banding->slots();
      EXPECT_TRUE(Validate(parameters).ok())
          << threshold << ", " << recall << ": " << banding->slots();
    }
  }
}

TEST(ChooseBandingTest, RefusesWhatIsOutOfRange) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double threshold : {-0.5, 0.0, 1.0001, 80.0, nan}) {
    const auto banding = ChooseBanding(threshold, 0.9);
    EXPECT_EQ(banding.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(banding.status().message()),
                HasSubstr("threshold"));
  }
  for (const double recall : {-0.5, 0.0, 1.0, 99.0, nan}) {
    const auto banding = ChooseBanding(0.8, recall);
    EXPECT_EQ(banding.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(banding.status().message()), HasSubstr("recall"));
  }
}

TEST(ChooseBandingTest, SaysSoWhereNoneWillDo) {
  const auto banding = ChooseBanding(0.001, 0.999);
  EXPECT_EQ(banding.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(banding.status().message()), HasSubstr("0.001"));
  EXPECT_THAT(std::string(banding.status().message()), HasSubstr("exact join"));
}

TEST(BandKeysTest, OfEqualSlotsDifferByBand) {
  constexpr Banding kBanding = {100, 3};
  const HashVector slots(300, 42);
  HashVector keys(100);
  BandKeys(slots, kBanding, keys);
  EXPECT_EQ(std::set<uint64_t>(keys.begin(), keys.end()).size(), 100U);
}

TEST(BandKeysTest, DependOnEverySlotOfTheirBandOnly) {
  SetSource source(53);
  constexpr Banding kBanding = {17, 5};
  const HashVector slots = source.Hashes(85);
  HashVector keys(17);
  BandKeys(slots, kBanding, keys);
  for (size_t changed = 0; changed < slots.size(); ++changed) {
    HashVector others = slots;
    others[changed] ^= uint64_t{1} << source.Below(64);
    HashVector other_keys(17);
    BandKeys(others, kBanding, other_keys);
    for (size_t band = 0; band < keys.size(); ++band) {
      EXPECT_EQ(other_keys[band] != keys[band], band == changed / 5);
    }
  }
}

}  // namespace
}  // namespace wirecopy
