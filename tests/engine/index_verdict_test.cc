#include "engine/index_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

SeenPassage Seen(const std::string& other, size_t begin, size_t end,
                 uint32_t words, uint32_t edits = 0) {
  SeenPassage passage;
  passage.other = {false, other};
  passage.begin = begin;
  passage.end = end;
  passage.words = words;
  passage.thirds = 3 * words;
  passage.edits = edits;
  return passage;
}

SeenRun RunOf(size_t begin, size_t end, uint32_t words) {
  return {begin, end, words, 3 * words};
}

std::string Shown(const SeenSpan& span) {
  return std::to_string(span.begin) + "-" + std::to_string(span.end) + " " +
         span.other.text + " " + std::to_string(span.words) + " " +
         std::to_string(span.identity);
}

std::vector<std::string> Joined(const std::vector<SeenPassage>& passages,
                                uint32_t min_words = 0) {
  std::vector<std::string> shown;
  for (const SeenSpan& span : JoinPassages(passages, min_words)) {
    shown.push_back(Shown(span));
  }
  return shown;
}

TEST(IndexVerdictTest, JoinsPassagesThatOverlapOrTouch) {
  EXPECT_THAT(Joined({}), ElementsAre());
  // By place, whatever the order of the documents.
  EXPECT_THAT(Joined({Seen("a", 50, 60, 3), Seen("b", 5, 10, 4, 4)}),
              ElementsAre("5-10 b 4 0.500000", "50-60 a 3 1.000000"));
  EXPECT_THAT(Joined({Seen("a", 0, 10, 3), Seen("b", 10, 20, 4, 1),
                      Seen("c", 15, 18, 9), Seen("d", 21, 30, 5)}),
              ElementsAre("0-20 c 9 1.000000", "21-30 d 5 1.000000"));
}

TEST(IndexVerdictTest, NamesTheFirstOfEquals) {
  EXPECT_THAT(
      Joined({Seen("a", 0, 10, 5), Seen("b", 0, 10, 5), Seen("c", 0, 30, 5)}),
      ElementsAre("0-30 a 5 1.000000"));
}

TEST(IndexVerdictTest, LeavesShortPassagesAlone) {
  const std::vector<SeenPassage> passages = {Seen("a", 0, 10, 8),
                                             Seen("b", 5, 40, 12)};
  EXPECT_THAT(Joined(passages, 9), ElementsAre("5-40 b 12 1.000000"));
  EXPECT_THAT(Joined(passages, 12), ElementsAre("5-40 b 12 1.000000"));
  EXPECT_THAT(Joined(passages, 13), ElementsAre());
}

TEST(IndexVerdictTest, JoinsRunsAndNotWhatLiesBetweenThem) {
  SeenPassage a = Seen("a", 0, 100, 40, 6);
  a.runs = {RunOf(0, 20, 9), RunOf(30, 50, 11), RunOf(50, 60, 8)};
  SeenPassage b = Seen("b", 10, 40, 12, 3);
  b.runs = {RunOf(15, 28, 12)};
  std::vector<std::string> shown;
  for (const SeenSpan& span : JoinRuns({{a, b}}, 0, false)) {
    shown.push_back(Shown(span));
  }
  EXPECT_THAT(shown, ElementsAre("0-28 b 12 1.000000", "30-60 a 11 1.000000"));
  EXPECT_THAT(JoinRuns({{a, b}}, 12, false), SizeIs(1));
  EXPECT_THAT(JoinRuns({{a, b}}, 13, false), IsEmpty());
  EXPECT_THAT(JoinRuns({{Seen("c", 0, 9, 9)}}, 0, false), IsEmpty());
  b.other_is_unkept = true;
  EXPECT_THAT(JoinRuns({{a, b}}, 12, false), IsEmpty());
  EXPECT_THAT(JoinRuns({{a, b}}, 12, true), SizeIs(1));
}

class JudgeTest : public testing::Test {
 protected:
  JudgeTest() {
    answer_.status = IndexStatus::kPassages;
    answer_.passages = {Seen("a", 0, 9, 2), Seen("b", 14, 18, 1)};
    answer_.passages[0].runs = {RunOf(0, 9, 2)};
    answer_.passages[1].runs = {RunOf(14, 18, 1)};
  }

  IndexVerdict Judge(PassageUse use) {
    options_.passages = use;
    return JudgeAnswer(document_, answer_, options_);
  }

  const std::string text_ = "salt tide. No wind.";
  Document document_ = {{false, "me"}, text_, {}};
  IndexAnswer answer_;
  IndexVerdictOptions options_;
};

TEST_F(JudgeTest, PassagesAreCutNotedOrDroppedBy) {
  EXPECT_FALSE(Judge(PassageUse::kNone).removal);
  EXPECT_TRUE(Judge(PassageUse::kNone).spans.empty());
  for (const PassageUse use : {PassageUse::kRemove, PassageUse::kAnnotate}) {
    const IndexVerdict verdict = Judge(use);
    EXPECT_FALSE(verdict.removal);
    EXPECT_EQ(verdict.spans.size(), 2u);
    EXPECT_EQ(WithoutCuts(text_, CutsOf(verdict.spans)), ". No .");
    EXPECT_EQ(verdict.cuts.size(), use == PassageUse::kAnnotate ? 2u : 0u);
  }
  const IndexVerdict dropped = Judge(PassageUse::kDrop);
  ASSERT_TRUE(dropped.removal);
  EXPECT_EQ(dropped.removal->kept.text, "a");
  EXPECT_TRUE(dropped.removal->is_by_passages);
  EXPECT_EQ(dropped.removal->similarity, 13.0 / 19.0);
}

TEST_F(JudgeTest, WhatIsLeftWithoutAWordGoes) {
  answer_.passages = {Seen("b", 0, 13, 3), Seen("a", 14, 18, 3)};
  answer_.passages[0].runs = {RunOf(0, 13, 3)};
  answer_.passages[1].runs = {RunOf(14, 18, 3)};
  const IndexVerdict verdict = Judge(PassageUse::kRemove);
  ASSERT_TRUE(verdict.removal);
  EXPECT_EQ(verdict.removal->kept.text, "b");
  EXPECT_EQ(verdict.removal->similarity, 17.0 / 19.0);
  EXPECT_FALSE(Judge(PassageUse::kAnnotate).removal);
}

TEST_F(JudgeTest, WordsThatDifferWithinAPassageAreNotCut) {
  answer_.passages = {Seen("a", 0, 18, 3, 1)};
  answer_.passages[0].runs = {RunOf(0, 9, 2), RunOf(14, 18, 1)};
  const IndexVerdict verdict = Judge(PassageUse::kRemove);
  EXPECT_FALSE(verdict.removal);
  EXPECT_EQ(WithoutCuts(text_, CutsOf(verdict.spans)), ". No .");
  const IndexVerdict noted = Judge(PassageUse::kAnnotate);
  EXPECT_EQ(noted.spans.size(), 1u);
  EXPECT_EQ(CutsOf(noted.cuts), CutsOf(verdict.spans));
  ASSERT_TRUE(Judge(PassageUse::kDrop).removal);
  EXPECT_EQ(Judge(PassageUse::kDrop).removal->similarity, 18.0 / 19.0);
}

TEST_F(JudgeTest, WithoutPassagesNothingGoes) {
  answer_.passages.clear();
  document_.text = "";
  for (const PassageUse use :
       {PassageUse::kRemove, PassageUse::kAnnotate, PassageUse::kDrop}) {
    EXPECT_FALSE(Judge(use).removal);
  }
}

TEST_F(JudgeTest, DuplicatesGoWhateverTheirStatus) {
  answer_.of = DocumentId{true, "7"};
  answer_.similarity = 0.9;
  for (const IndexStatus status :
       {IndexStatus::kDuplicate, IndexStatus::kRevision,
        IndexStatus::kPresent}) {
    answer_.status = status;
    const IndexVerdict verdict = Judge(PassageUse::kRemove);
    ASSERT_TRUE(verdict.removal);
    EXPECT_EQ(verdict.removal->kept, (DocumentId{true, "7"}));
    EXPECT_EQ(verdict.removal->similarity, 0.9);
    EXPECT_FALSE(verdict.removal->is_by_passages);
    EXPECT_TRUE(verdict.spans.empty());
  }
}

TEST_F(JudgeTest, WhatIsPresentIsKeptAgainUnlessItMayNot) {
  answer_.status = IndexStatus::kPresent;
  EXPECT_FALSE(Judge(PassageUse::kRemove).removal);
  EXPECT_EQ(Judge(PassageUse::kRemove).spans.size(), 2u);
  options_.keeps_present = false;
  const IndexVerdict verdict = Judge(PassageUse::kRemove);
  ASSERT_TRUE(verdict.removal);
  EXPECT_EQ(verdict.removal->kept, document_.id);
  EXPECT_EQ(verdict.removal->similarity, 1);
  // But it is where nobody had kept it.
  answer_.was_orphan = true;
  EXPECT_FALSE(Judge(PassageUse::kRemove).removal);
}

}  // namespace
}  // namespace wirecopy
