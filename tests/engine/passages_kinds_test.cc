// What a passage is: by who prints it, who says it, and what else a pair has in
// common.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/passage_corpus.h"
#include "wirecopy/passages.h"

namespace wirecopy {
namespace {

using oracle::Articles;
using oracle::Prose;
using oracle::RunPassages;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Kinds = std::vector<PassageKind>;

PassagesResult Find(const Articles& articles) {
  PassagesOptions options = oracle::AllPairs();
  options.offsets = OffsetUnit::kByte;
  return RunPassages(options, articles);
}

Kinds KindsOf(const PassagesResult& found) {
  Kinds kinds;
  for (const ReusedPassage& passage : found.passages) {
    kinds.push_back(passage.kind);
  }
  return kinds;
}

class Newspapers {
 public:
  explicit Newspapers(uint64_t seed) : prose(seed) {}

  void Add(const std::string& publisher, const std::string& text) {
    articles.push_back(
        {"d" + std::to_string(articles.size()), text, {}, publisher});
  }
  // Articles that have nothing to do with the others.
  void AddOthers(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      Add("Other " + std::to_string(i), prose.Around(prose.Paragraph()));
    }
  }

  Prose prose;
  Articles articles;
};

// --- furniture: by publisher -------------------------------------------------

// The same text is furniture or not by who has it.
class FurnitureTest : public ::testing::TestWithParam<bool> {
 protected:
  // A line of three articles, at their ends or amid them.
  Articles Three(const std::vector<std::string>& publishers) const {
    Newspapers papers(1);
    const std::string line = papers.prose.Sentence(22);
    for (const std::string& publisher : publishers) {
      const std::string text = papers.prose.Paragraph(8);
      papers.Add(publisher, GetParam()
                                ? text + "\n\n" + line
                                : papers.prose.Around(line) + "\n\n" + text);
    }
    papers.AddOthers(10);
    return papers.articles;
  }
};

INSTANTIATE_TEST_SUITE_P(Places, FurnitureTest, ::testing::Bool());

TEST_P(FurnitureTest, WhatOnePublisherPrintsEverywhere) {
  const PassagesResult found = Find(Three({"P", "P", "P"}));
  EXPECT_THAT(found.passages, SizeIs(3));
  EXPECT_THAT(KindsOf(found), Each(PassageKind::kBoilerplate));
  ASSERT_THAT(found.groups, SizeIs(1));
  EXPECT_EQ(found.groups[0].kind, PassageKind::kBoilerplate);
  EXPECT_THAT(found.groups[0].members, SizeIs(3));
}

TEST_P(FurnitureTest, WhatSeveralPublishersHaveOnce) {
  const PassagesResult found = Find(Three({"P", "Q", "R"}));
  EXPECT_THAT(found.passages, SizeIs(3));
  EXPECT_THAT(KindsOf(found), Each(PassageKind::kCopy));
}

TEST_P(FurnitureTest, WhatNobodyIsKnownToHavePrinted) {
  const PassagesResult found = Find(Three({"", "", ""}));
  EXPECT_THAT(found.passages, SizeIs(3));
  EXPECT_THAT(KindsOf(found), Each(PassageKind::kCopy));
}

// Each of five publishers ran the same story three times: it is frequent with
// each of them, and with the others no less.
TEST(PassagesKindsTest, AStoryThatEverybodyRanIsNoBoilerplate) {
  Newspapers papers(2);
  const std::string story = papers.prose.Paragraph(6);
  for (int i = 0; i < 15; ++i) {
    papers.Add("Paper " + std::to_string(i % 5),
               papers.prose.Around(story) + "\n\n" + papers.prose.Paragraph());
  }
  const PassagesResult found = Find(papers.articles);
  EXPECT_THAT(found.passages, SizeIs(15 * 14 / 2));
  EXPECT_THAT(KindsOf(found), Each(PassageKind::kCopy));
}

// Three versions of a story, by one of whom nothing else is known.
TEST(PassagesKindsTest, VersionsOfAStoryAreNoBoilerplate) {
  Newspapers papers(11);
  const std::string story = papers.prose.Paragraph(20);
  for (int i = 0; i < 3; ++i) {
    papers.Add("Agency", papers.prose.Paragraph(2) + "\n\n" + story);
  }
  papers.AddOthers(10);
  EXPECT_THAT(KindsOf(Find(papers.articles)), Each(PassageKind::kCopy));
}

// A copy within a publisher's own papers goes up to the footer, and no further.
// Three of a publisher's five articles are versions of one story.
TEST(PassagesKindsTest, VersionsAmongOtherArticlesAreNoBoilerplate) {
  Newspapers papers(8);
  const std::string story = papers.prose.Paragraph(6);
  for (int i = 0; i < 3; ++i) {
    papers.Add("Agency",
               papers.prose.Around(story) + "\n\n" + papers.prose.Paragraph(3));
  }
  for (int i = 0; i < 2; ++i) papers.Add("Agency", papers.prose.Paragraph(6));
  papers.AddOthers(20);
  const PassagesResult found = Find(papers.articles);
  EXPECT_THAT(found.passages, SizeIs(3));
  EXPECT_THAT(KindsOf(found), Each(PassageKind::kCopy));
}

// With one publisher there is nobody to compare with.
// Two articles of one paper share an agency's first sentence alone, at the
// beginning of both; each has more of it besides, which the other has not.
TEST(PassagesKindsTest, TheBeginningOfWhatTwoArticlesCopiedIsNoFurniture) {
  Newspapers papers(12);
  const std::string first = papers.prose.Sentence(22);
  const std::string second = papers.prose.Sentence(45);
  const std::string third = papers.prose.Sentence(45);
  const auto own = [&] { return "\n\n" + papers.prose.Paragraph(9); };
  papers.Add("P", first + "\n\n" + second + own());
  papers.Add("P", first + "\n\n" + third + own());
  EXPECT_THAT(KindsOf(Find(papers.articles)),
              ElementsAre(PassageKind::kBoilerplate));
  papers.Add("Agency", first + "\n\n" + second + "\n\n" + third);
  EXPECT_THAT(KindsOf(Find(papers.articles)), Each(PassageKind::kCopy));
}

TEST(PassagesKindsTest, AStoryOfTheOnlyPublisherIsNoBoilerplate) {
  Newspapers papers(9);
  const std::string story = papers.prose.Paragraph(6);
  for (int i = 0; i < 12; ++i) {
    papers.Add("Agency",
               papers.prose.Around(story) + "\n\n" + papers.prose.Paragraph(3));
  }
  const PassagesResult found = Find(papers.articles);
  EXPECT_THAT(found.passages, SizeIs(66));
  EXPECT_THAT(KindsOf(found), Each(PassageKind::kCopy));
}

// What a publisher prints elsewhere on the page does not make a rare sentence
// less rare.
TEST(PassagesKindsTest, ALoneRareSentenceBesideFurniture) {
  Newspapers papers(10);
  std::string rare = "So";
  for (char c = 'a'; c < 'k'; ++c) rare += std::string(" vantorel") + c;
  rare += ".";
  const std::string footer = papers.prose.Sentence(22);
  for (int i = 0; i < 8; ++i) {
    papers.Add("P", papers.prose.Paragraph(6) + "\n\n" +
                        (i == 0 ? rare + "\n\n" : "") +
                        papers.prose.Paragraph(2) + "\n\n" + footer);
  }
  papers.Add("Q",
             papers.prose.Around(rare) + "\n\n" + papers.prose.Paragraph());
  papers.AddOthers(300);
  size_t copies = 0;
  for (const ReusedPassage& passage : Find(papers.articles).passages) {
    copies += passage.kind == PassageKind::kCopy ? 1 : 0;
  }
  EXPECT_EQ(copies, 1U);
}

TEST(PassagesKindsTest, PassagesEndWhereFurnitureBegins) {
  Newspapers papers(3);
  const std::string story = papers.prose.Paragraph(6);
  const std::string footer = papers.prose.Sentence(22);
  papers.Add("P", papers.prose.Paragraph() + "\n\n" + story + "\n\n" + footer);
  papers.Add("P", papers.prose.Paragraph() + "\n\n" + story + "\n\n" + footer);
  papers.Add("P", papers.prose.Paragraph(5) + "\n\n" + footer);
  papers.Add("P", papers.prose.Paragraph(5) + "\n\n" + footer);
  papers.AddOthers(10);
  const PassagesResult found = Find(papers.articles);
  ASSERT_THAT(found.passages, SizeIs(7));
  const ReusedPassage& copy = found.passages[0];
  EXPECT_EQ(copy.kind, PassageKind::kCopy);
  EXPECT_EQ(oracle::TextAt(papers.articles[0], copy.a_span), story);
  EXPECT_EQ(oracle::TextAt(papers.articles[1], copy.b_span), story);
  for (size_t i = 1; i < 7; ++i) {
    const ReusedPassage& passage = found.passages[i];
    EXPECT_EQ(passage.kind, PassageKind::kBoilerplate);
    EXPECT_EQ(oracle::TextAt(papers.articles[passage.a], passage.a_span),
              footer);
  }
}

// --- boilerplate: without publishers -----------------------------------------

constexpr const char* kRights =
    "All rights reserved. No part of this page may be reprinted in any form "
    "without leave in writing from the publisher.";

Articles Two(const std::string& line, bool at_end) {
  Newspapers papers(4);
  for (int i = 0; i < 2; ++i) {
    const std::string text = papers.prose.Paragraph(8);
    papers.Add("", at_end ? text + "\n\n" + line : papers.prose.Around(line));
  }
  return papers.articles;
}

TEST(PassagesKindsTest, ALineOnRightsIsBoilerplateAtTheEdge) {
  Prose prose(5);
  EXPECT_THAT(KindsOf(Find(Two(kRights, /*at_end=*/true))),
              ElementsAre(PassageKind::kBoilerplate));
  EXPECT_THAT(KindsOf(Find(Two(kRights, /*at_end=*/false))),
              ElementsAre(PassageKind::kCopy));
  EXPECT_THAT(KindsOf(Find(Two(prose.Sentence(22), /*at_end=*/true))),
              ElementsAre(PassageKind::kCopy));
}

// Copies of one story count once: the line at their end is a part of it.
TEST(PassagesKindsTest, ALineOnRightsThatCopiesHaveIsCopiedToo) {
  Newspapers papers(6);
  const std::string story = papers.prose.Paragraph(8);
  for (int i = 0; i < 5; ++i) {
    papers.Add("", papers.prose.Paragraph(1) + "\n\n" + story + "\n\n" +
                       papers.prose.Sentence() + "\n\n" + kRights);
  }
  const PassagesResult found = Find(papers.articles);
  EXPECT_THAT(found.passages, SizeIs(10));
  EXPECT_THAT(KindsOf(found), Each(PassageKind::kCopy));
}

// --- what third parties said -------------------------------------------------

// Two articles that differ but for what stands between their paragraphs.
Articles Apart(const std::string& a, const std::string& b) {
  Newspapers papers(7);
  papers.Add("", papers.prose.Around(a));
  papers.Add("", papers.prose.Around(b));
  return papers.articles;
}

class QuotationKindTest : public ::testing::Test {
 protected:
  Prose prose_{8};
  const std::string words_ = prose_.Words(24);
  const std::string straight_ = "\"" + words_ + ",\" she said.";
  const std::string curly_ =
      "The mayor spoke: \u201C" + words_ + ".\u201D He left.";
  const std::string bare_ = prose_.Sentence() + " " + words_ + ".";
};

TEST_F(QuotationKindTest, BothQuote) {
  const Articles articles = Apart(straight_, curly_);
  const PassagesResult found = Find(articles);
  ASSERT_THAT(KindsOf(found), ElementsAre(PassageKind::kQuotation));
  EXPECT_EQ(oracle::TextAt(articles[0], found.passages[0].a_span), words_);
  EXPECT_EQ(oracle::TextAt(articles[1], found.passages[0].b_span), words_);
}

// The marks that both have alike belong to who quotes.
TEST_F(QuotationKindTest, SpansLeaveTheMarksOut) {
  const PassagesResult found = Find(
      Apart("\"" + words_ + ".\"", prose_.Sentence() + " \"" + words_ + ".\""));
  ASSERT_THAT(KindsOf(found), ElementsAre(PassageKind::kQuotation));
  const ReusedPassage& passage = found.passages[0];
  EXPECT_EQ(passage.a_span.end - passage.a_span.begin, words_.size() + 1);
}

TEST_F(QuotationKindTest, OneQuotesAllOfIt) {
  EXPECT_THAT(KindsOf(Find(Apart(straight_, bare_))),
              ElementsAre(PassageKind::kQuotation));
  EXPECT_THAT(KindsOf(Find(Apart(bare_, straight_))),
              ElementsAre(PassageKind::kQuotation));
}

TEST_F(QuotationKindTest, NeitherQuotes) {
  const std::string other = words_ + ". " + prose_.Sentence();
  EXPECT_THAT(KindsOf(Find(Apart(bare_, other))),
              ElementsAre(PassageKind::kCopy));
}

// Of half a quotation, the words beside it tell whether it is somebody's.
TEST_F(QuotationKindTest, Attribution) {
  const std::string more = prose_.Words(8);
  const std::string partly = "\"" + words_ + "\" " + more + ".";
  const std::string whole = words_ + " " + more;
  EXPECT_THAT(KindsOf(Find(Apart(partly, whole + ", the mayor said."))),
              ElementsAre(PassageKind::kQuotation));
  EXPECT_THAT(KindsOf(Find(Apart(partly, whole + ", they passed by."))),
              ElementsAre(PassageKind::kCopy));
}

// Who took sentences took their quotations along.
TEST_F(QuotationKindTest, WithinACopiedPairItIsACopy) {
  const std::string told = prose_.Sentence(20);
  const std::string a = straight_ + "\n\n" + prose_.Paragraph() + "\n\n" + told;
  const std::string b = told + "\n\n" + prose_.Paragraph() + "\n\n" + straight_;
  EXPECT_THAT(KindsOf(Find(Apart(a, b))),
              ElementsAre(PassageKind::kCopy, PassageKind::kCopy));
}

// Boilerplate tells nothing of the rest.
TEST_F(QuotationKindTest, WithBoilerplateItIsAQuotation) {
  Articles articles = Apart(straight_, curly_);
  for (auto& article : articles) {
    article.text += std::string("\n\n") + kRights;
  }
  EXPECT_THAT(KindsOf(Find(articles)),
              ElementsAre(PassageKind::kQuotation, PassageKind::kBoilerplate));
}

// What an article quotes is a part of it, not nearly all.
TEST_F(QuotationKindTest, AnArticleThatIsOneQuotationIsACopy) {
  const Articles articles = {{"a", straight_, {}, ""},
                             {"b", prose_.Around(straight_), {}, ""}};
  EXPECT_THAT(KindsOf(Find(articles)), ElementsAre(PassageKind::kCopy));
}

// What closes two articles of one paper is what it prints below all; not so of
// two papers, nor amid the articles.
TEST(PassagesKindsTest, AClosingParagraphOfOnePublisherIsBoilerplate) {
  Newspapers one(83);
  const std::string closing = "\n\n" + one.prose.Sentence(30);
  const auto article = [&] { return one.prose.Around(one.prose.Paragraph()); };
  for (int i = 0; i < 3; ++i) one.Add("Tribune", article() + closing);
  const Kinds kinds = KindsOf(Find(one.articles));
  EXPECT_THAT(kinds, SizeIs(3));
  EXPECT_THAT(kinds, Each(PassageKind::kBoilerplate));
  one.articles.pop_back();
  one.articles[1].publisher = "Other";
  EXPECT_THAT(KindsOf(Find(one.articles)), ElementsAre(PassageKind::kCopy));
  Newspapers amid(89);
  const std::string shared = amid.prose.Sentence(30);
  for (int i = 0; i < 2; ++i) {
    amid.Add("Tribune", amid.prose.Around(amid.prose.Around(shared)));
  }
  EXPECT_THAT(KindsOf(Find(amid.articles)), ElementsAre(PassageKind::kCopy));
}

TEST(PassagesKindsTest, WhatOpensAndClosesIsBoilerplateToo) {
  Newspapers papers(101);
  const std::string opening = papers.prose.Sentence(20) + "\n\n";
  const std::string closing = "\n\n" + papers.prose.Sentence(20);
  for (int i = 0; i < 2; ++i) {
    papers.Add(
        "Tribune",
        opening + papers.prose.Around(papers.prose.Paragraph(9)) + closing);
  }
  EXPECT_THAT(
      KindsOf(Find(papers.articles)),
      ElementsAre(PassageKind::kBoilerplate, PassageKind::kBoilerplate));
}

// A beginning and an end that are most of both are no furniture.
TEST(PassagesKindsTest, AMiddleThatIsRewrittenIsAVersion) {
  Newspapers papers(103);
  const std::string opening = papers.prose.Sentence(35) + "\n\n";
  const std::string closing = "\n\n" + papers.prose.Sentence(35);
  for (int i = 0; i < 2; ++i) {
    papers.Add("Tribune", opening + papers.prose.Sentence(40) + closing);
  }
  EXPECT_THAT(KindsOf(Find(papers.articles)),
              ElementsAre(PassageKind::kCopy, PassageKind::kCopy));
}

// A notice of rights may be longer than the article.
TEST(PassagesKindsTest, ALongNoticeOfOnePublisherIsBoilerplate) {
  Newspapers papers(107);
  const std::string notice =
      "\n\nCopyright 2026 Tribune. All rights reserved. " +
      papers.prose.Sentence(25);
  for (int i = 0; i < 2; ++i) {
    papers.Add("Tribune", papers.prose.Sentence(20) + notice);
  }
  EXPECT_THAT(KindsOf(Find(papers.articles)),
              ElementsAre(PassageKind::kBoilerplate));
}

// Most of a short version is no closing paragraph.
TEST(PassagesKindsTest, AVersionOfOnePublisherIsNoBoilerplate) {
  Newspapers papers(97);
  const std::string kept = papers.prose.Paragraph();
  for (int i = 0; i < 2; ++i) {
    papers.Add("Tribune", papers.prose.Paragraph() + "\n\n" + kept);
  }
  EXPECT_THAT(KindsOf(Find(papers.articles)), ElementsAre(PassageKind::kCopy));
}

TEST(PassagesKindsTest, EmbeddedPostsAndStatements) {
  Prose prose(9);
  const std::string post = prose.Words(22) + ".";
  const auto after = [&prose, &post](const std::string& before) {
    return prose.Sentence() + " " + before + "\n\n" + post;
  };
  const std::string wrote = after("The company put this on its page:");
  const std::string notice = after("The notice in full:");
  const std::string handle = after("A walker saw it first. @walker_77");
  const std::string told = after("Nothing more is known.");
  EXPECT_THAT(KindsOf(Find(Apart(wrote, notice))),
              ElementsAre(PassageKind::kShared));
  EXPECT_THAT(KindsOf(Find(Apart(wrote, handle))),
              ElementsAre(PassageKind::kShared));
  EXPECT_THAT(KindsOf(Find(Apart(wrote, told))),
              ElementsAre(PassageKind::kCopy));
}

// Two statements that are nearly all of both texts were taken along with what
// presents them.
TEST(PassagesKindsTest, PostsThatAreAllOfATextAreCopied) {
  Prose prose(13);
  const std::string first = prose.Words(60) + ".";
  const std::string second = prose.Words(60) + ".";
  const std::string text = "The mill wrote:\n\n" + first +
                           "\n\nA neighbour answered on Friday:\n\n" + second;
  const std::string other = "From the street came this:\n\n" + second +
                            "\n\nThat had been said before:\n\n" + first;
  const auto found = [](const std::string& x, const std::string& y) {
    return Find({{"x", x, {}, ""}, {"y", y, {}, ""}});
  };
  EXPECT_THAT(KindsOf(found(text, other)),
              ElementsAre(PassageKind::kCopy, PassageKind::kCopy));
  const auto around = [&prose](const std::string& presented) {
    return prose.Sentence(40) + "\n\n" + presented + "\n\n" +
           prose.Sentence(40);
  };
  EXPECT_THAT(KindsOf(found(around(text), around(other))),
              ElementsAre(PassageKind::kShared, PassageKind::kShared));
}

TEST(PassagesKindsTest, AnEmbeddedPostWithinACopiedPairIsACopy) {
  Prose prose(10);
  const std::string post = "As they wrote:\n\n" + prose.Words(22) + ".";
  const std::string told = prose.Paragraph();
  const PassagesResult found =
      Find(Apart(post + "\n\n" + prose.Paragraph(6) + "\n\n" + told,
                 told + "\n\n" + prose.Paragraph(6) + "\n\n" + post));
  EXPECT_THAT(KindsOf(found),
              ElementsAre(PassageKind::kCopy, PassageKind::kCopy));
}

}  // namespace
}  // namespace wirecopy
