// Revisions, removals, and what they leave of other documents.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/index/index_cases.h"
#include "wirecopy/shingle.h"
#include "wirecopy/similarity.h"

namespace wirecopy {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;

constexpr std::string_view kHarbour =
    "The harbour board met on Thursday evening and put off the new crane for "
    "the second year running, since nobody would say who is to pay for it.";

IndexAnswer AddOne(Index* index, const std::string& id, std::string_view text) {
  const Document document = {{false, id}, text, {}};
  const auto answers = AddAll(index, {&document, 1});
  return answers.empty() ? IndexAnswer() : answers[0];
}

IndexAnswer QueryOne(const Index& index, const std::string& id,
                     std::string_view text) {
  const Document document = {{false, id}, text, {}};
  const auto answers = index.Query({&document, 1});
  EXPECT_TRUE(answers.ok()) << answers.status();
  return answers.ok() ? (*answers)[0] : IndexAnswer();
}

std::vector<bool> Remove(Index* index, const std::vector<std::string>& names) {
  std::vector<DocumentId> ids;
  ids.reserve(names.size());
  for (const std::string& name : names) ids.push_back({false, name});
  const auto were_there = index->Remove(ids);
  EXPECT_TRUE(were_there.ok()) << were_there.status();
  return were_there.ok() ? *were_there : std::vector<bool>();
}

TEST(IndexChangesTest, TheSameAgainIsThere) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  EXPECT_EQ(AddOne(index.get(), "a", kHarbour).status, IndexStatus::kNew);
  const IndexAnswer again = AddOne(index.get(), "a", kHarbour);
  EXPECT_EQ(again.status, IndexStatus::kPresent);
  EXPECT_FALSE(again.of.has_value());
  EXPECT_TRUE(again.passages.empty());
  EXPECT_EQ(index->Info()->documents, 1);
  EXPECT_TRUE(index->Verify().ok());
}

// So that answers that were lost are had again; what it is one of now, where
// that has changed.
TEST(IndexChangesTest, WhatIsThereIsStillADuplicate) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  TextMaker maker(25);
  const std::vector<std::string> words = maker.Words(200);
  const std::string near = TextMaker::Text(maker.Edited(words, 60));
  AddOne(index.get(), "a", TextMaker::Text(words));
  const IndexAnswer first = AddOne(index.get(), "b", near);
  ASSERT_EQ(first.status, IndexStatus::kDuplicate);
  ASSERT_LT(first.similarity, 1);
  AddOne(index.get(), "c", near);
  for (const IndexAnswer& again :
       {AddOne(index.get(), "b", near), QueryOne(*index, "b", near)}) {
    EXPECT_EQ(again.status, IndexStatus::kPresent);
    EXPECT_EQ(again.of, first.of);
    EXPECT_EQ(again.similarity, first.similarity);
    EXPECT_TRUE(again.passages.empty());
  }
  Remove(index.get(), {"a"});
  EXPECT_FALSE(AddOne(index.get(), "b", near).of.has_value());
  const IndexAnswer other = AddOne(index.get(), "c", near);
  EXPECT_EQ(other.of->text, "b");
  EXPECT_EQ(other.similarity, 1);
  // Also of one of the same call.
  const Document twice[] = {{{false, "d"}, near, {}}, {{false, "d"}, near, {}}};
  const auto answers = AddAll(index.get(), twice);
  EXPECT_EQ(answers[1].status, IndexStatus::kPresent);
  EXPECT_EQ(answers[1].of, answers[0].of);
  EXPECT_EQ(index->Info()->documents, 3);
}

TEST(IndexChangesTest, AnIntegerAndAStringAreTwoIds) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  const Document documents[] = {{{false, "7"}, kHarbour, {}},
                                {{true, "7"}, kHarbour, {}}};
  const auto answers = AddAll(index.get(), documents);
  EXPECT_EQ(answers[1].status, IndexStatus::kDuplicate);
  EXPECT_EQ(answers[1].of, documents[0].id);
  EXPECT_EQ(index->Info()->documents, 2);
}

TEST(IndexChangesTest, EmptyTextsMatchNothing) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  EXPECT_EQ(AddOne(index.get(), "a", "").status, IndexStatus::kNew);
  EXPECT_EQ(AddOne(index.get(), "b", "").status, IndexStatus::kNew);
  EXPECT_EQ(AddOne(index.get(), "b", "").status, IndexStatus::kPresent);
  EXPECT_TRUE(index->Verify().ok());
  EXPECT_THAT(Remove(index.get(), {"a", "b"}), ElementsAre(true, true));
  EXPECT_TRUE(index->Verify().ok());
}

TEST(IndexChangesTest, ARevisionTakesThePlaceOfItsFormerText) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  TextMaker maker(21);
  const std::string other = TextMaker::Text(maker.Words(60));
  AddOne(index.get(), "a", kHarbour);
  const IndexAnswer revised = AddOne(index.get(), "a", other);
  EXPECT_EQ(revised.status, IndexStatus::kRevision);
  EXPECT_EQ(revised.former_similarity, 0);
  EXPECT_FALSE(revised.of.has_value());
  EXPECT_EQ(index->Info()->documents, 1);
  // The former text is nobody's any more, the new one is.
  EXPECT_EQ(QueryOne(*index, "b", kHarbour).status, IndexStatus::kNew);
  const IndexAnswer copy = QueryOne(*index, "b", other);
  EXPECT_EQ(copy.status, IndexStatus::kDuplicate);
  EXPECT_EQ(copy.of->text, "a");
  EXPECT_TRUE(index->Verify().ok());
}

// A text is never compared with its own former version but for what is said
// of that one.
TEST(IndexChangesTest, ASmallRevisionIsNoDuplicateOfItself) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  const std::string longer = std::string(kHarbour) + " So it was.";
  AddOne(index.get(), "a", kHarbour);
  for (const IndexAnswer& answer :
       {QueryOne(*index, "a", longer), AddOne(index.get(), "a", longer)}) {
    EXPECT_EQ(answer.status, IndexStatus::kRevision);
    EXPECT_GT(answer.former_similarity, 0.8);
    EXPECT_LT(answer.former_similarity, 1);
    EXPECT_FALSE(answer.of.has_value());
    EXPECT_TRUE(answer.passages.empty());
  }
}

TEST(IndexChangesTest, ARemovedDocumentLeavesItsDuplicatesToEachOther) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  AddOne(index.get(), "a", kHarbour);
  EXPECT_EQ(AddOne(index.get(), "b", kHarbour).of->text, "a");
  EXPECT_EQ(AddOne(index.get(), "c", kHarbour).of->text, "a");
  EXPECT_THAT(Remove(index.get(), {"a", "nobody", "a"}),
              ElementsAre(true, false, false));
  EXPECT_EQ(index->Info()->documents, 2);
  EXPECT_EQ(index->Info()->duplicates, 1);
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
  EXPECT_THAT(QueryOne(*index, "d", kHarbour).of->text, AnyOf("b", "c"));
}

// Of whatever was added, revised and removed: no two documents that are
// duplicates of nothing reach the threshold, all others do with what they name,
// and the index holds what a list of the last texts holds.
TEST(IndexChangesTest, HoldsAfterAnyChanges) {
  IndexParameters parameters;
  parameters.recall = 0.99999;
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), parameters);
  TextMaker maker(22);
  std::map<std::string, std::string> held;
  for (int round = 0; round < 40; ++round) {
    TestDocuments documents = maker.Documents(15);
    for (std::string& id : documents.ids) {
      id = std::to_string(maker.Random() % 120);
    }
    AddAll(index.get(), documents.All());
    for (size_t i = 0; i < documents.ids.size(); ++i) {
      held[documents.ids[i]] = documents.texts[i];
    }
    std::vector<std::string> leaving;
    for (int i = 0; i < 4; ++i) {
      leaving.push_back(std::to_string(maker.Random() % 120));
    }
    const auto were_there = Remove(index.get(), leaving);
    for (size_t i = 0; i < leaving.size(); ++i) {
      EXPECT_EQ(were_there[i], held.erase(leaving[i]) == 1);
    }
    ASSERT_EQ(index->Info()->documents, held.size());
    ASSERT_TRUE(index->Verify().ok()) << index->Verify();
  }
  ASSERT_TRUE(index->Compact().ok());
  ASSERT_TRUE(index->Verify().ok()) << index->Verify();
  for (const auto& [id, text] : held) {
    EXPECT_EQ(QueryOne(*index, id, text).status, IndexStatus::kPresent);
  }
}

// A paragraph that more documents have than are filed under it: when those that
// are filed go, the others are found once the index is compacted.
TEST(IndexChangesTest, CompactFilesWhatWasLeftOut) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  TextMaker maker(23);
  constexpr size_t kSharers = 20;
  std::vector<std::string> first;
  for (size_t i = 0; i < kSharers; ++i) {
    const std::string id = std::to_string(i);
    AddOne(index.get(), id,
           TextMaker::Text(maker.Words(150)) + "\n\n" + std::string(kHarbour));
    if (i < 12) first.push_back(id);
  }
  Remove(index.get(), first);
  EXPECT_EQ(QueryOne(*index, "q", kHarbour).status, IndexStatus::kNew);
  ASSERT_TRUE(index->Compact().ok());
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
  const IndexAnswer answer = QueryOne(*index, "q", kHarbour);
  EXPECT_EQ(answer.status, IndexStatus::kPassages);
  EXPECT_EQ(answer.passages.size(), kSharers - first.size());
  // And it is a compact index that was made so: nothing is left to file.
  ASSERT_TRUE(index->Compact().ok());
  EXPECT_EQ(Shown(QueryOne(*index, "q", kHarbour)), Shown(answer));
}

// What is filed then was added before what is in the lists by then: an answer
// that is repeated has the passages of all that came before, and of no other.
TEST(IndexChangesTest, CompactFilesInTheOrderOfAdding) {
  TestFolder folder;
  IndexOptions options;
  options.repeats_answers = true;
  const auto index = NewIndex(folder.File("index"), {}, options);
  TextMaker maker(24);
  std::vector<std::string> texts;
  for (int i = 1; i <= 15; ++i) {
    texts.push_back(TextMaker::Text(maker.Words(150)) + "\n\n" +
                    std::string(kHarbour));
  }
  const auto add = [&](size_t i) {
    return AddOne(index.get(), std::to_string(i), texts[i - 1]);
  };
  for (size_t i = 1; i <= 14; ++i) add(i);
  Remove(index.get(),
         {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"});
  EXPECT_TRUE(add(15).passages.empty());
  ASSERT_TRUE(index->Compact().ok());
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
  for (size_t i = 12; i <= 15; ++i) {
    const IndexAnswer again = add(i);
    EXPECT_EQ(again.status, IndexStatus::kPresent);
    std::vector<std::string> others;
    for (const SeenPassage& passage : again.passages) {
      others.push_back(passage.other.text);
    }
    std::vector<std::string> before;
    for (size_t j = 12; j < i; ++j) before.push_back(std::to_string(j));
    EXPECT_EQ(others, before) << i;
  }
}

TEST(IndexChangesTest, GivesDocumentsBack) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  Document documents[] = {{{false, "a"}, kHarbour, {}},
                          {{true, "12"}, kHarbour, {}}};
  documents[1].published = absl::FromUnixSeconds(1'700'000'000);
  documents[1].publisher = "Quay Post";
  documents[1].details.url = "https://quay.example/12";
  documents[1].details.title = "No crane";
  documents[1].details.published_is_uncertain = true;
  AddAll(index.get(), documents);
  const auto first = index->Get(documents[0].id);
  ASSERT_TRUE(first.ok() && first->has_value());
  EXPECT_EQ((*first)->text, kHarbour);
  EXPECT_FALSE((*first)->published.has_value());
  EXPECT_FALSE((*first)->of.has_value());
  const auto found = index->Get(documents[1].id);
  ASSERT_TRUE(found.ok() && found->has_value());
  const StoredDocument& second = **found;
  EXPECT_EQ(second.id, documents[1].id);
  EXPECT_EQ(second.published, documents[1].published);
  EXPECT_TRUE(second.published_is_uncertain);
  EXPECT_EQ(second.publisher, "Quay Post");
  EXPECT_EQ(second.url, "https://quay.example/12");
  EXPECT_EQ(second.title, "No crane");
  EXPECT_EQ(second.of, documents[0].id);
  EXPECT_EQ(second.similarity, 1);
  const auto other = index->Get({false, "12"});
  ASSERT_TRUE(other.ok());
  EXPECT_FALSE(other->has_value());
}

TEST(IndexChangesTest, RefusesWhatIsNoDocument) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  const Document documents[] = {{{false, "a"}, kHarbour, {}},
                                {{false, "b"}, "no \xFF text", {}}};
  const auto answers = index->Add(documents);
  EXPECT_EQ(answers.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(answers.status().message()),
              ::testing::HasSubstr("b: is no UTF-8"));
  // Nothing of the batch is there, and more can be added.
  EXPECT_EQ(index->Info()->documents, 0);
  EXPECT_EQ(AddOne(index.get(), "a", kHarbour).status, IndexStatus::kNew);
}

// Where texts have a bound, none that is longer is added, or compared with.
TEST(IndexChangesTest, RefusesTextsThatTakeTooMuch) {
  TestFolder folder;
  TextMaker maker(5);
  const std::string longer = maker.Text(maker.Words(400));
  const std::string shorter = maker.Text(maker.Words(60));
  {
    const auto index = NewIndex(folder.File("index"));
    AddOne(index.get(), "longer", longer);
    AddOne(index.get(), "shorter", shorter);
  }
  IndexOptions options;
  options.most_text_bytes = longer.size() - 1;
  const auto index = OpenToWrite(folder.File("index"), options);
  const Document too_long[] = {{{false, "x"}, longer, {}}};
  for (const absl::Status& status :
       {index->Add(too_long).status(), index->Query(too_long).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("x: a"));
  }
  // It shares a passage with one of them.
  const auto with = [&](const std::string& part) {
    const std::string text = part + " " + maker.Text(maker.Words(100));
    const Document documents[] = {{{false, "y"}, text, {}}};
    return index->Query(documents).status();
  };
  EXPECT_TRUE(with(shorter).ok());
  const absl::Status status = with(longer.substr(0, longer.size() / 2));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("longer"));
  EXPECT_EQ(index->Info()->documents, 2);
}

}  // namespace
}  // namespace wirecopy
