#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/passage.h"

namespace wirecopy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kFirst =
    "The bakery on Mill Lane burned its first loaf in forty years on Monday.";
constexpr std::string_view kSecond =
    "Nobody in the queue complained, since the smell alone was worth the walk "
    "up from the harbour.";

std::string_view Cut(std::string_view text, ByteSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

TEST(PassageAlignerTest, FindsACopyToTheFullStop) {
  const std::string a = "Ours alone. " + std::string(kSecond) + " The end!";
  const std::string b = std::string(kSecond) + "\n\nAnother ending, then.";
  PassageAligner aligner((PassageOptions()));
  const auto passages = aligner.Align(a, b);
  ASSERT_THAT(passages, SizeIs(1));
  EXPECT_EQ(Cut(a, passages[0].a), kSecond);
  EXPECT_EQ(Cut(b, passages[0].b), kSecond);
  EXPECT_EQ(passages[0].words, 17U);
  EXPECT_EQ(passages[0].edits, 0U);
  EXPECT_EQ(passages[0].Identity(), 1.0);
}

TEST(PassageAlignerTest, SwappedParagraphsAreTwoPassages) {
  const std::string a = std::string(kFirst) + "\n\n" + std::string(kSecond);
  const std::string b = std::string(kSecond) + "\n\n" + std::string(kFirst);
  PassageAligner aligner((PassageOptions()));
  const auto passages = aligner.Align(a, b);
  ASSERT_THAT(passages, SizeIs(2));
  EXPECT_EQ(Cut(a, passages[0].a), kFirst);
  EXPECT_EQ(Cut(b, passages[0].b), kFirst);
  EXPECT_EQ(Cut(a, passages[1].a), kSecond);
  EXPECT_EQ(Cut(b, passages[1].b), kSecond);
}

TEST(PassageAlignerTest, CountsEdits) {
  const std::string b =
      "Nobody in the queue had complained, since the smell alone was worth a "
      "walk up from the old harbour.";
  PassageAligner aligner((PassageOptions()));
  const auto passages = aligner.Align(kSecond, b);
  ASSERT_THAT(passages, SizeIs(1));
  // "had" was put in, "the" became "a"; what follows "old" is too short to
  // belong.
  EXPECT_EQ(Cut(b, passages[0].b),
            "Nobody in the queue had complained, since the smell alone was "
            "worth a walk up from the");
  EXPECT_EQ(passages[0].edits, 2U);
  EXPECT_EQ(passages[0].words, 15U);
  const auto runs = aligner.Runs(0);
  ASSERT_THAT(runs, SizeIs(3));
  EXPECT_EQ(Cut(kSecond, runs[0].a), "Nobody in the queue");
  EXPECT_EQ(Cut(b, runs[1].b), "complained, since the smell alone was worth");
  EXPECT_EQ(Cut(b, runs[2].b), "walk up from the");
}

TEST(PassageAlignerTest, NothingInCommon) {
  PassageAligner aligner((PassageOptions()));
  EXPECT_THAT(aligner.Align(kFirst, kSecond), IsEmpty());
  EXPECT_THAT(aligner.Align("", kSecond), IsEmpty());
  EXPECT_THAT(aligner.AlignSelf(kFirst), IsEmpty());
}

TEST(PassageAlignerTest, FindsWhatATextRepeats) {
  const std::string text = std::string(kSecond) + "\n\n" + std::string(kFirst) +
                           "\n\n" + std::string(kSecond);
  PassageAligner aligner((PassageOptions()));
  const auto passages = aligner.AlignSelf(text);
  ASSERT_THAT(passages, SizeIs(1));
  EXPECT_EQ(passages[0].a, (ByteSpan{0, kSecond.size()}));
  EXPECT_EQ(passages[0].b,
            (ByteSpan{text.size() - kSecond.size(), text.size()}));
}

TEST(PassageAlignerTest, AMarkBetweenTwoPlacesIsOfNeither) {
  PassageOptions options;
  options.every_run = true;
  PassageAligner aligner(options);
  const std::string quoted = "\"" + std::string(kSecond) + "\"";
  const std::string text = quoted + quoted.substr(1);
  const auto passages = aligner.AlignSelf(text);
  ASSERT_THAT(passages, SizeIs(1));
  EXPECT_LE(passages[0].a.end, passages[0].b.begin);
  EXPECT_EQ(text[passages[0].b.begin], 'N');
}

// Each time goes with one before or behind it.
TEST(PassageAlignerTest, FindsWhatATextRepeatsManyTimes) {
  std::string text;
  for (size_t times = 2; times < 12; ++times) {
    text.clear();
    for (size_t i = 0; i < times; ++i) {
      text += std::string(i == 0 ? "" : "\n\n") + std::string(kSecond);
    }
    PassageAligner aligner((PassageOptions()));
    std::vector<bool> covered(text.size());
    for (const Passage& passage : aligner.AlignSelf(text)) {
      EXPECT_LE(passage.a.end, passage.b.begin);
      for (const ByteSpan span : {passage.a, passage.b}) {
        for (size_t i = span.begin; i < span.end; ++i) covered[i] = true;
      }
    }
    // What stands between two times may be left out.
    EXPECT_LE(std::count(covered.begin(), covered.end(), false),
              2 * (times - 1));
  }
}

TEST(PassageAlignerTest, RefusesSizesOutOfRange) {
  PassageOptions options;
  EXPECT_TRUE(Validate(options).ok());
  options.min_run = 2;
  EXPECT_EQ(Validate(options).message(), "min_run is 2: must be from 3 to 64");
}

}  // namespace
}  // namespace wirecopy
