// What is equal within passages that were seen before: dedup cuts by it, so no
// word may be in it that the other document does not have.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "passage/token_text.h"
#include "tests/index/index_cases.h"
#include "tests/support/words_of.h"

namespace wirecopy {
namespace {

using oracle::WordsOf;

constexpr size_t kLeast = 8;  // words; PassageOptions::min_words

IndexOptions WithRuns() {
  IndexOptions options;
  options.offsets = OffsetUnit::kByte;
  options.answers_runs = true;
  return options;
}

std::string_view Part(std::string_view text, size_t begin, size_t end) {
  return text.substr(begin, end - begin);
}

void ExpectRunsAreOf(const SeenPassage& passage, std::string_view text,
                     std::string_view other) {
  const auto others =
      WordsOf(Part(other, passage.other_begin, passage.other_end));
  size_t words = 0;
  size_t last_end = passage.begin;
  for (const SeenRun& run : passage.runs) {
    EXPECT_GE(run.begin, last_end);
    EXPECT_LE(run.end, passage.end);
    last_end = run.end;
    const auto equal = WordsOf(Part(text, run.begin, run.end));
    EXPECT_EQ(equal.size(), run.words);
    EXPECT_GE(run.words, kLeast);
    EXPECT_NE(
        std::search(others.begin(), others.end(), equal.begin(), equal.end()),
        others.end())
        << Part(text, run.begin, run.end);
    words += run.words;
  }
  EXPECT_LE(words, passage.words);
  if (passage.edits > 0) return;
  ASSERT_EQ(passage.runs.size(), 1u);
  EXPECT_EQ(passage.runs[0].begin, passage.begin);
  EXPECT_EQ(passage.runs[0].end, passage.end);
}

TEST(SeenRunsTest, AreWordForWordInTheOtherDocument) {
  const TestDocuments documents = TextMaker(21).Documents(500);
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), {}, WithRuns());
  const auto answers = AddAll(index.get(), documents.All());
  size_t edited = 0;
  for (size_t i = 0; i < answers.size(); ++i) {
    for (const SeenPassage& passage : answers[i].passages) {
      const auto other = std::find(documents.ids.begin(), documents.ids.end(),
                                   passage.other.text);
      ASSERT_NE(other, documents.ids.end());
      ExpectRunsAreOf(
          passage, documents.texts[i],
          documents.texts[static_cast<size_t>(other - documents.ids.begin())]);
      edited += passage.runs.size() > 1 ? 1 : 0;
    }
  }
  EXPECT_GT(edited, 50u);
}

// A copy whose words all differ from one another, so that its runs are what
// was left alone.
class EditedCopy {
 public:
  void Keep(const std::string& word) {
    if (!joins_) begins_.push_back(words_.size());
    joins_ = true;
    words_.push_back(word);
  }
  void Replace() {
    EndRun();
    words_.push_back("new" + std::to_string(words_.size()));
  }
  void LeaveOut() { EndRun(); }

  std::string Text() const {
    std::string text;
    for (const std::string& word : words_) text += word + " ";
    return text;
  }

  // As "begin-end words", in bytes.
  std::vector<std::string> Runs() const {
    std::vector<size_t> at = {0};
    for (const std::string& word : words_)
      at.push_back(at.back() + word.size() + 1);
    std::vector<std::string> runs;
    std::vector<size_t> ends = ends_;
    if (joins_) ends.push_back(words_.size());
    const auto is_long = [&](size_t i) {
      return i < ends.size() && ends[i] - begins_[i] >= kLeast;
    };
    for (size_t i = 0; i < ends.size(); ++i) {
      if (!is_long(i)) continue;
      const bool touches = is_long(i + 1) && begins_[i + 1] == ends[i];
      runs.push_back(std::to_string(at[begins_[i]]) + "-" +
                     std::to_string(at[ends[i]] - (touches ? 0 : 1)) + " " +
                     std::to_string(ends[i] - begins_[i]));
    }
    return runs;
  }

 private:
  void EndRun() {
    if (joins_) ends_.push_back(words_.size());
    joins_ = false;
  }

  std::vector<std::string> words_;
  std::vector<size_t> begins_, ends_;
  bool joins_ = false;
};

std::vector<std::string> Shown(const std::vector<SeenPassage>& passages) {
  std::vector<std::string> shown;
  for (const SeenPassage& passage : passages) {
    for (const SeenRun& run : passage.runs) {
      shown.push_back(std::to_string(run.begin) + "-" +
                      std::to_string(run.end) + " " +
                      std::to_string(run.words));
    }
  }
  return shown;
}

TEST(SeenRunsTest, AreAllThatWasLeftAlone) {
  TextMaker maker(22);
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), {}, WithRuns());
  size_t runs = 0;
  for (int trial = 0; trial < 200; ++trial) {
    std::string source;
    EditedCopy copy;
    const uint64_t one_in = 8 + maker.Random() % 30;
    for (int i = 0; i < 300; ++i) {
      const std::string word =
          "w" + std::to_string(trial) + "x" + std::to_string(i);
      source += word + " ";
      if (maker.Random() % one_in != 0) {
        copy.Keep(word);
      } else if (maker.Random() % 2 == 0) {
        copy.Replace();
      } else {
        copy.LeaveOut();
      }
    }
    const std::string text = copy.Text();
    const std::string id = std::to_string(trial);
    const std::vector<Document> documents = {{{false, id}, source, {}},
                                             {{false, id + "c"}, text, {}}};
    const auto answers = AddAll(index.get(), documents);
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(Shown(answers[1].passages), copy.Runs()) << text;
    runs += copy.Runs().size();
  }
  EXPECT_GT(runs, 1500u);
}

// What a copy of a text has of it.
std::vector<SeenPassage> PassagesOf(const std::string& source,
                                    const std::string& copy) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), {}, WithRuns());
  const std::vector<Document> documents = {{{false, "a"}, source, {}},
                                           {{false, "b"}, copy, {}}};
  const auto answers = AddAll(index.get(), documents);
  return answers.size() == 2 ? answers[1].passages : std::vector<SeenPassage>();
}

TEST(SeenRunsTest, EndBeforeACharacterOfWhichOnePartIsEqual) {
  const std::string source =
      "fifteen words that nobody else has written down yet, and that stand in "
      "this sentence: \u00BD litre of milk";
  const std::string copy =
      "fifteen words that nobody else has written down yet, and that stand in "
      "this sentence: \u2153 litre of milk";
  const std::vector<SeenPassage> passages = PassagesOf(source, copy);
  ASSERT_EQ(passages.size(), 1u);
  ASSERT_EQ(passages[0].runs.size(), 1u);
  const SeenRun& run = passages[0].runs[0];
  EXPECT_EQ(Part(copy, run.begin, run.end),
            "fifteen words that nobody else has written down yet, and that "
            "stand in this sentence");
}

// Two words that are one to whoever compares codes alone.
std::pair<std::string, std::string> WordsOfOneCode() {
  std::unordered_map<TokenCode, std::string> words;
  TokenText tokens;
  for (int i = 0;; ++i) {
    const std::string word = "word" + std::to_string(i);
    tokens.Read(word, /*seed=*/0);
    const auto [other, is_new] = words.try_emplace(tokens.codes()[0], word);
    if (!is_new) return {other->second, word};
  }
}

TEST(SeenRunsTest, HaveNoOtherWordOfTheSameCode) {
  const auto [one, other] = WordsOfOneCode();
  TextMaker maker(25);
  std::vector<std::string> words = maker.Words(60);
  words[30] = one;
  const std::string source = TextMaker::Text(words);
  words[30] = other;
  const std::string copy = TextMaker::Text(words);
  const std::vector<SeenPassage> passages = PassagesOf(source, copy);
  ASSERT_EQ(passages.size(), 1u);
  EXPECT_EQ(passages[0].edits, 0u);
  for (const SeenRun& run : passages[0].runs) {
    EXPECT_EQ(Part(copy, run.begin, run.end).find(other), std::string::npos);
  }
}

TEST(SeenRunsTest, LeaveAWordWhereOthersWouldRunTogether) {
  // Forty different ones, three bytes each.
  std::string han;
  for (int i = 0; i < 40; ++i) {
    han += {'\xE6', '\xB8', static_cast<char>(0x80 + i)};
  }
  const std::string copy = "Foo" + han + "bar is the name of it.";
  const std::vector<SeenPassage> passages = PassagesOf(han, copy);
  ASSERT_EQ(passages.size(), 1u);
  ASSERT_EQ(passages[0].runs.size(), 1u);
  const SeenRun& run = passages[0].runs[0];
  EXPECT_EQ(Part(copy, run.begin, run.end), han.substr(0, han.size() - 3));
  EXPECT_EQ(run.words, 39u);
  EXPECT_EQ(run.thirds, 2 * run.words);
}

TEST(SeenRunsTest, SayWhichAreOfDuplicates) {
  TextMaker maker(24);
  const std::vector<std::string> story = maker.Words(200);
  std::vector<std::string> update = story;
  const std::vector<std::string> news = maker.Words(30);
  update.insert(update.end(), news.begin(), news.end());
  std::vector<std::string> other = maker.Words(60);
  other.insert(other.end(), news.begin(), news.end());
  other.insert(other.end(), story.begin(), story.begin() + 40);
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), {}, WithRuns());
  TestDocuments documents;
  for (const auto& words : {story, update, other}) {
    documents.texts.push_back(TextMaker::Text(words));
    documents.ids.push_back(std::to_string(documents.ids.size()));
  }
  const auto answers = AddAll(index.get(), documents.All());
  ASSERT_EQ(answers.size(), 3u);
  ASSERT_EQ(answers[1].status, IndexStatus::kDuplicate);
  size_t of_story = 0;
  size_t of_update = 0;
  for (const SeenPassage& passage : answers[2].passages) {
    of_story += passage.other.text == "0" ? 1 : 0;
    of_update += passage.other.text == "1" ? 1 : 0;
    EXPECT_EQ(passage.other_is_unkept, passage.other.text == "1");
  }
  EXPECT_GT(of_story, 0u);
  EXPECT_GT(of_update, 0u);
}

// Whoever cuts by passages has cut it out of those that came after the first.
TEST(SeenRunsTest, SayWhichMayHaveBeenCutForWhatIsGone) {
  TextMaker maker(26);
  const std::string shared = TextMaker::Text(maker.Words(60));
  const auto own = [&] { return TextMaker::Text(maker.Words(60)) + "\n\n"; };
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"), {}, WithRuns());
  const std::string texts[] = {own() + shared, own() + shared, own() + shared,
                               own() + shared};
  const auto add = [&](size_t i) {
    const Document document = {{false, std::to_string(i)}, texts[i], {}};
    return AddAll(index.get(), {&document, 1});
  };
  for (size_t i = 0; i < 3; ++i) add(i);
  const DocumentId second[] = {{false, "1"}};
  ASSERT_TRUE(index->Remove(second).ok());
  EXPECT_TRUE(index->Verify().ok());
  const auto answers = add(3);
  ASSERT_EQ(answers.size(), 1u);
  ASSERT_EQ(answers[0].passages.size(), 2u);
  EXPECT_FALSE(answers[0].passages[0].other_is_unkept);  // came before it
  EXPECT_TRUE(answers[0].passages[1].other_is_unkept);
}

TEST(SeenRunsTest, AreFoundWhereTheyAreAskedFor) {
  TestFolder folder;
  const auto index = NewIndex(folder.File("index"));
  const std::string text = TextMaker::Text(TextMaker(23).Words(60));
  const std::vector<Document> documents = {{{false, "a"}, text, {}},
                                           {{false, "b"}, text, {}}};
  const auto answers = AddAll(index.get(), documents);
  ASSERT_EQ(answers.size(), 2u);
  ASSERT_EQ(answers[1].passages.size(), 1u);
  EXPECT_TRUE(answers[1].passages[0].runs.empty());
}

}  // namespace
}  // namespace wirecopy
