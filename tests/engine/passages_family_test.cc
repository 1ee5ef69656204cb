// Families of copies: all of them hang together without all their pairs being
// aligned, and a passage is one group wherever it stands.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cluster/union_find.h"
#include "tests/support/passage_corpus.h"
#include "wirecopy/passages.h"

namespace wirecopy {
namespace {

using oracle::Article;
using oracle::Articles;
using oracle::Day;
using oracle::Prose;
using oracle::RunPassages;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// --- families ----------------------------------------------------------------

// The long paragraphs of the newsroom's stories in English, each once: no two
// share as much as a sentence.
std::vector<std::string> NewsroomParagraphs() {
  std::vector<std::string> paragraphs;
  const auto newsroom = oracle::FindInNewsroom({});
  std::set<uint32_t> reused;
  for (const ReusedPassage& passage : newsroom.found.passages) {
    reused.insert(passage.b);
  }
  const auto reader = newsroom.corpus->NewReader();
  for (uint32_t d = 0; d < newsroom.corpus->size(); ++d) {
    const std::string text(reader->Text(d));
    if (reused.contains(d) || !std::islower(text[1])) continue;
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find("\n\n", begin), text.size());
      if (end - begin > 200) {
        paragraphs.push_back(text.substr(begin, end - begin));
      }
      begin = end + 2;
    }
  }
  return paragraphs;
}

// Copies of an original that is the first of them, or of an earlier copy:
// trimmed, with an own lead, and some words replaced.
Articles MakeFamily(size_t count) {
  const std::vector<std::string> paragraphs = NewsroomParagraphs();
  Prose prose(count);
  std::vector<std::vector<std::string>> stories = {
      {paragraphs.begin(), paragraphs.begin() + 8}};
  while (stories.size() < count) {
    std::vector<std::string> story = stories[prose.Below(stories.size())];
    if (story.size() > 5 && prose.Below(3) == 0) story.pop_back();
    if (prose.Below(3) == 0) story[0] = prose.Paragraph();
    for (size_t edits = prose.Below(6); edits > 0; --edits) {
      std::string& paragraph = story[prose.Below(story.size())];
      const size_t from = prose.Below(paragraph.size());
      const size_t begin =
          std::min(paragraph.find(' ', from), paragraph.size() - 1);
      const size_t end =
          std::min(paragraph.find(' ', begin + 1), paragraph.size());
      paragraph.replace(begin, end - begin, " " + prose.Word());
    }
    stories.push_back(story);
  }
  Articles articles;
  for (const auto& story : stories) {
    std::string text;
    for (const std::string& paragraph : story) text += paragraph + "\n\n";
    // Ids are in no order, so that dates decide.
    const size_t number = articles.size() * 7919 % 100003;
    articles.push_back({std::to_string(number), text,
                        Day(static_cast<int64_t>(articles.size())),
                        "Paper " + std::to_string(prose.Below(30))});
  }
  return articles;
}

// How many parts a corpus falls into.
size_t CountFamilies(const PassagesResult& found, size_t documents) {
  UnionFind families(documents);
  for (const ReusedPassage& passage : found.passages) {
    if (passage.kind == PassageKind::kCopy) {
      families.Union(passage.a, passage.b);
    }
  }
  std::set<uint32_t> roots;
  for (uint32_t d = 0; d < documents; ++d) roots.insert(families.Find(d));
  return roots.size();
}

TEST(PassagesFamilyTest, EveryCopyIsLinkedAndTheWorkGrowsWithTheCopies) {
  std::map<size_t, double> aligned;  // pairs a copy
  for (const size_t count : {10, 100, 1000}) {
    const Articles family = MakeFamily(count);
    ASSERT_THAT(family, SizeIs(count));
    const PassagesResult found = RunPassages({}, family);
    EXPECT_EQ(CountFamilies(found, count), 1U) << count << " copies";
    EXPECT_GE(found.stats.candidates, count - 1);
    aligned[count] = static_cast<double>(found.stats.candidates) /
                     static_cast<double>(count);
  }
  // All pairs would be ten times as many a copy.
  EXPECT_LT(aligned[100], 5 * aligned[10]);
  EXPECT_LT(aligned[1000], 2 * aligned[100]);
}

TEST(PassagesFamilyTest, AllPairsAreAlignedWhereAskedFor) {
  const PassagesResult found = RunPassages(oracle::AllPairs(), MakeFamily(100));
  EXPECT_EQ(found.stats.candidates, 100U * 99 / 2);
  EXPECT_EQ(found.stats.pairs, 100U * 99 / 2);
}

// What up to ten documents have brings each two of them together; what more
// have, each and the first.
TEST(PassagesFamilyTest, AllPairsOfFew) {
  Prose prose(6);
  const std::string story = prose.Paragraph(6);
  Articles articles;
  for (size_t count = 1; count <= 12; ++count) {
    articles.push_back(
        {std::to_string(count), story, Day(static_cast<int64_t>(count)), ""});
    EXPECT_EQ(RunPassages({}, articles).passages.size(),
              count <= 10 ? count * (count - 1) / 2 : count - 1);
  }
}

// What a copy changed, and others took over from it, is found between those.
TEST(PassagesFamilyTest, ChangesAreTracedToWhoMadeThem) {
  Prose prose(5);
  const std::string story = prose.Paragraph(6);
  const std::string lead = prose.Paragraph(2);
  Articles articles;
  for (int i = 0; i < 30; ++i) {
    const bool has_lead = i >= 12 && i % 2 == 0;
    articles.push_back({"d" + std::to_string(i),
                        (has_lead ? lead + "\n\n" : "") + story, Day(i), ""});
  }
  const PassagesResult found = RunPassages({}, articles);
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (const ReusedPassage& passage : found.passages) {
    pairs.insert({passage.a, passage.b});
  }
  for (uint32_t d = 1; d < 30; ++d) {
    EXPECT_TRUE(pairs.contains({0, d})) << d;
    if (d > 12 && d % 2 == 0) {
      EXPECT_TRUE(pairs.contains({12, d})) << d;
    }
  }
}

// --- groups ------------------------------------------------------------------

TEST(PassagesGroupTest, AParagraphThatManyHaveIsOneGroup) {
  Prose prose(11);
  const std::string line = prose.Sentence(25);
  Articles articles;
  for (int i = 0; i < 40; ++i) {
    // The earliest is neither the first nor that with the least id.
    articles.push_back(
        {"d" + std::to_string(i), prose.Around(line), Day((i + 33) % 40), ""});
  }
  for (const bool all_pairs : {false, true}) {
    PassagesOptions options;
    options.all_pairs = all_pairs;
    options.offsets = OffsetUnit::kByte;
    const PassagesResult found = RunPassages(options, articles);
    ASSERT_THAT(found.groups, SizeIs(1));
    EXPECT_GE(found.passages.size(), 39U);
    const PassageGroup& group = found.groups[0];
    ASSERT_THAT(group.members, SizeIs(40));
    for (uint32_t d = 0; d < 40; ++d) {
      EXPECT_EQ(group.members[d].document, d);
      EXPECT_EQ(oracle::TextAt(articles[d], group.members[d].span), line);
    }
    EXPECT_EQ(group.first, 7U);
    EXPECT_EQ(group.kind, PassageKind::kCopy);
  }
}

TEST(PassagesGroupTest, WithoutDatesTheLeastIdIsFirst) {
  Prose prose(12);
  const std::string line = prose.Sentence(25);
  Articles articles = {{"m", prose.Around(line), {}, ""},
                       {"c", prose.Around(line), {}, ""},
                       {"x", prose.Around(line), {}, ""}};
  PassagesResult found = RunPassages({}, articles);
  ASSERT_THAT(found.groups, SizeIs(1));
  EXPECT_EQ(found.groups[0].members[found.groups[0].first].document, 1U);
  // Who has a date comes before who has none.
  articles[2].published = Day(0);
  found = RunPassages({}, articles);
  ASSERT_THAT(found.groups, SizeIs(1));
  EXPECT_EQ(found.groups[0].members[found.groups[0].first].document, 2U);
}

TEST(PassagesGroupTest, WhatADocumentRepeatsIsAGroupWithBothPlaces) {
  Prose prose(13);
  const std::string line = prose.Sentence(25);
  const std::string text =
      prose.Around(line) + "\n\n" + line + "\n\n" + prose.Paragraph();
  const Articles articles = {{"only", text, {}, ""}};
  PassagesOptions options;
  options.offsets = OffsetUnit::kByte;
  EXPECT_THAT(RunPassages(options, articles).passages, SizeIs(0));
  options.self = true;
  const PassagesResult found = RunPassages(options, articles);
  ASSERT_THAT(found.passages, SizeIs(1));
  const ReusedPassage& passage = found.passages[0];
  EXPECT_EQ(passage.a, 0U);
  EXPECT_EQ(passage.b, 0U);
  EXPECT_EQ(passage.kind, PassageKind::kSelf);
  EXPECT_LT(passage.a_span.end, passage.b_span.begin);
  EXPECT_EQ(oracle::TextAt(articles[0], passage.a_span), line);
  EXPECT_EQ(oracle::TextAt(articles[0], passage.b_span), line);
  ASSERT_THAT(found.groups, SizeIs(1));
  EXPECT_THAT(found.groups[0].members, SizeIs(2));
  EXPECT_EQ(found.groups[0].first, 0U);
  EXPECT_EQ(found.groups[0].kind, PassageKind::kSelf);
}

// Two paragraphs that one article has together, and others have apart.
TEST(PassagesGroupTest, PassagesApartAreGroupsApart) {
  Prose prose(14);
  const std::string one = prose.Sentence(30);
  const std::string two = prose.Sentence(30);
  const Articles articles = {
      {"a", prose.Around(one) + "\n\n" + prose.Around(two), Day(1), ""},
      {"b", prose.Around(two), Day(2), ""},
      {"c", prose.Around(one), Day(3), ""}};
  const PassagesResult found = RunPassages({}, articles);
  ASSERT_THAT(found.passages, SizeIs(2));
  EXPECT_NE(found.passages[0].group, found.passages[1].group);
  ASSERT_THAT(found.groups, SizeIs(2));
  for (const PassageGroup& group : found.groups) {
    ASSERT_THAT(group.members, SizeIs(2));
    EXPECT_EQ(group.members[0].document, 0U);
    EXPECT_EQ(group.first, 0U);
  }
}

}  // namespace
}  // namespace wirecopy
