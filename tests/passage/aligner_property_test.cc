// What wirecopy/passage.h promises, on texts in which anything may happen.

#include <gtest/gtest.h>

#include <cstddef>

#include "tests/support/any_text.h"
#include "tests/support/passage_check.h"
#include "wirecopy/passage.h"

namespace wirecopy {
namespace {

using oracle::AnyText;
using oracle::Related;

PassageOptions SomeOptions(AnyText* source) {
  PassageOptions options;
  options.min_run = 3 + static_cast<int>(source->Below(8));
  options.min_words = 1 + static_cast<int>(source->Below(9));
  options.min_letters = static_cast<int>(source->Below(40));
  options.fragment_words = 1 + static_cast<int>(source->Below(12));
  options.lone_words = 1 + static_cast<int>(source->Below(12));
  options.max_gap = static_cast<int>(source->Below(40));
  options.every_run = source->Below(3) == 0;
  return options;
}

TEST(AlignerPropertyTest, PassagesOfTwoTexts) {
  AnyText source(1);
  size_t passages = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const auto [a, b] = Related(&source, 120);
    PassageAligner aligner(SomeOptions(&source));
    const auto found = oracle::Copy(aligner, aligner.Align(a, b));
    ASSERT_EQ(oracle::CheckPassages(a, b, found), "") << trial << "\n"
                                                      << oracle::Hex(a) << "\n"
                                                      << oracle::Hex(b);
    const auto mirrored = oracle::Copy(aligner, aligner.Align(b, a));
    ASSERT_EQ(oracle::CheckPassages(b, a, mirrored), "") << trial;
    ASSERT_TRUE(oracle::Mirrored(mirrored) ==
                oracle::Mirrored(oracle::Mirrored(found)))
        << trial << "\n"
        << oracle::Hex(a) << "\n"
        << oracle::Hex(b);
    passages += found.size();
  }
  EXPECT_GT(passages, 2000U);
}

TEST(AlignerPropertyTest, PassagesOfOneText) {
  AnyText source(2);
  size_t passages = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const auto [a, b] = Related(&source, 60);
    const std::string text = a + "\n" + b;
    PassageAligner aligner(SomeOptions(&source));
    const auto found = oracle::Copy(aligner, aligner.AlignSelf(text));
    ASSERT_EQ(oracle::CheckSelfPassages(text, found), "") << trial << "\n"
                                                          << oracle::Hex(text);
    for (const auto& one : found) {
      ASSERT_EQ(one.passage.kind, PassageKind::kSelf);
    }
    passages += found.size();
  }
  EXPECT_GT(passages, 2000U);
}

// Alone or after others: what was aligned before leaves nothing behind.
TEST(AlignerPropertyTest, AnAlignerHasNoMemoryOfTexts) {
  AnyText source(3);
  const PassageOptions options = SomeOptions(&source);
  PassageAligner used(options);
  for (int trial = 0; trial < 500; ++trial) {
    const auto [a, b] = Related(&source, 100);
    PassageAligner fresh(options);
    ASSERT_EQ(oracle::Copy(used, used.Align(a, b)),
              oracle::Copy(fresh, fresh.Align(a, b)));
    ASSERT_EQ(oracle::Copy(used, used.AlignSelf(a)),
              oracle::Copy(fresh, fresh.AlignSelf(a)));
  }
}

}  // namespace
}  // namespace wirecopy
