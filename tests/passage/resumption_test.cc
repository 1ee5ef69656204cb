#include "passage/resumption.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "tests/support/passage_oracle.h"

namespace wirecopy {
namespace {

Outlook NewOutlook(oracle::CodeSource* source, uint32_t vocabulary) {
  Outlook outlook;
  const auto codes = source->New(source->Below(Outlook::kMost + 1), vocabulary);
  outlook.size = static_cast<uint32_t>(codes.size());
  std::copy(codes.begin(), codes.end(), outlook.codes);
  return outlook;
}

// All places, of which the nearest is taken.
std::optional<Resumption> SlowResumption(const Outlook& a, const Outlook& b) {
  std::optional<Resumption> best;
  const auto key = [](const Resumption& x) {
    return std::tuple(std::max(x.a, x.b), std::min(x.a, x.b), x.a);
  };
  for (uint32_t i = 0; i + kEndRun <= a.size; ++i) {
    for (uint32_t j = 0; j + kEndRun <= b.size; ++j) {
      if (!std::equal(a.codes + i, a.codes + i + kEndRun, b.codes + j))
        continue;
      const Resumption found{i, j};
      if (!best || key(found) < key(*best)) best = found;
    }
  }
  return best;
}

TEST(ResumptionTest, TheNearestPlace) {
  oracle::CodeSource source(5);
  int found = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    const uint32_t vocabulary = 1 + source.Below(6);
    const Outlook a = NewOutlook(&source, vocabulary);
    const Outlook b = NewOutlook(&source, vocabulary);
    const std::optional<Resumption> expected = SlowResumption(a, b);
    Resumption got;
    ASSERT_EQ(FindResumption(a, b, &got), expected.has_value());
    if (!expected) continue;
    ASSERT_EQ(std::tuple(got.a, got.b), std::tuple(expected->a, expected->b));
    ++found;
  }
  EXPECT_GT(found, 2000);
  EXPECT_LT(found, 18000);
}

// A text's tokens in the order in which an end that looks that way sees them.
template <Look kLook>
std::vector<TokenCode> InText(const Outlook& outlook) {
  std::vector<TokenCode> codes(outlook.codes, outlook.codes + outlook.size);
  if (kLook == Look::kBehind) std::reverse(codes.begin(), codes.end());
  return codes;
}

template <Look kLook>
bool FindNear(const Outlook& a, const Outlook& b, Resumption* nearest) {
  const std::vector<TokenCode> of_a = InText<kLook>(a);
  const std::vector<TokenCode> of_b = InText<kLook>(b);
  const bool ahead = kLook == Look::kAhead;
  return FindNearResumption<kLook>(of_a.data() + (ahead ? 0 : a.size), a.size,
                                   of_b.data() + (ahead ? 0 : b.size), b.size,
                                   nearest);
}

TEST(ResumptionTest, TheNearestPlaceOfThoseThatAreNear) {
  oracle::CodeSource source(6);
  int found = 0;
  int far = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    const uint32_t vocabulary = 1 + source.Below(6);
    const Outlook a = NewOutlook(&source, vocabulary);
    const Outlook b = NewOutlook(&source, vocabulary);
    std::optional<Resumption> expected = SlowResumption(a, b);
    if (expected && std::max(expected->a, expected->b) > kNearGap) {
      expected.reset();
      ++far;
    }
    Resumption ahead;
    Resumption behind;
    ASSERT_EQ(FindNear<Look::kAhead>(a, b, &ahead), expected.has_value());
    ASSERT_EQ(FindNear<Look::kBehind>(a, b, &behind), expected.has_value());
    if (!expected) continue;
    const std::tuple places(expected->a, expected->b);
    ASSERT_EQ(std::tuple(ahead.a, ahead.b), places);
    ASSERT_EQ(std::tuple(behind.a, behind.b), places);
    ++found;
  }
  EXPECT_GT(found, 2000);
  EXPECT_GT(far, 500);
}

}  // namespace
}  // namespace wirecopy
