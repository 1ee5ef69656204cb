// Ids that say where a record stood: other inputs' records stand there, too.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

class MadeIdsTest : public testing::Test {
 protected:
  MadeIdsTest() : index_(NewIndex(folder_.File("index"))) {
    TextMaker maker(31);
    for (std::string* text : {&first_, &second_}) {
      *text = TextMaker::Text(maker.Words(60));
    }
  }

  static Document Made(const DocumentId& id, const std::string& text) {
    Document document = {id, text, {}};
    document.has_made_id = true;
    return document;
  }

  IndexAnswer Add(const Document& document) {
    const auto answers = AddAll(index_.get(), {&document, 1});
    return answers.size() == 1 ? answers[0] : IndexAnswer();
  }

  std::string TextOf(const DocumentId& id) {
    const auto held = index_->Get(id);
    return held.ok() && held->has_value() ? (*held)->text : "";
  }

  TestFolder folder_;
  std::unique_ptr<Index> index_;
  std::string first_;
  std::string second_;
  const DocumentId id_ = {false, "-/1"};
};

TEST_F(MadeIdsTest, NameNobodyElse) {
  const IndexAnswer first = Add(Made(id_, first_));
  EXPECT_EQ(first.status, IndexStatus::kNew);
  EXPECT_FALSE(first.held_as);
  const IndexAnswer second = Add(Made(id_, second_));
  EXPECT_EQ(second.status, IndexStatus::kNew);
  ASSERT_TRUE(second.held_as);
  EXPECT_TRUE(second.held_as->text.starts_with("-/1#"));
  EXPECT_EQ(second.held_as->text.size(), id_.text.size() + 17);
  EXPECT_EQ(TextOf(id_), first_);
  EXPECT_EQ(TextOf(*second.held_as), second_);
  // The same input again, in whatever order, adds nothing.
  EXPECT_EQ(Add(Made(id_, second_)).status, IndexStatus::kPresent);
  EXPECT_EQ(Add(Made(id_, second_)).held_as, second.held_as);
  EXPECT_EQ(Add(Made(id_, first_)).status, IndexStatus::kPresent);
  EXPECT_EQ(index_->Info()->documents, 2u);
  EXPECT_TRUE(index_->Verify().ok());
}

TEST_F(MadeIdsTest, OfNearCopiesAreDuplicates) {
  Add(Made(id_, first_));
  const IndexAnswer copy = Add(Made(id_, first_ + " more"));
  EXPECT_EQ(copy.status, IndexStatus::kDuplicate);
  EXPECT_EQ(copy.of, id_);
  // What it would be, asked beforehand; rows' numbers are as lines are.
  const DocumentId row = {true, "0"};
  Add(Made(row, second_));
  const std::string more = second_ + " more";
  const Document asked = Made(row, more);
  const auto answers = index_->Query({&asked, 1});
  ASSERT_TRUE(answers.ok());
  EXPECT_EQ((*answers)[0].status, IndexStatus::kDuplicate);
  EXPECT_EQ((*answers)[0].of, row);
}

TEST_F(MadeIdsTest, InOneBatchAsInMany) {
  const std::vector<Document> documents = {
      Made(id_, first_), Made({false, "-/2"}, second_), Made(id_, second_),
      Made(id_, second_)};
  const auto answers = AddAll(index_.get(), documents);
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ(answers[2].status, IndexStatus::kDuplicate);
  EXPECT_EQ(answers[2].of, documents[1].id);
  EXPECT_EQ(answers[3].status, IndexStatus::kPresent);
  EXPECT_EQ(answers[3].held_as, answers[2].held_as);
  const auto one_by_one = NewIndex(folder_.File("other"));
  for (size_t i = 0; i < documents.size(); ++i) {
    const auto answer = AddAll(one_by_one.get(), {&documents[i], 1});
    ASSERT_EQ(answer.size(), 1u);
    EXPECT_EQ(Shown(answer[0]), Shown(answers[i]));
    EXPECT_EQ(answer[0].held_as, answers[i].held_as);
  }
}

TEST_F(MadeIdsTest, ThatSomebodyGaveAreRevised) {
  Add(Made(id_, first_));
  const IndexAnswer answer = Add({id_, second_, {}});
  EXPECT_EQ(answer.status, IndexStatus::kRevision);
  EXPECT_FALSE(answer.held_as);
  EXPECT_EQ(TextOf(id_), second_);
}

}  // namespace
}  // namespace wirecopy
