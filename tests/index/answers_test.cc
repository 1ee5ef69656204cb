// Answers against slow ones that are plainly right.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/index/index_cases.h"
#include "wirecopy/passage_index.h"
#include "wirecopy/shingle.h"
#include "wirecopy/similarity.h"

namespace wirecopy {
namespace {

using ::testing::ElementsAreArray;

// Compares each document with all that are duplicates of nothing.
class SlowIndex {
 public:
  explicit SlowIndex(const IndexParameters& parameters)
      : parameters_(parameters), shingler_(parameters.shingle) {}

  struct Answer {
    std::optional<size_t> of;
    double similarity = 0;
  };

  Answer Add(std::string_view text) {
    const auto set = shingler_.Set(text);
    sets_.emplace_back(set.begin(), set.end());
    Answer answer;
    for (const size_t kept : kept_) {
      const Overlap overlap = Intersect(sets_.back(), sets_[kept]);
      const double similarity = parameters_.measure == Measure::kJaccard
                                    ? overlap.Jaccard()
                                    : overlap.ContainmentOfA();
      if (similarity < parameters_.threshold) continue;
      if (answer.of && similarity <= answer.similarity) continue;
      answer = {kept, similarity};
    }
    if (!answer.of) kept_.push_back(sets_.size() - 1);
    return answer;
  }

 private:
  const IndexParameters& parameters_;
  Shingler shingler_;
  std::vector<std::vector<uint64_t>> sets_;
  std::vector<size_t> kept_;
};

void ExpectDuplicates(const IndexParameters& parameters, uint64_t seed) {
  const TestDocuments documents = TextMaker(seed).Documents(600);
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), parameters);
  const auto answers = AddAll(index.get(), documents.All());
  ASSERT_EQ(answers.size(), documents.texts.size());
  SlowIndex slow(parameters);
  size_t duplicates = 0;
  for (size_t i = 0; i < answers.size(); ++i) {
    const SlowIndex::Answer expected = slow.Add(documents.texts[i]);
    ASSERT_EQ(answers[i].of.has_value(), expected.of.has_value()) << i;
    EXPECT_EQ(answers[i].similarity, expected.similarity);
    EXPECT_EQ(answers[i].status == IndexStatus::kDuplicate,
              expected.of.has_value());
    if (!expected.of) continue;
    EXPECT_EQ(answers[i].of->text, documents.ids[*expected.of]);
    ++duplicates;
  }
  EXPECT_GT(duplicates, 50);
  EXPECT_EQ(index->Info()->documents, documents.texts.size());
  EXPECT_EQ(index->Info()->duplicates, duplicates);
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
}

TEST(IndexAnswersTest, NamesTheMostSimilarDocument) {
  for (const double threshold : {0.5, 0.8, 0.95}) {
    IndexParameters parameters;
    parameters.threshold = threshold;
    // So that none is missed by chance.
    parameters.recall = 0.99999;
    ExpectDuplicates(parameters, 11);
  }
}

TEST(IndexAnswersTest, ShinglesOfCharactersAndASeed) {
  IndexParameters parameters;
  parameters.shingle = {ShingleUnit::kCharacter, 9, 77};
  parameters.recall = 0.99999;
  ExpectDuplicates(parameters, 12);
}

TEST(IndexAnswersTest, GoesWithoutPassages) {
  IndexParameters parameters;
  parameters.recall = 0.99999;
  parameters.has_passages = false;
  ExpectDuplicates(parameters, 13);
}

// Containment is looked for by passages, which very short texts have none of:
// all that is said must be right, and what has a passage must be found.
TEST(IndexAnswersTest, Containment) {
  IndexParameters parameters;
  parameters.measure = Measure::kContainment;
  parameters.threshold = 0.6;
  TextMaker maker(14);
  TestDocuments documents;
  std::vector<std::vector<std::string>> sources;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> words = maker.Words(200);
    if (i % 2 == 1) {
      const auto begin = sources[static_cast<size_t>(i / 2)].begin() +
                         static_cast<int>(maker.Random() % 100);
      words.assign(begin, begin + 60);
      words = maker.Edited(words, 40);
    } else {
      sources.push_back(words);
    }
    documents.texts.push_back(TextMaker::Text(words));
    documents.ids.push_back(std::to_string(i));
  }
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), parameters);
  const auto answers = AddAll(index.get(), documents.All());
  SlowIndex slow(parameters);
  size_t found = 0;
  for (size_t i = 0; i < answers.size(); ++i) {
    const SlowIndex::Answer expected = slow.Add(documents.texts[i]);
    ASSERT_EQ(answers[i].of.has_value(), expected.of.has_value()) << i;
    EXPECT_EQ(answers[i].similarity, expected.similarity);
    found += expected.of ? 1 : 0;
  }
  EXPECT_GT(found, 100);
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
}

TEST(IndexAnswersTest, PassagesAreThoseOfTheIndexInMemory) {
  const TestDocuments documents = TextMaker(15).Documents(500);
  TestFolder folder;
  IndexOptions options;
  options.offsets = OffsetUnit::kByte;
  const auto index = NewIndex(folder.File("index"), {}, options);
  const auto answers = AddAll(index.get(), documents.All());
  PassageIndex in_memory{PassageOptions()};
  size_t passages = 0;
  for (size_t i = 0; i < answers.size(); ++i) {
    const auto expected = in_memory.Add(documents.texts[i]);
    ASSERT_EQ(answers[i].passages.size(), expected.size()) << i;
    for (size_t j = 0; j < expected.size(); ++j) {
      const SeenPassage& seen = answers[i].passages[j];
      EXPECT_EQ(seen.other.text, documents.ids[expected[j].document]);
      EXPECT_EQ(seen.begin, expected[j].passage.b.begin);
      EXPECT_EQ(seen.end, expected[j].passage.b.end);
      EXPECT_EQ(seen.other_begin, expected[j].passage.a.begin);
      EXPECT_EQ(seen.other_end, expected[j].passage.a.end);
      EXPECT_EQ(seen.words, expected[j].passage.words);
      EXPECT_EQ(seen.kind, expected[j].passage.kind);
      ++passages;
    }
    EXPECT_EQ(answers[i].status == IndexStatus::kPassages,
              !answers[i].of && !expected.empty());
  }
  EXPECT_GT(passages, 200);
}

// Pairs right at the threshold: the share that is found is at least the recall
// that was asked for, as far as so many trials can tell.
TEST(IndexAnswersTest, FindsAsManyPairsAsItSays) {
  IndexParameters parameters;
  parameters.threshold = 0.7;
  parameters.recall = 0.9;
  parameters.has_passages = false;
  TextMaker maker(16);
  TestDocuments documents;
  constexpr int kPairs = 1000;
  for (int i = 0; i < kPairs; ++i) {
    // Of 204 words, 200 shingles; a block replaced at the end leaves 165 of
    // them: 165 / (200 + 35) = 0.702.
    std::vector<std::string> words = maker.Words(204);
    documents.texts.push_back(TextMaker::Text(words));
    const std::vector<std::string> other = maker.Words(35);
    std::copy(other.begin(), other.end(), words.end() - 35);
    documents.texts.push_back(TextMaker::Text(words));
    documents.ids.push_back("a" + std::to_string(i));
    documents.ids.push_back("b" + std::to_string(i));
  }
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), parameters);
  const auto answers = AddAll(index.get(), documents.All());
  int found = 0;
  for (int i = 0; i < kPairs; ++i) {
    const IndexAnswer& answer = answers[2 * static_cast<size_t>(i) + 1];
    if (!answer.of) continue;
    EXPECT_EQ(answer.of->text, "a" + std::to_string(i));
    EXPECT_GE(answer.similarity, parameters.threshold);
    ++found;
  }
  // Five standard deviations below 900.
  EXPECT_GE(found, 900 - 48);
  EXPECT_LT(found, kPairs);
}

TEST(IndexAnswersTest, DoNotDependOnBatchesAndThreads) {
  TestDocuments documents = TextMaker(17).Documents(300);
  // Ids that come again, with the same text or another.
  for (size_t i = 40; i < 300; i += 7) documents.ids[i] = documents.ids[i - 31];
  for (size_t i = 45; i < 300; i += 11) {
    documents.ids[i] = documents.ids[i - 5];
    documents.texts[i] = documents.texts[i - 5];
  }
  const std::vector<Document> all = documents.All();
  std::vector<std::string> expected;
  for (const int threads : {1, 4}) {
    for (const size_t batch : {size_t{300}, size_t{1}, size_t{17}}) {
      TestFolder folder;
      IndexOptions options;
      options.threads = threads;
      const auto index = NewIndex(folder.File("index"), {}, options);
      std::vector<std::string> answers;
      for (size_t i = 0; i < all.size(); i += batch) {
        const auto part =
            std::span(all).subspan(i, std::min(batch, all.size() - i));
        const auto of_part = Shown(AddAll(index.get(), part));
        answers.insert(answers.end(), of_part.begin(), of_part.end());
      }
      if (expected.empty()) expected = answers;
      EXPECT_THAT(answers, ElementsAreArray(expected))
          << threads << " threads, batches of " << batch;
      EXPECT_TRUE(index->Verify().ok()) << index->Verify();
    }
  }
}

TEST(IndexAnswersTest, QuerySaysWhatAddWould) {
  TestDocuments documents = TextMaker(18).Documents(300);
  for (size_t i = 200; i < 300; i += 3)
    documents.ids[i] = documents.ids[i - 150];
  const std::vector<Document> all = documents.All();
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  AddAll(index.get(), std::span(all).first(200));
  for (size_t i = 200; i < 300; ++i) {
    const auto one = std::span(all).subspan(i, 1);
    const auto asked = index->Query(one);
    ASSERT_TRUE(asked.ok()) << asked.status();
    EXPECT_EQ(Shown(*asked), Shown(AddAll(index.get(), one)));
  }
}

// One text as the template of many more than a band takes. Most bands of their
// near copies are the template's: these are found by their passages.
TEST(IndexAnswersTest, FindsCopiesAmongManyOfOneTemplate) {
  TextMaker maker(19);
  const std::vector<std::string> frame = maker.Words(300);
  TestDocuments documents;
  constexpr size_t kForms = 700;
  std::vector<std::vector<std::string>> forms;
  for (size_t i = 0; i < kForms; ++i) {
    std::vector<std::string> words = frame;
    const std::vector<std::string> own = maker.Words(80);
    words.insert(words.begin() + 150, own.begin(), own.end());
    forms.push_back(words);
    documents.texts.push_back(TextMaker::Text(words));
    documents.ids.push_back("form-" + std::to_string(i));
  }
  for (size_t i = 0; i < kForms; ++i) {
    std::vector<std::string> words = forms[i];
    // A similarity of some 0.82, of which 0.79 is the template's.
    const std::vector<std::string> other = maker.Words(34);
    std::copy(other.begin(), other.end(), words.begin() + 170);
    documents.texts.push_back(TextMaker::Text(words));
    documents.ids.push_back("copy-" + std::to_string(i));
  }
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  const auto answers = AddAll(index.get(), documents.All());
  EXPECT_GT(index->Info()->unfiled_bands, 0);
  for (size_t i = 0; i < kForms; ++i) {
    ASSERT_TRUE(answers[kForms + i].of.has_value()) << i;
    EXPECT_EQ(answers[kForms + i].of->text, documents.ids[i]);
  }
  EXPECT_TRUE(index->Verify().ok()) << index->Verify();
}

}  // namespace
}  // namespace wirecopy
