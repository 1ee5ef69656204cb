// Duplicates whose original is gone: who keeps documents by their answers has
// none of their text, so the next copy is to be kept.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

class OrphansTest : public testing::Test {
 protected:
  OrphansTest() : OrphansTest(IndexParameters()) {}
  explicit OrphansTest(const IndexParameters& parameters)
      : index_(NewIndex(folder_.File("index"), parameters)) {}

  IndexAnswer Add(const std::string& id, std::string_view text) {
    const Document document = {{false, id}, text, {}};
    const auto answers = AddAll(index_.get(), {&document, 1});
    EXPECT_TRUE(index_->Verify().ok()) << index_->Verify();
    return answers.empty() ? IndexAnswer() : answers[0];
  }

  IndexAnswer Query(std::string_view text) {
    const Document document = {{false, "asked"}, text, {}};
    const auto answers = index_->Query({&document, 1});
    EXPECT_TRUE(answers.ok()) << answers.status();
    return answers.ok() ? (*answers)[0] : IndexAnswer();
  }

  void Remove(const std::string& id) {
    const DocumentId ids[] = {{false, id}};
    EXPECT_TRUE(index_->Remove(ids).ok());
    EXPECT_TRUE(index_->Verify().ok()) << index_->Verify();
  }

  // What the index holds a document as a duplicate of; "-" for none.
  std::string OriginalOf(const std::string& id) {
    const auto held = index_->Get({false, id});
    if (!held.ok() || !held->has_value()) return "not held";
    return (*held)->of ? (*held)->of->text : "-";
  }

  TestFolder folder_;
  std::unique_ptr<Index> index_;
  TextMaker maker_{41};
  const std::vector<std::string> words_ = maker_.Words(200);
  const std::string text_ = TextMaker::Text(words_);
  const std::string near_ = TextMaker::Text(maker_.Edited(words_, 60));
  const std::string other_ = TextMaker::Text(maker_.Words(80));
};

TEST_F(OrphansTest, LeaveTheirPlaceToTheNextCopy) {
  for (const bool is_revised : {true, false}) {
    const std::string tag = is_revised ? "r" : "";
    Add(tag + "a", text_);
    ASSERT_EQ(Add(tag + "b", text_).of->text, tag + "a");
    ASSERT_EQ(Add(tag + "c", near_).of->text, tag + "a");
    if (is_revised) {
      EXPECT_EQ(Add("ra", other_).status, IndexStatus::kRevision);
    } else {
      Remove("a");
    }
    // A question is about what is held, whoever kept it.
    ASSERT_EQ(Query(text_).status, IndexStatus::kDuplicate);
    const std::string orphan = Query(text_).of->text;
    EXPECT_EQ(OriginalOf(orphan), "-");
    EXPECT_EQ(OriginalOf(tag + (orphan == tag + "b" ? "c" : "b")), orphan);
    const IndexAnswer next = Add(tag + "d", text_);
    EXPECT_EQ(next.status, IndexStatus::kPassages);
    EXPECT_FALSE(next.of);
    EXPECT_EQ(OriginalOf(tag + "b"), tag + "d");
    EXPECT_EQ(OriginalOf(tag + "c"), tag + "d");
    EXPECT_EQ(Add(tag + "e", text_).of->text, tag + "d");
    EXPECT_EQ(Add(tag + "d", text_).status, IndexStatus::kPresent);
    EXPECT_EQ(Add(tag + "c", near_).of->text, tag + "d");
    for (const char* id : {"d", "b", "c", "e"}) Remove(tag + id);
  }
}

// The orphan itself, and one of its duplicates.
TEST_F(OrphansTest, AreKeptWhenTheyComeAgain) {
  for (const std::string again : {"b", "c"}) {
    Add("a", text_);
    Add("b", text_);
    Add("c", text_);
    Remove("a");
    const IndexAnswer answer = Add(again, text_);
    EXPECT_EQ(answer.status, IndexStatus::kPresent);
    EXPECT_TRUE(answer.was_orphan);
    EXPECT_FALSE(answer.of);
    EXPECT_EQ(OriginalOf(again), "-");
    EXPECT_EQ(OriginalOf(again == "b" ? "c" : "b"), again);
    EXPECT_EQ(Add(again, text_).status, IndexStatus::kPresent);
    EXPECT_FALSE(Add(again, text_).was_orphan);
    EXPECT_EQ(index_->Info()->documents, 2u);
    for (const char* id : {"b", "c"}) Remove(id);
  }
}

// Steps of one text to another, a and b and c in a row, each similar to the
// next one: b is kept for neither a, which is gone, nor an orphan where c is
// kept.
TEST_F(OrphansTest, AreNoneWhereSomethingKeptIsSimilar) {
  std::vector<std::string> words = words_;
  std::vector<std::string> steps = {text_};
  for (size_t step = 0; step < 2; ++step) {
    for (size_t i = 0; i < 3; ++i) words[60 * i + 20 * step] = maker_.Word();
    steps.push_back(TextMaker::Text(words));
  }
  Add("a", steps[0]);
  ASSERT_EQ(Add("b", steps[1]).of->text, "a");
  ASSERT_FALSE(Add("c", steps[2]).of);
  Remove("a");
  EXPECT_EQ(OriginalOf("b"), "c");
  EXPECT_EQ(Add("b", steps[1]).status, IndexStatus::kPresent);
}

// Cut by what nobody kept, a text would be gone.
TEST_F(OrphansTest, AreToldWherePassagesAre) {
  IndexOptions options;
  options.answers_runs = true;
  index_ = nullptr;
  index_ = OpenToWrite(folder_.File("index"), options);
  Add("a", text_);
  Add("b", text_);
  Remove("a");
  const IndexAnswer part = Add("c", other_ + "\n\n" + text_.substr(0, 400));
  ASSERT_EQ(part.status, IndexStatus::kPassages);
  EXPECT_TRUE(part.passages[0].other_is_unkept);
  Add("d", text_);
  const std::string more = TextMaker::Text(maker_.Words(60));
  const IndexAnswer later = Add("e", more + "\n\n" + text_.substr(500, 400));
  ASSERT_EQ(later.passages.size(), 2u);
  EXPECT_EQ(later.passages[0].other.text, "b");
  EXPECT_TRUE(later.passages[0].other_is_unkept);
  EXPECT_EQ(later.passages[1].other.text, "d");
  EXPECT_FALSE(later.passages[1].other_is_unkept);
}

// A list of a fingerprint names the first who have it. What others had cut out
// for the one that is gone is kept nowhere, either.
TEST_F(OrphansTest, ArePartsOfThoseThatListsLeaveOut) {
  IndexOptions options;
  options.answers_runs = true;
  index_ = nullptr;
  index_ = OpenToWrite(folder_.File("index"), options);
  const auto among = [this](const std::string& shared) {
    return TextMaker::Text(maker_.Words(60)) + "\n\n" + shared + "\n\n" +
           TextMaker::Text(maker_.Words(60));
  };
  const std::string own = TextMaker::Text(maker_.Words(40));
  Add("first", among(other_));
  for (int i = 0; i < 15; ++i) Add("filler" + std::to_string(i), among(other_));
  const IndexAnswer left_out = Add("left out", among(other_ + " " + own));
  ASSERT_FALSE(left_out.passages.empty());
  EXPECT_EQ(left_out.passages[0].other.text, "first");
  EXPECT_FALSE(left_out.passages[0].other_is_unkept);
  EXPECT_FALSE(Add("before", among(own)).passages[0].other_is_unkept);
  Remove("first");
  for (const std::string id : {"y", "z"}) {
    const IndexAnswer answer = Add(id, among(other_ + " " + own));
    bool has_left_out = false;
    for (const SeenPassage& passage : answer.passages) {
      // One has what is cut out of it in what is left out, the other all of it.
      const bool is_whole =
          passage.other.text == "before" || passage.other.text == "y";
      EXPECT_EQ(passage.other_is_unkept, !is_whole) << passage.other.text;
      has_left_out |= passage.other.text == "left out";
    }
    EXPECT_TRUE(has_left_out);
    // Which says so of itself, where a list has it at last.
    ASSERT_TRUE(index_->Compact().ok());
    ASSERT_TRUE(index_->Verify().ok()) << index_->Verify();
  }
}

// Nothing was cut for what is gone out of what came later, also where compact
// files it.
TEST_F(OrphansTest, AreNoPartsOfWhatCameLater) {
  IndexOptions options;
  options.answers_runs = true;
  index_ = nullptr;
  index_ = OpenToWrite(folder_.File("index"), options);
  const std::string own = TextMaker::Text(maker_.Words(40));
  std::vector<std::string> texts;
  for (int i = 0; i < 16; ++i) {
    texts.push_back(TextMaker::Text(maker_.Words(60)) + "\n\n" + other_);
    Add(std::to_string(i), texts.back());
  }
  Remove("0");
  ASSERT_EQ(Add("copy", texts[1]).of->text, "1");  // takes the last place
  Add("left out", TextMaker::Text(maker_.Words(60)) + "\n\n" + other_ + own);
  Remove("copy");
  for (const std::string id : {"x", "y"}) {
    const IndexAnswer answer =
        Add(id, TextMaker::Text(maker_.Words(60)) + "\n\n" + own);
    ASSERT_FALSE(answer.passages.empty());
    EXPECT_EQ(answer.passages[0].other.text, "left out");
    EXPECT_FALSE(answer.passages[0].other_is_unkept);
    ASSERT_TRUE(index_->Compact().ok());
  }
}

// A run that is done again gets the answers that it got, though what was an
// orphan to a document before it has been kept since.
TEST_F(OrphansTest, AreWhatTheyWereToDocumentsBeforeTheyWereKept) {
  IndexOptions options;
  options.answers_runs = true;
  options.repeats_answers = true;
  index_ = nullptr;
  index_ = OpenToWrite(folder_.File("index"), options);
  const std::string part = text_.substr(0, 400);
  Add("a", text_);
  Add("b", text_);
  Add("c", near_);
  Remove("a");
  TestDocuments run;
  run.ids = {"x", "b", "y", "c", "z"};
  run.texts = {other_ + "\n\n" + part, text_,
               TextMaker::Text(maker_.Words(70)) + "\n\n" + part, near_,
               TextMaker::Text(maker_.Words(80)) + "\n\n" + part};
  const auto answers = AddAll(index_.get(), run.All());
  const auto again = AddAll(index_.get(), run.All());
  ASSERT_EQ(answers.size(), 5u);
  EXPECT_FALSE(answers[1].of);
  EXPECT_EQ(answers[3].of->text, "b");
  for (size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(again[i].status, IndexStatus::kPresent);
    EXPECT_EQ(again[i].of, answers[i].of);
    ASSERT_EQ(again[i].passages.size(), answers[i].passages.size()) << i;
    for (size_t p = 0; p < answers[i].passages.size(); ++p) {
      const SeenPassage& first = answers[i].passages[p];
      const SeenPassage& second = again[i].passages[p];
      EXPECT_EQ(second.other, first.other);
      EXPECT_EQ(second.begin, first.begin);
      EXPECT_EQ(second.end, first.end);
      EXPECT_EQ(second.other_is_unkept, first.other_is_unkept)
          << run.ids[i] << " of " << first.other.text;
    }
  }
  EXPECT_TRUE(answers[0].passages[0].other_is_unkept);
  EXPECT_FALSE(answers[2].passages[0].other_is_unkept);
}

// Each one that leaves is the next one's original, were they taken in this
// order.
TEST_F(OrphansTest, OfManyCopiesTakeFewComparisons) {
  constexpr int kCopies = 300;
  TestDocuments copies;
  for (int i = 0; i < kCopies; ++i) {
    copies.texts.push_back(TextMaker::Text(maker_.Edited(words_, 200)));
    copies.ids.push_back(std::to_string(i));
  }
  AddAll(index_.get(), copies.All());
  int changes = 0;
  for (int i = 0; i + 1 < kCopies; ++i) {
    const std::string last = std::to_string(kCopies - 1);
    const std::string before = OriginalOf(last);
    const DocumentId id[] = {{false, std::to_string(i)}};
    ASSERT_TRUE(index_->Remove(id).ok());
    changes += OriginalOf(last) != before ? 1 : 0;
  }
  // As many as a random order's records: the mean is the logarithm.
  EXPECT_LT(changes, 30);
  EXPECT_TRUE(index_->Verify().ok());
}

TEST_F(OrphansTest, AreRefusedWhereTheyTakeTooMuch) {
  Add("a", text_);
  TestDocuments copies;
  for (int i = 0; i < 100; ++i) {
    copies.texts.push_back(text_);
    copies.ids.push_back(std::to_string(i));
  }
  AddAll(index_.get(), copies.All());
  IndexOptions options;
  options.most_text_bytes = text_.size();
  index_ = nullptr;
  index_ = OpenToWrite(folder_.File("index"), options);
  ASSERT_LT(text_.size(), 1600u);  // or there is room for them
  const Document revised = {{false, "a"}, other_, {}};
  const auto answers = index_->Add({&revised, 1});
  EXPECT_EQ(answers.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(answers.status().message()),
              testing::HasSubstr("upon 100 duplicates"));
  options.most_text_bytes = 1600;
  index_ = nullptr;
  index_ = OpenToWrite(folder_.File("index"), options);
  EXPECT_EQ(Add("a", other_).status, IndexStatus::kRevision);
}

TEST_F(OrphansTest, AreCountedAndVisited) {
  const auto visited = [&] {
    std::vector<std::string> ids;
    const absl::Status status =
        index_->VisitOrphans([&ids](const StoredDocument& orphan) {
          EXPECT_TRUE(orphan.is_orphan);
          EXPECT_FALSE(orphan.text.empty());
          ids.push_back(orphan.id.text);
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(index_->Info()->orphans, ids.size());
    return ids;
  };
  using testing::ElementsAre;
  using testing::IsEmpty;
  Add("a", text_);
  Add("b", text_);
  Add("c", other_);
  Add("d", other_);
  EXPECT_THAT(visited(), IsEmpty());
  Remove("a");
  Remove("c");
  EXPECT_THAT(visited(), ElementsAre("b", "d"));
  EXPECT_FALSE((*index_->Get({false, "a"})).has_value());
  EXPECT_TRUE((*index_->Get({false, "b"}))->is_orphan);
  Add("b", text_);
  EXPECT_THAT(visited(), ElementsAre("d"));
  EXPECT_FALSE((*index_->Get({false, "b"}))->is_orphan);
  Add("e", other_);
  EXPECT_THAT(visited(), IsEmpty());
  Remove("e");
  Remove("d");
  EXPECT_THAT(visited(), IsEmpty());
  Add("c", text_);
  Remove("b");
  const auto stop = [](const StoredDocument&) {
    return absl::AbortedError("");
  };
  EXPECT_EQ(index_->VisitOrphans(stop).code(), absl::StatusCode::kAborted);
}

TEST_F(OrphansTest, OutliveTheirIndexBeingClosed) {
  Add("a", text_);
  Add("b", text_);
  Remove("a");
  index_ = nullptr;
  index_ = OpenToWrite(folder_.File("index"));
  EXPECT_FALSE(Add("c", text_).of);
  EXPECT_EQ(Add("d", text_).of->text, "c");
}

// Two orphans, like neither, and a duplicate of one that is like both.
TEST_F(OrphansTest, LeaveTheirPlaceToWhatComesAgain) {
  std::vector<std::string> words = words_;
  std::vector<std::string> steps = {text_};
  for (size_t step = 0; step < 2; ++step) {
    for (size_t i = 0; i < 3; ++i) words[60 * i + 20 * step] = maker_.Word();
    steps.push_back(TextMaker::Text(words));
  }
  // All of them like a text that has some of each.
  std::vector<std::string> between = words_;
  for (size_t i = 0; i < 2; ++i) between[60 * i] = words[60 * i];
  const std::string text = TextMaker::Text(between);
  Add("a", steps[1]);
  ASSERT_EQ(Add("p", steps[0]).of->text, "a");
  ASSERT_EQ(Add("q", steps[2]).of->text, "a");
  ASSERT_TRUE(Add("e", text).of);
  Remove("a");
  EXPECT_EQ(index_->Info()->orphans, 2u);
  EXPECT_TRUE(Add("e", text).was_orphan);
  EXPECT_EQ(OriginalOf("p"), "e");
  EXPECT_EQ(OriginalOf("q"), "e");
}

class ContainedOrphansTest : public OrphansTest {
 protected:
  static IndexParameters Containment() {
    IndexParameters parameters;
    parameters.measure = Measure::kContainment;
    return parameters;
  }
  ContainedOrphansTest() : OrphansTest(Containment()) {}
};

// A part of an orphan is kept, and the orphan is none of its duplicates.
TEST_F(ContainedOrphansTest, StayWhereTheyAreNotContained) {
  Add("a", text_ + other_);
  ASSERT_EQ(Add("b", text_).of->text, "a");
  Remove("a");
  ASSERT_EQ(OriginalOf("b"), "-");
  const std::string_view text = text_;
  EXPECT_FALSE(Add("c", text.substr(0, text.size() / 2)).of);
  EXPECT_EQ(OriginalOf("b"), "-");
  EXPECT_FALSE(Add("d", text.substr(text.size() / 2)).of);
  EXPECT_FALSE(Add("e", text).of);
  EXPECT_EQ(OriginalOf("b"), "e");
}

// The whole of an orphan is kept within something longer.
TEST_F(ContainedOrphansTest, LeaveTheirPlaceToWhatContainsThem) {
  Add("a", text_);
  ASSERT_EQ(Add("b", text_).of->text, "a");
  Remove("a");
  EXPECT_FALSE(Add("c", other_ + "\n\n" + text_).of);
  EXPECT_EQ(OriginalOf("b"), "c");
  EXPECT_EQ(Add("b", text_).of->text, "c");
}

// Whatever the batches: an orphan loses its place to what is revised then, is
// another orphan's duplicate, and is kept.
TEST_F(ContainedOrphansTest, AreKeptInTheBatchThatTookTheirPlace) {
  for (const bool is_batch : {false, true}) {
    Add("a", text_);
    ASSERT_EQ(Add("o", text_).of->text, "a");
    Remove("a");
    Add("b", text_ + other_);
    ASSERT_EQ(Add("p", text_ + other_).of->text, "b");
    Remove("b");
    TestDocuments run;
    run.ids = {"n", "n", "o", "z"};
    run.texts = {text_, TextMaker::Text(maker_.Words(70)), text_,
                 text_.substr(0, text_.size() / 2)};
    const std::vector<Document> all = run.All();
    const size_t at_once = is_batch ? all.size() : 1;
    for (size_t i = 0; i < all.size(); i += at_once) {
      AddAll(index_.get(), std::span(all).subspan(i, at_once));
    }
    EXPECT_EQ(OriginalOf("z"), "o");
    for (const char* id : {"n", "o", "z", "p"}) Remove(id);
  }
}

}  // namespace
}  // namespace wirecopy
