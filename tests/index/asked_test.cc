// What answers have by the options that an index is opened with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAreArray;

// Texts of which many end alike, so that lists of fingerprints are full.
TestDocuments WithEndings(uint64_t seed, size_t count) {
  TextMaker maker(seed);
  const std::string ending = TextMaker::Text(maker.Words(30));
  TestDocuments documents = maker.Documents(count);
  for (size_t i = 0; i < count; i += 3) documents.texts[i] += ending;
  return documents;
}

// A question says what an addition would, also of a revision whose former text
// is the one too many in lists of fingerprints.
TEST(IndexAskedTest, QuestionsAboutRevisionsAreAnsweredAsAdditions) {
  for (const size_t count : {9, 10, 11, 12, 30}) {
    TextMaker maker(count);
    const std::string shared = TextMaker::Text(maker.Words(40));
    TestDocuments documents = maker.Documents(count + 1);
    for (std::string& text : documents.texts) text += " " + shared;
    documents.ids[count] = documents.ids[0];
    const std::vector<Document> all = documents.All();
    TestFolder folder;
    const auto index = NewIndex(folder.File("index"), IndexParameters());
    AddAll(index.get(), std::span(all).first(count));
    const auto asked = index->Query(std::span(all).last(1));
    ASSERT_TRUE(asked.ok()) << asked.status();
    const auto added = AddAll(index.get(), std::span(all).last(1));
    ASSERT_EQ(added.size(), 1u);
    EXPECT_EQ(added[0].status, IndexStatus::kRevision);
    EXPECT_FALSE(added[0].passages.empty());
    EXPECT_EQ(Shown((*asked)[0]), Shown(added[0])) << count;
  }
}

std::vector<IndexAnswer> AsPresent(std::vector<IndexAnswer> answers) {
  for (IndexAnswer& answer : answers) answer.status = IndexStatus::kPresent;
  return answers;
}

// Adds in calls of that many documents.
std::vector<IndexAnswer> AddInCalls(Index* index,
                                    std::span<const Document> documents,
                                    size_t most) {
  std::vector<IndexAnswer> answers;
  while (!documents.empty()) {
    const auto call = documents.first(std::min(most, documents.size()));
    for (IndexAnswer& answer : AddAll(index, call)) {
      answers.push_back(std::move(answer));
    }
    documents = documents.subspan(call.size());
  }
  return answers;
}

void ExpectRepeated(const IndexParameters& parameters, uint64_t seed) {
  const TestDocuments documents = WithEndings(seed, 300);
  const std::vector<Document> all = documents.All();
  TestFolder folder;
  IndexOptions options;
  options.repeats_answers = true;
  options.threads = 2;
  const auto index = NewIndex(folder.File("index"), parameters, options);
  const auto first = AddInCalls(index.get(), all, 70);
  ASSERT_EQ(first.size(), all.size());
  size_t with_passages = 0;
  size_t duplicates = 0;
  for (const IndexAnswer& answer : first) {
    with_passages += answer.passages.empty() ? 0 : 1;
    duplicates += answer.of ? 1 : 0;
  }
  EXPECT_GT(with_passages, 100u);
  EXPECT_GT(duplicates, 30u);
  const auto expected = Shown(AsPresent(first));
  EXPECT_THAT(Shown(AddInCalls(index.get(), all, 45)),
              ElementsAreArray(expected));
  const auto asked = index->Query(all);
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_THAT(Shown(*asked), ElementsAreArray(expected));
}

TEST(AskedTest, WhatIsPresentIsAnsweredAsBefore) {
  for (const uint64_t seed : {1, 2}) ExpectRepeated({}, seed);
}

TEST(AskedTest, AlsoByContainment) {
  IndexParameters parameters;
  parameters.measure = Measure::kContainment;
  ExpectRepeated(parameters, 3);
}

// As after a kill: the beginning is there, and the rest is not.
TEST(AskedTest, APartThatIsPresentChangesNothing) {
  const TestDocuments documents = WithEndings(5, 200);
  const std::vector<Document> all = documents.All();
  TestFolder folder;
  IndexOptions options;
  options.repeats_answers = true;
  const auto whole = NewIndex(folder.File("whole"), {}, options);
  auto expected = AddAll(whole.get(), all);
  const auto cut = NewIndex(folder.File("cut"), {}, options);
  constexpr size_t kThere = 83;
  AddAll(cut.get(), std::span(all).first(kThere));
  for (size_t i = 0; i < kThere; ++i) {
    expected[i].status = IndexStatus::kPresent;
  }
  EXPECT_THAT(Shown(AddInCalls(cut.get(), all, 50)),
              ElementsAreArray(Shown(expected)));
}

TEST(AskedTest, WithoutPassagesTheRestIsTheSame) {
  const TestDocuments documents = WithEndings(6, 200);
  TestFolder folder;
  const auto full = NewIndex(folder.File("full"));
  auto expected = AddAll(full.get(), documents.All());
  for (IndexAnswer& answer : expected) {
    answer.passages.clear();
    if (answer.status == IndexStatus::kPassages) {
      answer.status = IndexStatus::kNew;
    }
  }
  IndexOptions options;
  options.answers_passages = false;
  auto index = NewIndex(folder.File("index"), {}, options);
  EXPECT_THAT(Shown(AddAll(index.get(), documents.All())),
              ElementsAreArray(Shown(expected)));
  index.reset();
  EXPECT_TRUE(VerifyFolder(folder.File("index")).ok());
  // What was filed is the same: a later document gets all its passages.
  const std::string late = documents.texts[0] + documents.texts[9];
  const Document document{{false, "late"}, late, {}};
  index = OpenToWrite(folder.File("index"));
  EXPECT_THAT(Shown(AddAll(index.get(), {&document, 1})),
              ElementsAreArray(Shown(AddAll(full.get(), {&document, 1}))));
}

}  // namespace
}  // namespace wirecopy
