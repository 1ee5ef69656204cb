// Texts of few words and tables of numbers: what makes sketches of weak hashes
// fail. The texts are fixed; the seed of the hashes varies.

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sketch/sketch_kernels.h"
#include "tests/support/statistics.h"
#include "wirecopy/shingle.h"
#include "wirecopy/signature.h"
#include "wirecopy/similarity.h"

namespace wirecopy {
namespace {

using oracle::ErrorLaw;
using oracle::Errors;

constexpr int kSlots = 128;

struct TextPair {
  std::string name;
  std::string a;
  std::string b;
};

std::string Repeated(const std::string& word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) absl::StrAppend(&text, word, " ");
  return text;
}

// Runs of one word with a numbered one between two.
std::string Runs(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) {
    absl::StrAppend(&text, Repeated("the", 5 + i % 20), i, " ");
  }
  return text;
}

std::string TwoWords(uint32_t seed, int count) {
  std::mt19937 random(seed);
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += (random() & 1) != 0 ? "yes " : "no ";
  }
  return text;
}

std::string Numbers(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) absl::StrAppend(&text, i, " ");
  return text;
}

// A row has its number, a cell of few values and one that counts down.
std::string Table(int from, int to, int values) {
  std::string text;
  for (int i = from; i < to; ++i) {
    absl::StrAppend(&text, i, ",", i * i % values, ",0,0,", 10000 - i, "\n");
  }
  return text;
}

std::string Bits(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) {
    for (int bit = 12; bit >= 0; --bit) {
      absl::StrAppend(&text, i >> bit & 1, bit == 0 ? "\n" : ",");
    }
  }
  return text;
}

std::vector<TextPair> Pairs() {
  const std::string common = TwoWords(1, 400);
  return {
      {"runs", Runs(0, 60), Runs(20, 80)},
      {"two words", common + TwoWords(2, 200), common + TwoWords(3, 200)},
      {"two words, few of them", TwoWords(2, 60), TwoWords(3, 60)},
      {"numbers", Numbers(1, 900), Numbers(300, 1200)},
      {"table", Table(0, 150, 7), Table(50, 200, 7)},
      {"table of bits", Bits(0, 80), Bits(40, 120)},
  };
}

// Estimates by slots, whether or not the sets are small enough for exact ones.
void ExpectUnbiased(const TextPair& pair, const ShingleOptions& base) {
  Errors errors;
  double resemblance = 0;
  constexpr uint64_t kTrials = 300;
  for (uint64_t seed = 0; seed < kTrials; ++seed) {
    ShingleOptions options = base;
    options.seed = seed;
    Shingler of_a(options);
    Shingler of_b(options);
    const auto a = of_a.Set(pair.a);
    const auto b = of_b.Set(pair.b);
    const double exact = Intersect(a, b).Jaccard();
    // If it varied, shingles would have met that are not the same.
    if (seed > 0) {
      ASSERT_EQ(exact, resemblance);
    }
    resemblance = exact;
    const Signature sketch_a({options, kSlots}, a);
    const Signature sketch_b({options, kSlots}, b);
    const size_t equal = ActiveSketchKernels().count_equal(
        sketch_a.slots().data(), sketch_b.slots().data(), kSlots);
    errors.Add(static_cast<double>(equal) / kSlots - exact);
  }
  ASSERT_GT(resemblance, 0);
  EXPECT_TRUE(errors.Unbiased()) << errors.Mean();
  const ErrorLaw law = ErrorLaw::OfShare(resemblance, kSlots);
  EXPECT_TRUE(NotAbove(errors, law))
      << errors.MeanSquare() << " for " << law.variance;
}

TEST(LowEntropyTest, EstimatesAreUnbiased) {
  for (const TextPair& pair : Pairs()) {
    for (const int k : {5, 8, 16}) {
      SCOPED_TRACE(absl::StrCat(pair.name, ", ", k, " words"));
      // Sixteen random words of sixty meet in no second text.
      if (k > 5 && pair.a.size() < 300) continue;
      ExpectUnbiased(pair, {.unit = ShingleUnit::kWord, .k = k, .seed = 0});
    }
    SCOPED_TRACE(absl::StrCat(pair.name, ", 6 characters"));
    ExpectUnbiased(pair, {.unit = ShingleUnit::kCharacter, .k = 6, .seed = 0});
  }
}

TEST(LowEntropyTest, OneWordRepeated) {
  for (const int k : {1, 5, 8, 16, 32}) {
    for (uint64_t seed = 0; seed < 200; ++seed) {
      Sketcher sketcher(
          {{.unit = ShingleUnit::kWord, .k = k, .seed = seed}, kSlots});
      const Signature few = sketcher.Sketch(Repeated("again", k));
      const Signature many = sketcher.Sketch(Repeated("again", 10 * k));
      const Signature other = sketcher.Sketch(Repeated("never", 10 * k));
      EXPECT_EQ(EstimateShingleCount(many), 1);
      EXPECT_EQ(EstimateResemblance(few, many).value(), 1);
      EXPECT_EQ(EstimateResemblance(few, other).value(), 0);
      EXPECT_EQ(ActiveSketchKernels().count_equal(few.slots().data(),
                                                  other.slots().data(), kSlots),
                0U);
    }
  }
}

// Distinct shingles are counted by hand: no two may share a hash, for any seed.
TEST(LowEntropyTest, CountsOfShinglesAreTheTexts) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    for (const int k : {5, 16}) {
      Shingler shingler({.unit = ShingleUnit::kWord, .k = k, .seed = seed});
      EXPECT_EQ(shingler.Set(Numbers(0, 5000)).size(),
                static_cast<size_t>(5000 - k + 1));
    }
    Shingler five({.unit = ShingleUnit::kWord, .k = 5, .seed = seed});
    EXPECT_EQ(five.Set(TwoWords(9, 5000)).size(), 32U);
  }
}

}  // namespace
}  // namespace wirecopy
