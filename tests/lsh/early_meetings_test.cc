#include "lsh/early_meetings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "base/hash.h"
#include "sketch/sketch_kernels.h"
#include "tests/support/random_sets.h"
#include "tests/support/statistics.h"
#include "wirecopy/banding.h"

namespace wirecopy {
namespace {

using oracle::HashVector;
using oracle::SetPair;
using oracle::SetSource;

constexpr Banding kBanding = {24, 6};

struct Sketched {
  std::vector<uint64_t> packed;
  Hash128Value fingerprint;
};

Sketched Sketch(const HashVector& hashes) {
  const SlotPacking packing(kBanding);
  uint64_t slots[kMaxSlots];
  ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), slots,
                                   static_cast<uint32_t>(packing.slots()));
  Sketched sketched = {
      std::vector<uint64_t>(packing.words()),
      Hash128(hashes.data(), hashes.size() * sizeof(uint64_t), 0)};
  packing.Pack({slots, packing.slots()}, sketched.packed.data());
  return sketched;
}

class EarlyMeetingsTest : public ::testing::Test {
 protected:
  bool Note(const HashVector& hashes) {
    const Sketched sketched = Sketch(hashes);
    return meetings_.Note(sketched.packed.data(), sketched.fingerprint);
  }

  EarlyMeetings meetings_{SlotPacking(kBanding), 20000};
  SetSource source_{31};
};

TEST_F(EarlyMeetingsTest, TheFirstMeetsNobodyAndATwinIsNotWanted) {
  const HashVector text = source_.Hashes(300);
  EXPECT_FALSE(Note(text));
  EXPECT_FALSE(Note(text));
  HashVector edited = text;
  edited.back() ^= 1;
  EXPECT_TRUE(Note(edited));
  EXPECT_FALSE(Note(edited));
}

// As often as one of four bands of six slots brings such a pair together.
TEST_F(EarlyMeetingsTest, SeesWhatItsBandsBringTogether) {
  constexpr size_t kTrials = 2000;
  for (const double resemblance : {0.6, 0.8, 0.9}) {
    size_t seen = 0;
    for (size_t i = 0; i < kTrials; ++i) {
      const SetPair pair = source_.Pair(2000, resemblance);
      EXPECT_FALSE(Note(pair.a));
      seen += Note(pair.b) ? 1 : 0;
    }
    const double expected = 1 - std::pow(1 - std::pow(resemblance, 6), 4);
    const double spread =
        std::sqrt(oracle::ErrorLaw::OfShare(expected, kTrials).variance);
    EXPECT_NEAR(static_cast<double>(seen) / kTrials, expected,
                oracle::kSigmas * spread)
        << resemblance;
  }
}

TEST_F(EarlyMeetingsTest, UnrelatedTextsHardlyMeet) {
  constexpr size_t kTexts = 20000;
  size_t met = 0;
  for (size_t i = 0; i < kTexts; ++i) met += Note(source_.Hashes(40)) ? 1 : 0;
  // Each of a text's four bands may find its own sixteen bits where another
  // hash has left them: 1.2 times at most, and more than 12 times once in 10^9.
  EXPECT_LE(met, 12U);
}

TEST_F(EarlyMeetingsTest, ServesManyThreads) {
  const HashVector text = source_.Hashes(300);
  std::vector<HashVector> edits(64, text);
  for (size_t i = 0; i < edits.size(); ++i) edits[i][i] = source_.Next();
  EXPECT_FALSE(Note(text));
  std::vector<size_t> met(4);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < met.size(); ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = t; i < edits.size(); i += met.size()) {
        met[t] += Note(edits[i]) ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  // Of so few nothing is forgotten, and a single shingle is not in all bands.
  for (const size_t of_thread : met) EXPECT_EQ(of_thread, 16U);
}

}  // namespace
}  // namespace wirecopy
