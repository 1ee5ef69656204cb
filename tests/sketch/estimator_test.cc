// Bias and spread of the estimates, by simulation against theory.

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sketch/sketch_kernels.h"
#include "tests/support/random_sets.h"
#include "tests/support/statistics.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

using oracle::ErrorLaw;
using oracle::Errors;
using oracle::HashVector;
using oracle::SetPair;
using oracle::SetSource;

SignatureParameters WithSlots(int slots) {
  SignatureParameters parameters;
  parameters.slots = slots;
  return parameters;
}

// The share of equal slots: what large sets are compared by, asked of sets of
// any size.
double EqualShare(const Signature& a, const Signature& b) {
  const size_t slots = a.slots().size();
  const size_t equal = ActiveSketchKernels().count_equal(
      a.slots().data(), b.slots().data(), slots);
  return static_cast<double>(equal) / static_cast<double>(slots);
}

struct Setting {
  size_t union_size;
  int slots;
  int trials;
};

std::string Name(const ::testing::TestParamInfo<Setting>& info) {
  return absl::StrCat("UnionOf", info.param.union_size, "In", info.param.slots,
                      "Slots");
}

// Errors of the share of equal slots, and how often each slot was equal.
struct SlotResult {
  Errors errors;
  std::vector<double> equal;
  double resemblance = 0;
};

SlotResult CompareSlots(const Setting& setting, double resemblance,
                        SetSource* source) {
  SlotResult result;
  result.equal.resize(static_cast<size_t>(setting.slots));
  for (int trial = 0; trial < setting.trials; ++trial) {
    const SetPair pair = source->Pair(setting.union_size, resemblance);
    const Signature a(WithSlots(setting.slots), pair.a);
    const Signature b(WithSlots(setting.slots), pair.b);
    result.resemblance = pair.resemblance;
    result.errors.Add(EqualShare(a, b) - pair.resemblance);
    for (size_t i = 0; i < result.equal.size(); ++i) {
      result.equal[i] += a.slots()[i] == b.slots()[i] ? 1 : 0;
    }
  }
  return result;
}

class SlotShareTest : public ::testing::TestWithParam<Setting> {};

TEST_P(SlotShareTest, UnbiasedAndNoWiderThanTheory) {
  const Setting& setting = GetParam();
  SetSource source(setting.union_size * 7 +
                   static_cast<uint64_t>(setting.slots));
  for (const double wanted : {0.0, 0.1, 0.5, 0.8, 0.95, 1.0}) {
    const SlotResult result = CompareSlots(setting, wanted, &source);
    const double j = result.resemblance;
    SCOPED_TRACE(absl::StrCat("resemblance ", j));
    EXPECT_TRUE(result.errors.Unbiased()) << result.errors.Mean();
    const ErrorLaw law = ErrorLaw::OfShare(j, setting.slots);
    EXPECT_TRUE(NotAbove(result.errors, law))
        << result.errors.MeanSquare() << " for " << law.variance;
    if (j == 0 || j == 1) {
      // Nothing agrees by chance, and nothing that is equal differs.
      EXPECT_EQ(result.errors.MeanSquare(), 0);
      continue;
    }
    // Every slot is as good as any other.
    double chi_square = 0;
    for (const double equal : result.equal) {
      const double off = equal - setting.trials * j;
      chi_square += off * off / (setting.trials * j * (1 - j));
    }
    EXPECT_TRUE(oracle::LikelyChiSquare(chi_square, setting.slots))
        << chi_square;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Sizes, SlotShareTest,
    ::testing::Values(Setting{1, 128, 200}, Setting{2, 64, 2000},
                      Setting{2, 128, 1000}, Setting{3, 100, 1000},
                      Setting{10, 64, 2000}, Setting{10, 128, 1000},
                      Setting{30, 128, 1000}, Setting{30, 312, 500},
                      Setting{100, 128, 1000}, Setting{129, 128, 1000},
                      Setting{129, 819, 300}, Setting{1000, 64, 1000},
                      Setting{1000, 128, 1000}, Setting{1000, 1024, 300},
                      Setting{10000, 128, 300}, Setting{10000, 312, 200},
                      Setting{1000000, 128, 4}),
    Name);

// Where slots outnumber shingles they are drawn without replacement, and that
// is what Fast Similarity Sketching is for.
TEST(SlotShareOfSmallSetsTest, SurelyNarrowerThanIndependentSlots) {
  SetSource source(21);
  for (const size_t size : {10U, 30U, 100U}) {
    for (const double wanted : {0.1, 0.5, 0.8}) {
      const SlotResult result =
          CompareSlots({size, 128, 1500}, wanted, &source);
      EXPECT_TRUE(SurelyBelow(result.errors,
                              ErrorLaw::OfShare(result.resemblance, 128)))
          << size << " shingles, " << wanted << ": "
          << result.errors.MeanSquare();
    }
  }
}

TEST(ResemblanceTest, ExactWhereBothAreElseByTheSlots) {
  SetSource source(22);
  for (const size_t size : {1U, 20U, 128U, 129U, 130U, 200U, 400U}) {
    for (const double share_of_a : {0.0, 0.5, 1.0}) {
      const SetPair pair = source.Pair(size, 0.6, share_of_a);
      const Signature a(WithSlots(128), pair.a);
      const Signature b(WithSlots(128), pair.b);
      const bool exact = pair.a.size() <= 128 && pair.b.size() <= 128;
      EXPECT_EQ(EstimateResemblance(a, b).value(),
                exact ? pair.resemblance : EqualShare(a, b));
      EXPECT_EQ(EstimateResemblance(b, a).value(),
                EstimateResemblance(a, b).value());
    }
  }
}

class CountTest : public ::testing::TestWithParam<int> {};

// Also for numbers of slots that are no powers of two, where the bits of a
// hash that choose a slot say something about the next ones.
TEST_P(CountTest, UnbiasedAndNoWiderThanTheory) {
  const int slots = GetParam();
  SetSource source(static_cast<uint64_t>(slots));
  const ErrorLaw law = ErrorLaw::OfRate(slots);
  for (const auto& [times, work] : {std::pair{1, 1'000'000},
                                    {3, 1'000'000},
                                    {10, 3'000'000},
                                    {50, 5'000'000}}) {
    const int size = times * slots + 1;
    Errors errors;
    for (int trial = 0; trial < work / size; ++trial) {
      const Signature signature(WithSlots(slots),
                                source.Hashes(static_cast<size_t>(size)));
      errors.Add(EstimateShingleCount(signature) / size - 1);
    }
    EXPECT_TRUE(errors.Unbiased()) << size << ": " << errors.Mean();
    EXPECT_TRUE(NotAbove(errors, law))
        << size << ": " << errors.MeanSquare() << " for " << law.variance;
  }
}

INSTANTIATE_TEST_SUITE_P(Slots, CountTest,
                         ::testing::Values(64, 100, 128, 312, 819, 1024));

TEST(CountOfSmallSetsTest, IsExact) {
  SetSource source(23);
  for (size_t size = 0; size <= 64; ++size) {
    HashVector hashes = source.Hashes(size);
    hashes.insert(hashes.end(), hashes.begin(), hashes.end());
    EXPECT_EQ(EstimateShingleCount(Signature(WithSlots(64), hashes)),
              static_cast<double>(size));
  }
}

// Containment is f(J, r) = J (1 + r) / (1 + J) for r = n_B / n_A. To second
// order its bias is that of J's variance and r's, to first order its error is
// at most the sum of theirs.
void ExpectContainment(size_t union_size, double resemblance, double share_of_a,
                       int slots, SetSource* source) {
  constexpr int kTrials = 400;
  Errors errors;
  SetPair pair;
  for (int trial = 0; trial < kTrials; ++trial) {
    pair = source->Pair(union_size, resemblance, share_of_a);
    errors.Add(EstimateContainment(Signature(WithSlots(slots), pair.a),
                                   Signature(WithSlots(slots), pair.b))
                   .value() -
               pair.containment);
  }
  const double j = pair.resemblance;
  const double ratio =
      static_cast<double>(pair.b.size()) / static_cast<double>(pair.a.size());
  const double of_j =
      (1 + ratio) * std::sqrt(j * (1 - j) / slots) / ((1 + j) * (1 + j));
  const double of_ratio = ratio * j / (1 + j) * std::sqrt(2.0 / (slots - 2));
  const double bias = (1 + ratio) * j * (1 - j) / std::pow(1 + j, 3) / slots +
                      ratio * j / (1 + j) * 2 / slots;
  SCOPED_TRACE(absl::StrCat("union of ", union_size, ", J ", j, ", a's share ",
                            share_of_a, ", C ", pair.containment));
  EXPECT_TRUE(errors.Unbiased(bias)) << errors.Mean();
  const ErrorLaw law = {(of_j + of_ratio) * (of_j + of_ratio), 3};
  EXPECT_TRUE(NotAbove(errors, law))
      << errors.MeanSquare() << " for " << law.variance;
}

TEST(ContainmentTest, BiasAndSpread) {
  SetSource source(24);
  for (const double resemblance : {0.1, 0.3, 0.5, 0.8}) {
    for (const double share_of_a : {0.2, 0.5, 0.8}) {
      ExpectContainment(1000, resemblance, share_of_a, 128, &source);
      ExpectContainment(4000, resemblance, share_of_a, 512, &source);
    }
  }
}

TEST(ContainmentTest, NeverAboveOneAndZeroWhereApart) {
  SetSource source(25);
  for (int trial = 0; trial < 200; ++trial) {
    // All of a in b: half the estimates would be above 1.
    const SetPair within = source.Pair(1000, 0.5, 0);
    const double all = EstimateContainment(Signature(WithSlots(64), within.a),
                                           Signature(WithSlots(64), within.b))
                           .value();
    EXPECT_LE(all, 1);
    EXPECT_GT(all, 0);
    const SetPair apart = source.Pair(1000, 0, 0.5);
    EXPECT_EQ(EstimateContainment(Signature(WithSlots(64), apart.a),
                                  Signature(WithSlots(64), apart.b))
                  .value(),
              0);
  }
}

class BbitTest : public ::testing::TestWithParam<std::tuple<int, double>> {};

// At these resemblances an estimate is at least six standard errors from where
// it would be clamped.
TEST_P(BbitTest, UnbiasedWithTheVarianceOfTheory) {
  const auto [bits, wanted] = GetParam();
  constexpr int kSlots = 512;
  SetSource source(26);
  Errors errors;
  double j = 0;
  for (int trial = 0; trial < 300; ++trial) {
    const SetPair pair = source.Pair(20000, wanted);
    j = pair.resemblance;
    const auto low = [&, width = bits](const HashVector& hashes) {
      return BbitSignature::From(Signature(WithSlots(kSlots), hashes), width)
          .value();
    };
    errors.Add(EstimateResemblance(low(pair.a), low(pair.b)).value() - j);
  }
  const double chance = std::ldexp(1.0, -bits);
  ErrorLaw law = ErrorLaw::OfShare(j + (1 - j) * chance, kSlots);
  law.variance /= (1 - chance) * (1 - chance);
  EXPECT_TRUE(errors.Unbiased()) << errors.Mean();
  EXPECT_TRUE(Agrees(errors, law))
      << errors.MeanSquare() << " for " << law.variance;
}

INSTANTIATE_TEST_SUITE_P(Bits, BbitTest,
                         ::testing::Combine(::testing::Values(1, 2, 4, 8, 32),
                                            ::testing::Values(0.5, 0.7)));

}  // namespace
}  // namespace wirecopy
