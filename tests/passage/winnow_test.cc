#include "passage/winnow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "tests/support/passage_oracle.h"
#include "tests/support/statistics.h"
#include "wirecopy/passage.h"

namespace wirecopy {
namespace {

using oracle::Codes;
using Fingerprints = std::vector<Fingerprint>;

std::vector<uint64_t> HashesOf(const Codes& codes) {
  std::vector<uint64_t> hashes;
  for (const TokenCode code : codes) {
    hashes.push_back((code + 1) * 0x9E3779B97F4A7C15);
  }
  return hashes;
}

Fingerprints Select(const Codes& codes, int min_run) {
  Fingerprints prints = {{1, 1}};
  Winnower(min_run).Select(HashesOf(codes), &prints);
  return prints;
}

std::map<uint32_t, uint64_t> ByPosition(const Fingerprints& prints) {
  std::map<uint32_t, uint64_t> map;
  for (const Fingerprint& print : prints) map[print.position] = print.hash;
  return map;
}

TEST(WinnowTest, SizesAddUpToTheRun) {
  for (int run = PassageOptions::kLeastRun; run <= PassageOptions::kMostRun;
       ++run) {
    const WinnowSizes sizes = SizesForRun(run);
    EXPECT_EQ(sizes.gram + sizes.window - 1, static_cast<size_t>(run));
    EXPECT_GE(sizes.gram, 3U);
    EXPECT_GE(sizes.window, 1U);
  }
}

TEST(WinnowTest, ShortTexts) {
  const int min_run = 8;
  const auto gram = static_cast<uint32_t>(SizesForRun(min_run).gram);
  oracle::CodeSource source(1);
  for (uint32_t size = 0; size <= min_run; ++size) {
    const Fingerprints prints = Select(source.New(size, 1000), min_run);
    EXPECT_EQ(prints.size(), size < gram ? 0U : 1U) << size;
  }
}

TEST(WinnowTest, PositionsRiseAndHashesAreOfTheGrams) {
  oracle::CodeSource source(2);
  std::map<Codes, uint64_t> hashes;
  for (int trial = 0; trial < 100; ++trial) {
    const Codes codes = source.New(source.Below(100), 2);
    const auto gram = SizesForRun(4).gram;
    uint32_t least = 0;
    for (const Fingerprint& print : Select(codes, 4)) {
      ASSERT_GE(print.position, least);
      ASSERT_LE(print.position + gram, codes.size());
      least = print.position + 1;
      const auto begin = codes.begin() + print.position;
      const Codes tokens(begin, begin + static_cast<std::ptrdiff_t>(gram));
      ASSERT_EQ(hashes.emplace(tokens, print.hash).first->second, print.hash);
    }
  }
  EXPECT_GT(hashes.size(), 3U);
}

// Whether a fingerprint of a stands in the run of `size` tokens at (i, j), and
// the same one at the same place of it in b.
bool ShareOne(const std::map<uint32_t, uint64_t>& a,
              const std::map<uint32_t, uint64_t>& b, const Hit& run,
              const WinnowSizes& sizes) {
  for (uint32_t k = 0; k < sizes.window; ++k) {
    const auto in_a = a.find(run.a + k);
    const auto in_b = b.find(run.b + k);
    if (in_a != a.end() && in_b != b.end() && in_a->second == in_b->second) {
      return true;
    }
  }
  return false;
}

// Returns how many runs there were.
size_t CheckGuarantee(const Codes& a, const Codes& b, int min_run) {
  const auto of_a = ByPosition(Select(a, min_run));
  const auto of_b = ByPosition(Select(b, min_run));
  const auto size = static_cast<uint32_t>(min_run);
  size_t runs = 0;
  for (const TokenRun& longest : oracle::MaximalRuns(a, b, size)) {
    for (uint32_t i = 0; i + size <= longest.length; ++i) {
      const Hit run{longest.a + i, longest.b + i};
      EXPECT_TRUE(ShareOne(of_a, of_b, run, SizesForRun(min_run)))
          << "min_run " << min_run << " at " << run.a << ", " << run.b;
      ++runs;
    }
  }
  return runs;
}

TEST(WinnowTest, EverySharedRunHasTheSameFingerprintAtTheSamePlace) {
  oracle::CodeSource source(3);
  size_t runs = 0;
  for (int trial = 0; trial < 600 && !HasFailure(); ++trial) {
    const int min_run = 3 + trial % 62;
    const uint32_t vocabulary = 1 + source.Below(4);
    const Codes shared = source.New(
        source.Below(2 * static_cast<uint32_t>(min_run)), vocabulary);
    Codes texts[2];
    for (Codes& text : texts) {
      text = oracle::Joined(source.New(source.Below(80), vocabulary), shared);
      text = oracle::Joined(text, source.New(source.Below(80), vocabulary));
    }
    runs += CheckGuarantee(texts[0], texts[1], min_run);
  }
  EXPECT_GT(runs, 10000U);
}

// Of random n-grams, two in `window` + 1 are the least of a window (Schleimer
// et al., section 3.2).
TEST(WinnowTest, Density) {
  constexpr uint32_t kTokens = 200000;
  oracle::CodeSource source(4);
  for (const int min_run : {3, 8, 12, 64}) {
    const WinnowSizes sizes = SizesForRun(min_run);
    const auto grams = static_cast<double>(kTokens - sizes.gram + 1);
    const double density = 2 / (static_cast<double>(sizes.window) + 1);
    const Fingerprints prints = Select(source.New(kTokens, 1 << 30), min_run);
    // Neighbours are no independent draws: less is chosen beside one that is,
    // so that a binomial's spread is above the true one.
    EXPECT_NEAR(
        static_cast<double>(prints.size()), density * grams,
        oracle::kSigmas * std::sqrt(grams * density * (1 - density)) + 1)
        << min_run;
  }
}

}  // namespace
}  // namespace wirecopy
