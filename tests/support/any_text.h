// Texts in which anything may happen, and two of them that share some.

#ifndef WIRECOPY_TESTS_SUPPORT_ANY_TEXT_H_
#define WIRECOPY_TESTS_SUPPORT_ANY_TEXT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace wirecopy::oracle {

// Texts of words in several scripts, with marks of all sorts between them and
// bytes that are no characters.
class AnyText {
 public:
  explicit AnyText(uint64_t seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }

  std::vector<std::string> NewWords(size_t count, size_t vocabulary) {
    std::vector<std::string> words;
    for (size_t i = 0; i < count; ++i) words.push_back(Word(vocabulary));
    return words;
  }

  std::vector<std::string> Edited(std::vector<std::string> words,
                                  size_t edits) {
    for (; edits > 0 && !words.empty(); --edits) {
      const auto at =
          words.begin() + static_cast<std::ptrdiff_t>(Below(words.size()));
      const size_t kind = Below(4);
      if (kind == 0) *at = Word(50);
      if (kind == 1) words.insert(at, Word(50));
      if (kind == 2) words.erase(at);
      if (kind == 3) std::rotate(words.begin(), at, words.end());
    }
    return words;
  }

  std::string Spelled(const std::vector<std::string>& words) {
    static constexpr const char* kBetween[] = {" ",
                                               " ",
                                               " ",
                                               " ",
                                               ", ",
                                               ". ",
                                               "\n",
                                               "\r\n\r\n",
                                               " \u201C",
                                               "\u201D ",
                                               "\u2026 ",
                                               "...",
                                               " \"",
                                               "\" ",
                                               " (",
                                               ") ",
                                               "\u3002",
                                               "\u300C",
                                               "\u300D",
                                               " \u2013 ",
                                               "\xFF",
                                               "\xE2\x80",
                                               ".\u00AD\u00AD ",
                                               ": ",
                                               "\u200B",
                                               "!?) ",
                                               " [[",
                                               "\u3221"};
    std::string text;
    for (const std::string& word : words) {
      text += kBetween[Below(Below(3) == 0 ? std::size(kBetween) : 4)];
      text += word;
    }
    return text;
  }

 private:
  std::string Word(size_t vocabulary) {
    static constexpr const char* kWords[] = {"alpha",
                                             "Beta",
                                             "\uFB01ne",
                                             "e\u0301te\u0301",
                                             "\u6771",
                                             "\u4EAC",
                                             "\u0E01",
                                             "\u0E38",
                                             "co-op",
                                             "don't",
                                             "\u0645\u0646",
                                             "3.14",
                                             "\u0416\u0443\u043A",
                                             "\uC11C\uC6B8",
                                             "co\u00ADop",
                                             "\u337F",
                                             "\u00DCber",
                                             "x",
                                             "o'",
                                             "\U0001F600"};
    const size_t number = Below(vocabulary);
    return number < std::size(kWords) ? kWords[number]
                                      : "w" + std::to_string(number);
  }

  std::mt19937_64 random_;
};

struct Texts {
  std::string a;
  std::string b;
};

inline Texts Related(AnyText* source, size_t most_words) {
  // Not an argument: compilers differ in which they evaluate first.
  const size_t vocabulary = 2 + source->Below(200);
  const std::vector<std::string> base =
      source->NewWords(source->Below(most_words), vocabulary);
  Texts texts;
  for (std::string* text : {&texts.a, &texts.b}) {
    std::vector<std::string> words = source->Edited(base, source->Below(12));
    if (source->Below(3) == 0) {
      const std::vector<std::string> more =
          source->Edited(base, source->Below(6));
      words.insert(words.end(), more.begin(), more.end());
    }
    *text = source->Spelled(words);
  }
  return texts;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_ANY_TEXT_H_
