#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "wirecopy/passage_index.h"

namespace wirecopy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kStory =
    "Nobody in the queue complained on Monday, since the smell of the first "
    "loaf in forty years was worth the walk up from the harbour.";
constexpr std::string_view kReply =
    "The baker, who had not slept since Friday, said that she would do it all "
    "over again if only somebody else would sweep the chimney first.";

std::string_view Cut(std::string_view text, ByteSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

TEST(PassageIndexTest, AnswersWithWhatEarlierDocumentsHad) {
  PassageIndex index((PassageOptions()));
  EXPECT_THAT(index.Add(kStory), IsEmpty());
  EXPECT_THAT(index.Add(kReply), IsEmpty());
  const std::string both =
      "Ours: \n\n" + std::string(kReply) + "\n\n" + std::string(kStory);
  const auto matches = index.Add(both);
  ASSERT_THAT(matches, SizeIs(2));
  EXPECT_EQ(matches[0].document, 0U);
  EXPECT_EQ(Cut(index.Text(0), matches[0].passage.a), kStory);
  EXPECT_EQ(Cut(both, matches[0].passage.b), kStory);
  EXPECT_EQ(matches[1].document, 1U);
  EXPECT_EQ(Cut(both, matches[1].passage.b), kReply);
  EXPECT_EQ(index.size(), 3U);
  EXPECT_EQ(index.Text(2), both);
}

TEST(PassageIndexTest, AQueryAddsNothing) {
  PassageIndex index((PassageOptions()));
  index.Add(kStory);
  EXPECT_THAT(index.Query(kStory), SizeIs(1));
  EXPECT_THAT(index.Query(kStory), SizeIs(1));
  EXPECT_EQ(index.size(), 1U);
}

TEST(PassageIndexTest, ManyCopiesAreMatchedWithTheFirst) {
  PassageIndex index((PassageOptions()));
  constexpr size_t kFew = 10;  // that all are matched with
  for (size_t i = 0; i < 50; ++i) {
    const auto matches = index.Add(kStory);
    ASSERT_THAT(matches, SizeIs(i <= kFew ? i : 1));
    if (i > 0) {
      EXPECT_EQ(matches[0].document, 0U);
    }
  }
}

// What the aligner finds in two texts, the index finds in one after another.
TEST(PassageIndexTest, AgreesWithTheAligner) {
  const std::vector<std::string> texts = {
      std::string(kStory) + "\n\n" + std::string(kReply),
      std::string(kReply) + " And so on.\n\n" + std::string(kStory), "",
      "\"" + std::string(kReply) + "\"\n\nSo she said.", "\xFF\xFE no text"};
  PassageIndex index((PassageOptions()));
  PassageAligner aligner((PassageOptions()));
  for (size_t i = 0; i < texts.size(); ++i) {
    std::vector<PassageIndex::Match> expected;
    for (uint32_t j = 0; j < i; ++j) {
      for (const Passage& passage : aligner.Align(texts[j], texts[i])) {
        expected.push_back({j, passage});
      }
    }
    const auto matches = index.Add(texts[i]);
    ASSERT_EQ(matches.size(), expected.size()) << i;
    for (size_t m = 0; m < expected.size(); ++m) {
      EXPECT_EQ(matches[m].document, expected[m].document);
      EXPECT_EQ(matches[m].passage, expected[m].passage);
    }
  }
}

}  // namespace
}  // namespace wirecopy
