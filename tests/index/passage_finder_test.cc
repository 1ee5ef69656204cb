// Finders of passages, which go from call to call and keep what they have read.

#include "index/passage_finder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/index/index_cases.h"

namespace wirecopy {
namespace {

TEST(PassageFinderPoolTest, HasBackWhatIsNotDropped) {
  PassageFinderPool pool(PassageOptions{}, IndexOptions{});
  {
    LentFinders dropped(&pool, 3);
    dropped.Drop();
    EXPECT_EQ(pool.at_rest(), 0);
    const LentFinders kept(&pool, 2);
    EXPECT_NE(kept.Of(0), kept.Of(1));
  }
  EXPECT_EQ(pool.at_rest(), 2);
  {
    LentFinders more(&pool, 3);
    EXPECT_EQ(pool.at_rest(), 0);
    more.Drop();
  }
  EXPECT_EQ(pool.at_rest(), 0);
}

// An index of which one text is longer than may be compared with any more, so
// that a batch that has a part of it comes to nothing: after its other
// documents have been read.
class FailingBatches {
 public:
  explicit FailingBatches(const std::string& path) {
    // Of the bound a finder keeps texts of a small part.
    longer_ = TextMaker::Text(maker_.Words(30'000));
    const Document documents[] = {{{false, "longer"}, longer_, {}}};
    AddAll(NewIndex(path).get(), documents);
    IndexOptions options;
    options.most_text_bytes = longer_.size() - 1;
    index_ = OpenToWrite(path, options);
  }

  // A document, and one that takes its middle from that.
  TestDocuments Pair(const std::string& name) {
    const std::string whole = TextMaker::Text(maker_.Words(120));
    const std::string middle = whole.substr(whole.size() / 4, whole.size() / 2);
    return {{whole, TextMaker::Text(maker_.Words(200)) + middle + " " +
                        TextMaker::Text(maker_.Words(200))},
            {name + "-a", name + "-b"}};
  }

  void Fail(const std::string& name) {
    TestDocuments documents = Pair(name);
    documents.texts.push_back(longer_.substr(0, 5'000));
    documents.ids.push_back(name + "-c");
    EXPECT_EQ(index_->Add(documents.All()).status().code(),
              absl::StatusCode::kResourceExhausted);
  }

  Index& index() { return *index_; }

 private:
  TextMaker maker_{61};
  std::string longer_;
  std::unique_ptr<Index> index_;
};

// Passages, to the byte, of the second document of a pair in the first.
void ExpectPassage(const IndexAnswer& answer, const TestDocuments& pair) {
  ASSERT_EQ(answer.passages.size(), 1) << pair.ids[1];
  const SeenPassage& passage = answer.passages[0];
  EXPECT_EQ(passage.other.text, pair.ids[0]);
  EXPECT_EQ(pair.texts[1].substr(passage.begin, passage.end - passage.begin),
            pair.texts[0].substr(passage.other_begin,
                                 passage.other_end - passage.other_begin));
  EXPECT_GE(passage.end - passage.begin, pair.texts[0].size() / 3);
}

// The numbers of a batch that came to nothing go to the next one's documents:
// nothing that was read under them may be taken for these, whoever asks beside.
TEST(PassageFinderTest, ForgetsABatchThatCameToNothing) {
  TestFolder folder;
  FailingBatches batches(folder.File("index"));
  Index& index = batches.index();
  const TestDocuments first = batches.Pair("first");
  AddAll(&index, first.All());
  std::atomic<bool> is_done = false;
  std::vector<std::thread> asking;
  for (int t = 0; t < 2; ++t) {
    asking.emplace_back([&] {
      std::vector<Document> asked = first.All();
      asked[1].id.text = "asked";
      while (!is_done) {
        const auto answers = index.Query({&asked[1], 1});
        ASSERT_TRUE(answers.ok()) << answers.status();
        ASSERT_EQ((*answers)[0].of->text, "first-b");
      }
    });
  }
  for (int round = 0; round < 30; ++round) {
    const std::string name = std::to_string(round);
    batches.Fail(name);
    const TestDocuments pair = batches.Pair(name);
    const auto answers = AddAll(&index, pair.All());
    ASSERT_EQ(answers.size(), 2);
    ExpectPassage(answers[1], pair);
  }
  is_done = true;
  for (std::thread& thread : asking) thread.join();
}

}  // namespace
}  // namespace wirecopy
