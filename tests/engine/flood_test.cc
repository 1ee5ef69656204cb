// Documents made by somebody who knows the seed: all of them have one
// signature, and next to nothing in common.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "sketch/sketch_kernels.h"
#include "wirecopy/banding.h"
#include "wirecopy/dedup.h"
#include "wirecopy/document.h"
#include "wirecopy/shingle.h"

namespace wirecopy {
namespace {

constexpr size_t kDocuments = 2000;
constexpr size_t kOwnWords = 300;

DedupOptions OptionsWith(uint64_t seed) {
  DedupOptions options;
  options.match.shingle.k = 1;
  options.match.shingle.seed = seed;
  return options;
}

std::vector<uint64_t> SlotsOf(const std::string& text, uint64_t seed,
                              size_t slots) {
  Shingler shingler(OptionsWith(seed).match.shingle);
  const auto hashes = shingler.Hashes(text);
  std::vector<uint64_t> values(slots);
  ActiveSketchKernels().fill_slots(hashes.data(), hashes.size(), values.data(),
                                   static_cast<uint32_t>(slots));
  return values;
}

// For each slot the word that is least there, among many: whoever has these
// words has their slots.
std::string WordsThatFill(size_t slots, uint64_t seed) {
  constexpr size_t kTried = 100000;
  Shingler shingler(OptionsWith(seed).match.shingle);
  std::string all;
  for (size_t i = 0; i < kTried; ++i) absl::StrAppend(&all, "magic", i, " ");
  const std::vector<uint64_t> best = SlotsOf(all, seed, slots);
  const auto hashes = shingler.Hashes(all);
  std::string words;
  for (size_t i = 0; i < kTried; ++i) {
    // A word is in the best signature if nothing changes where it stands alone
    // in its slot: its value there is the best one.
    uint64_t value[kMaxSlots];
    const uint64_t hash = hashes[i];
    ActiveSketchKernels().fill_slots(&hash, 1, value,
                                     static_cast<uint32_t>(slots));
    for (size_t slot = 0; slot < slots; ++slot) {
      if (value[slot] == best[slot]) {
        absl::StrAppend(&words, "magic", i, " ");
        break;
      }
    }
  }
  return words;
}

TEST(FloodTest, CostsNoMoreThanThereAreDocuments) {
  const DedupOptions options = OptionsWith(0);
  const auto banding =
      ChooseBanding(options.match.threshold, options.match.recall);
  ASSERT_TRUE(banding.ok());
  const auto slots = static_cast<size_t>(banding->slots());
  const std::string magic = WordsThatFill(slots, 0);
  std::vector<std::string> texts;
  for (size_t d = 0; d < kDocuments; ++d) {
    std::string text = magic;
    for (size_t i = 0; i < kOwnWords; ++i) {
      absl::StrAppend(&text, "own", d * kOwnWords + i, " ");
    }
    texts.push_back(std::move(text));
  }
  // The attack works: nearly all slots are the same.
  const auto first = SlotsOf(texts[0], 0, slots);
  const auto second = SlotsOf(texts[1], 0, slots);
  size_t equal = 0;
  for (size_t i = 0; i < slots; ++i) equal += first[i] == second[i] ? 1 : 0;
  EXPECT_GT(equal * 10, slots * 9);

  std::vector<Document> documents;
  for (size_t d = 0; d < kDocuments; ++d) {
    documents.push_back({{true, absl::StrCat(d)}, texts[d], std::nullopt});
  }
  for (const uint64_t seed : {uint64_t{0}, uint64_t{0x5ec2e7}}) {
    const auto source = NewMemorySource(documents);
    const auto result = Dedup(OptionsWith(seed), source.get());
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_TRUE(result->removed.empty());
    EXPECT_LE(result->stats.candidates, kDocuments) << "seed " << seed;
  }
}

}  // namespace
}  // namespace wirecopy
