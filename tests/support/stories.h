// Small made-up corpora in which everything happens: copies of copies, twins,
// excerpts, empty texts, families that share a page of boilerplate.

#ifndef WIRECOPY_TESTS_SUPPORT_STORIES_H_
#define WIRECOPY_TESTS_SUPPORT_STORIES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "wirecopy/document.h"

namespace wirecopy::oracle {

using Words = std::vector<std::string>;

// A document whose tokens are known without reading its text.
struct Story {
  DocumentId id;
  Words words;
  std::string text;
  std::optional<absl::Time> published;
};
using Stories = std::vector<Story>;

// The documents of stories, which must outlive them.
inline std::vector<Document> DocumentsOf(const Stories& stories) {
  std::vector<Document> documents;
  for (const Story& story : stories) {
    documents.push_back({story.id, story.text, story.published});
  }
  return documents;
}

class StoryMaker {
 public:
  StoryMaker(uint64_t seed, size_t vocabulary)
      : random_(seed), vocabulary_(vocabulary) {}

  size_t Below(size_t limit) { return random_() % limit; }
  const Stories& stories() const { return stories_; }
  Stories Take() { return std::move(stories_); }

  // A word from the vocabulary; some have letters of two bytes.
  std::string Word() {
    const size_t number = Below(vocabulary_);
    std::string word = number % 7 == 3 ? "\u00FC" : "w";
    for (const char digit : std::to_string(number)) {
      word.push_back(static_cast<char>('a' + (digit - '0')));
    }
    return word + std::string(number % 5, 'x');
  }

  Words NewWords(size_t count) {
    Words words;
    for (size_t i = 0; i < count; ++i) words.push_back(Word());
    return words;
  }

  // Words that were never used before and never will be.
  Words UniqueWords(size_t count) {
    Words words;
    for (size_t i = 0; i < count; ++i) {
      std::string word = "u";
      for (size_t n = ++unique_; n > 0; n /= 26) {
        word.push_back(static_cast<char>('a' + n % 26));
      }
      words.push_back(std::move(word));
    }
    return words;
  }

  // With some words replaced, inserted or left out.
  Words Edited(Words words, size_t edits) {
    for (size_t i = 0; i < edits && !words.empty(); ++i) {
      const auto at =
          words.begin() + static_cast<std::ptrdiff_t>(Below(words.size()));
      switch (Below(3)) {
        case 0:
          *at = Word();
          break;
        case 1:
          words.insert(at, Word());
          break;
        default:
          words.erase(at);
      }
    }
    return words;
  }

  // Case, spaces and punctuation differ from one spelling to the next.
  std::string Spelled(const Words& words) {
    static constexpr const char* kBetween[] = {" ", " ", ", ", ".\n", "  "};
    std::string text;
    for (const std::string& word : words) {
      if (!text.empty()) text += kBetween[Below(std::size(kBetween))];
      text += word;
      char& first = text[text.size() - word.size()];
      if (first == 'w' && Below(8) == 0) first = 'W';
    }
    static constexpr const char* kEmpty[] = {"", " ", "...", "\n\n"};
    return words.empty() ? kEmpty[Below(std::size(kEmpty))] : text;
  }

  void Add(Words words) {
    // Ids are distinct and in no order; dates are few, so that they tie.
    const size_t number = stories_.size() * 7919 % 100003;
    Story story;
    story.id = {Below(3) == 0, std::to_string(number)};
    story.text = Spelled(words);
    story.words = std::move(words);
    if (Below(4) != 0) {
      const auto day = static_cast<int64_t>(Below(5));
      story.published = absl::FromUnixSeconds(1600000000 + day * 86400);
    }
    stories_.push_back(std::move(story));
  }

  const Words& Earlier() { return stories_[Below(stories_.size())].words; }

  // A document of any kind that there is.
  void AddAny() {
    const size_t kind = stories_.empty() ? 0 : Below(20);
    if (kind < 3) {
      Add(NewWords(10 + Below(60)));
    } else if (kind == 3) {
      Add({});
    } else if (kind == 4) {
      Add(NewWords(1 + Below(4)));
    } else if (kind == 5) {
      Add(Repeated(NewWords(1 + Below(7))));
    } else if (kind < 8) {
      Add(Earlier());
    } else if (kind < 11) {
      Add(Excerpt(Earlier()));
    } else if (kind < 14) {
      // Not an argument: compilers differ in which they evaluate first.
      const Words more = Below(2) == 0 ? Earlier() : NewWords(Below(15));
      Add(Joined(Earlier(), more));
    } else {
      const Words& words = Earlier();
      Add(Edited(words, Below(2 + words.size() / 5)));
    }
  }

 private:
  static constexpr size_t kMostWords = 90;

  static Words Repeated(const Words& phrase) {
    Words words;
    while (words.size() < 30) {
      words.insert(words.end(), phrase.begin(), phrase.end());
    }
    return words;
  }

  Words Excerpt(const Words& words) {
    if (words.empty()) return {};
    const size_t begin = Below(words.size());
    const size_t size = Below(words.size() - begin + 1);
    const auto from = words.begin() + static_cast<std::ptrdiff_t>(begin);
    return {from, from + static_cast<std::ptrdiff_t>(size)};
  }

  static Words Joined(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    words.resize(std::min(words.size(), kMostWords));
    return words;
  }

  std::mt19937_64 random_;
  size_t vocabulary_;
  size_t unique_ = 0;
  Stories stories_;
};

// A corpus of every kind of document; seeds take turns with vocabularies.
inline Stories MixedStories(uint64_t seed, size_t count) {
  static constexpr size_t kVocabularies[] = {2, 5, 20, 400};
  StoryMaker maker(seed, kVocabularies[seed % std::size(kVocabularies)]);
  while (maker.stories().size() < count) maker.AddAny();
  return maker.Take();
}

// `members` texts that have `shared` words in common and `own` each to itself,
// and `copies` of them with a word changed.
inline void AddFamily(size_t members, size_t shared, size_t own, size_t copies,
                      StoryMaker* maker) {
  const Words boilerplate = maker->UniqueWords(shared);
  const size_t begin = maker->stories().size();
  for (size_t i = 0; i < members; ++i) {
    Words words = boilerplate;
    for (std::string& word : maker->UniqueWords(own)) {
      words.push_back(std::move(word));
    }
    maker->Add(std::move(words));
  }
  for (size_t i = 0; i < copies; ++i) {
    const size_t original = begin + maker->Below(members);
    maker->Add(maker->Edited(maker->stories()[original].words, 1));
  }
}

// Families larger than a hub bucket (64), at several similarities below the
// usual thresholds, and documents of every other kind between them.
inline Stories FamilyStories(uint64_t seed) {
  StoryMaker maker(seed, 50);
  AddFamily(70, 40, 25, 15, &maker);
  for (size_t i = 0; i < 20; ++i) maker.AddAny();
  AddFamily(80, 30, 6, 15, &maker);
  for (size_t i = 0; i < 20; ++i) maker.AddAny();
  return maker.Take();
}

// One template filled in 300 times: any two have 76 of 96 shingles of five
// words in common, just below 0.8. A few were filled in alike.
inline Stories TemplateStories(uint64_t seed) {
  StoryMaker maker(seed, 50);
  AddFamily(300, 80, 10, 20, &maker);
  return maker.Take();
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_STORIES_H_
