// What wirecopy/passage.h promises, on texts in which anything may happen.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "tests/support/passage_check.h"
#include "wirecopy/passage.h"

namespace {

std::atomic<size_t> allocations{0};

void* AllocateOrNull(size_t size) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}

void* Allocate(size_t size) {
  void* const memory = AllocateOrNull(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// For all of the test program: counts what is asked for. Not inlined, for GCC
// would warn of a free that goes with no new of its own.
[[gnu::noinline]] void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
// std::stable_sort asks this way.
[[gnu::noinline]] void* operator new(size_t size,
                                     const std::nothrow_t&) noexcept {
  return AllocateOrNull(size);
}
void* operator new[](size_t size, const std::nothrow_t&) noexcept {
  return AllocateOrNull(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

namespace wirecopy {
namespace {

using Words = std::vector<std::string>;

// Texts of words in several scripts, with marks of all sorts between them and
// bytes that are no characters.
class AnyText {
 public:
  explicit AnyText(uint64_t seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }

  Words NewWords(size_t count, size_t vocabulary) {
    Words words;
    for (size_t i = 0; i < count; ++i) words.push_back(Word(vocabulary));
    return words;
  }

  Words Edited(Words words, size_t edits) {
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

  std::string Spelled(const Words& words) {
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

Texts Related(AnyText* source, size_t most_words) {
  const Words base =
      source->NewWords(source->Below(most_words), 2 + source->Below(200));
  Texts texts;
  for (std::string* text : {&texts.a, &texts.b}) {
    Words words = source->Edited(base, source->Below(12));
    if (source->Below(3) == 0) {
      const Words more = source->Edited(base, source->Below(6));
      words.insert(words.end(), more.begin(), more.end());
    }
    *text = source->Spelled(words);
  }
  return texts;
}

PassageOptions SomeOptions(AnyText* source) {
  PassageOptions options;
  options.min_run = 3 + static_cast<int>(source->Below(8));
  options.min_words = 1 + static_cast<int>(source->Below(9));
  options.min_letters = static_cast<int>(source->Below(40));
  options.fragment_words = 1 + static_cast<int>(source->Below(12));
  options.lone_words = 1 + static_cast<int>(source->Below(12));
  options.max_gap = static_cast<int>(source->Below(40));
  options.every_run = source->Below(3) == 0;
  return options;
}

TEST(AlignerPropertyTest, PassagesOfTwoTexts) {
  AnyText source(1);
  size_t passages = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const auto [a, b] = Related(&source, 120);
    PassageAligner aligner(SomeOptions(&source));
    const auto found = oracle::Copy(aligner, aligner.Align(a, b));
    ASSERT_EQ(oracle::CheckPassages(a, b, found), "") << trial << "\n"
                                                      << oracle::Hex(a) << "\n"
                                                      << oracle::Hex(b);
    const auto mirrored = oracle::Copy(aligner, aligner.Align(b, a));
    ASSERT_EQ(oracle::CheckPassages(b, a, mirrored), "") << trial;
    ASSERT_TRUE(oracle::Mirrored(mirrored) ==
                oracle::Mirrored(oracle::Mirrored(found)))
        << trial << "\n"
        << oracle::Hex(a) << "\n"
        << oracle::Hex(b);
    passages += found.size();
  }
  EXPECT_GT(passages, 2000U);
}

TEST(AlignerPropertyTest, PassagesOfOneText) {
  AnyText source(2);
  size_t passages = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const auto [a, b] = Related(&source, 60);
    const std::string text = a + "\n" + b;
    PassageAligner aligner(SomeOptions(&source));
    const auto found = oracle::Copy(aligner, aligner.AlignSelf(text));
    ASSERT_EQ(oracle::CheckSelfPassages(text, found), "") << trial << "\n"
                                                          << oracle::Hex(text);
    for (const auto& one : found) {
      ASSERT_EQ(one.passage.kind, PassageKind::kSelf);
    }
    passages += found.size();
  }
  EXPECT_GT(passages, 2000U);
}

// Alone or after others: what was aligned before leaves nothing behind.
TEST(AlignerPropertyTest, AnAlignerHasNoMemoryOfTexts) {
  AnyText source(3);
  const PassageOptions options = SomeOptions(&source);
  PassageAligner used(options);
  for (int trial = 0; trial < 500; ++trial) {
    const auto [a, b] = Related(&source, 100);
    PassageAligner fresh(options);
    ASSERT_EQ(oracle::Copy(used, used.Align(a, b)),
              oracle::Copy(fresh, fresh.Align(a, b)));
    ASSERT_EQ(oracle::Copy(used, used.AlignSelf(a)),
              oracle::Copy(fresh, fresh.AlignSelf(a)));
  }
}

TEST(AlignerPropertyTest, AllocatesNothingAfterTheLongestTexts) {
  AnyText source(4);
  std::vector<Texts> all;
  for (int i = 0; i < 50; ++i) {
    all.push_back(Related(&source, 400));
    // Of accents that are put in order, the text layer makes copies.
    for (std::string* text : {&all.back().a, &all.back().b}) {
      for (char& c : *text) c = static_cast<char>(c & 0x7F);
    }
  }
  PassageAligner aligner((PassageOptions()));
  const auto align_all = [&] {
    for (const auto& [a, b] : all) {
      aligner.Align(a, b);
      aligner.AlignSelf(a);
    }
  };
  align_all();
  const size_t before = allocations;
  align_all();
  EXPECT_EQ(allocations, before);
  EXPECT_GT(before, 0U);
}

}  // namespace
}  // namespace wirecopy
