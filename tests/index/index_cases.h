// What the tests of the index have in common: folders, made-up documents.

#ifndef WIRECOPY_TESTS_INDEX_INDEX_CASES_H_
#define WIRECOPY_TESTS_INDEX_INDEX_CASES_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "wirecopy/index.h"

namespace wirecopy {

// Gone with all in it at the end.
class TestFolder {
 public:
  TestFolder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "wirecopy-index-XXXXXX");
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  std::string File(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Documents that own their texts.
struct TestDocuments {
  std::vector<std::string> texts;
  std::vector<std::string> ids;

  std::vector<Document> All() const {
    std::vector<Document> documents;
    documents.reserve(texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      documents.push_back({{false, ids[i]}, texts[i], {}});
    }
    return documents;
  }
};

// Made-up words in sentences, and copies of such texts with edits: some nearly
// the same, some that take over a part.
class TextMaker {
 public:
  explicit TextMaker(uint64_t seed) : random_(seed) {}

  std::string Word() {
    static constexpr std::string_view kSyllables[] = {
        "ba", "ro", "mi", "ken", "tu", "sal", "ve", "dor", "ix", "qua"};
    std::string word;
    for (uint64_t i = 0, count = 2 + random_() % 2; i < count; ++i) {
      word += kSyllables[random_() % std::size(kSyllables)];
    }
    return word;
  }

  std::vector<std::string> Words(size_t count) {
    std::vector<std::string> words;
    words.reserve(count);
    for (size_t i = 0; i < count; ++i) words.push_back(Word());
    return words;
  }

  // With a word in `one_in` replaced.
  std::vector<std::string> Edited(std::vector<std::string> words,
                                  uint64_t one_in) {
    for (std::string& word : words) {
      if (random_() % one_in == 0) word = Word();
    }
    return words;
  }

  static std::string Text(std::span<const std::string> words) {
    std::string text;
    for (size_t i = 0; i < words.size(); ++i) {
      text += words[i];
      text += i % 12 == 11 ? ". " : " ";
    }
    return text;
  }

  // One of: a text of its own, a near copy of one before, one with a part of
  // one before, a very short one.
  std::vector<std::string> Next() {
    const uint64_t kind = made_.empty() ? 0 : random_() % 10;
    std::vector<std::string> words;
    if (kind < 4) {
      words = Words(40 + random_() % 200);
    } else if (kind < 7) {
      words = Edited(made_[random_() % made_.size()], 20 + random_() % 400);
    } else if (kind < 9) {
      words = Words(60);
      const auto& source = made_[random_() % made_.size()];
      const size_t part = std::min<size_t>(source.size(), 30);
      words.insert(words.begin() + 20, source.begin(),
                   source.begin() + static_cast<std::ptrdiff_t>(part));
    } else {
      words = Words(random_() % 7);
    }
    made_.push_back(words);
    return words;
  }

  TestDocuments Documents(size_t count) {
    TestDocuments documents;
    for (size_t i = 0; i < count; ++i) {
      documents.texts.push_back(Text(Next()));
      documents.ids.push_back("doc-" + std::to_string(i));
    }
    return documents;
  }

  uint64_t Random() { return random_(); }

 private:
  std::mt19937_64 random_;
  std::vector<std::vector<std::string>> made_;
};

inline std::unique_ptr<Index> OpenToWrite(const std::string& folder,
                                          const IndexOptions& options = {}) {
  auto index = Index::Open(folder, Index::Access::kWrite, options);
  EXPECT_TRUE(index.ok()) << index.status();
  return index.ok() ? *std::move(index) : nullptr;
}

inline std::unique_ptr<Index> NewIndex(const std::string& folder,
                                       const IndexParameters& parameters = {},
                                       const IndexOptions& options = {}) {
  const absl::Status made = Index::Create(folder, parameters);
  EXPECT_TRUE(made.ok()) << made;
  return OpenToWrite(folder, options);
}

inline std::vector<IndexAnswer> AddAll(Index* index,
                                       std::span<const Document> documents) {
  auto answers = index->Add(documents);
  EXPECT_TRUE(answers.ok()) << answers.status();
  return answers.ok() ? *std::move(answers) : std::vector<IndexAnswer>();
}

// All that an answer says, to be compared and printed.
inline std::string Shown(const IndexAnswer& answer) {
  std::string text = "status " +
                     std::to_string(static_cast<int>(answer.status)) + " of " +
                     (answer.of ? answer.of->text : "-") + " " +
                     std::to_string(answer.similarity) + " former " +
                     std::to_string(answer.former_similarity);
  for (const SeenPassage& p : answer.passages) {
    text += " [" + p.other.text;
    for (const size_t n :
         {p.begin, p.end, p.other_begin, p.other_end, size_t{p.words},
          size_t{p.edits}, static_cast<size_t>(p.kind)}) {
      text += " " + std::to_string(n);
    }
    text += "]";
  }
  return text;
}

inline std::vector<std::string> Shown(std::span<const IndexAnswer> answers) {
  std::vector<std::string> texts;
  texts.reserve(answers.size());
  for (const IndexAnswer& answer : answers) texts.push_back(Shown(answer));
  return texts;
}

// Verifies with a reader, as another process would.
inline absl::Status VerifyFolder(const std::string& folder) {
  const auto index = Index::Open(folder, Index::Access::kRead, {});
  return index.ok() ? (*index)->Verify() : index.status();
}

}  // namespace wirecopy

#endif  // WIRECOPY_TESTS_INDEX_INDEX_CASES_H_
