// Writes any number of short documents as JSON Lines, quickly and in no memory
// worth naming: what the growth of a run over millions is measured with.
//
//   synthetic_corpus COUNT > docs.jsonl
//
// A document has 40 to 79 made-up words. One in five is an earlier one with
// other last words: near-duplicates that reach any threshold up to 0.85. All is
// determined by the documents' numbers, so that a smaller corpus is the
// beginning of a larger.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/mix.h"

namespace wirecopy {
namespace {

constexpr size_t kWords = 50'000;

// Syllables, of which a word has one to three.
std::string MakeWord(uint64_t number) {
  constexpr char kConsonants[] = "bdfgklmnprstvz";
  constexpr char kVowels[] = "aeiou";
  uint64_t random = MixTwice(number + kWords);
  std::string word;
  for (uint64_t left = 1 + random % 3; left > 0; --left) {
    random = MixTwice(random + kGoldenGamma);
    word += kConsonants[random % 14];
    word += kVowels[(random >> 8) % 5];
  }
  return word;
}

std::vector<std::string> MakeWords() {
  std::vector<std::string> words(kWords);
  for (size_t i = 0; i < kWords; ++i) words[i] = MakeWord(i);
  return words;
}

// Random numbers of a document.
class Numbers {
 public:
  explicit Numbers(uint64_t document) : state_(MixTwice(document)) {}
  uint64_t Below(uint64_t bound) {
    state_ += kGoldenGamma;
    return MixTwice(state_) % bound;
  }

 private:
  uint64_t state_;
};

bool IsCopy(uint64_t document) {
  return document > 0 && Numbers(document).Below(5) == 0;
}

// The document whose words this one has; its own number where they are new.
uint64_t OriginOf(uint64_t document) {
  while (IsCopy(document)) {
    Numbers numbers(~document);
    document = numbers.Below(document);
  }
  return document;
}

void AppendDocument(const std::vector<std::string>& words, uint64_t document,
                    std::string* out) {
  constexpr uint64_t kOtherWords = 2;
  const uint64_t origin = OriginOf(document);
  Numbers numbers(origin);
  numbers.Below(5);  // whether it is a copy
  const uint64_t count = 40 + numbers.Below(40);
  Numbers others(document);
  absl::StrAppend(out, "{\"id\":", document, ",\"text\":\"");
  for (uint64_t i = 0; i < count; ++i) {
    const bool is_other = origin != document && i + kOtherWords >= count;
    if (i > 0) *out += ' ';
    *out += words[(is_other ? others : numbers).Below(kWords)];
  }
  *out += "\"}\n";
}

bool Write(uint64_t count) {
  constexpr size_t kAtOnce = size_t{1} << 20;
  const std::vector<std::string> words = MakeWords();
  std::string out;
  for (uint64_t document = 0; document < count; ++document) {
    AppendDocument(words, document, &out);
    if (out.size() < kAtOnce && document + 1 < count) continue;
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) {
      return false;
    }
    out.clear();
  }
  return std::fflush(stdout) == 0;
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) {
  uint64_t count = 0;
  if (argc != 2 || !absl::SimpleAtoi(argv[1], &count)) {
    std::fprintf(stderr, "usage: %s COUNT > docs.jsonl\n", argv[0]);
    return 2;
  }
  if (wirecopy::Write(count)) return 0;
  std::perror("cannot write");
  return 1;
}
