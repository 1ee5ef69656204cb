#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/simd_levels.h"
#include "tests/support/text_kernels_fixture.h"
#include "tests/support/utf8_oracle.h"
#include "text/text_kernels.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

using oracle::Hex;

constexpr char kUntouched = '\x5A';
constexpr uint16_t kNoFacts[kFactCount] = {};

class FoldKernelTest : public oracle::TextKernelsFixture {};

bool MayBeLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsLetter(char c) {
  return static_cast<unsigned char>(c) < 0x80 && MayBeLetter(c);
}

// Whether a hyphen that stands at `i` stops folding, and where it does not,
// whether it is left out.
enum class Hyphen { kStops, kIsLeftOut, kIsCopied };
Hyphen HyphenAt(std::string_view text, size_t i, int kinds) {
  const bool may_join = (i == 0 || MayBeLetter(text[i - 1])) &&
                        i + 1 < text.size() && MayBeLetter(text[i + 1]);
  if (!may_join) return Hyphen::kIsCopied;
  return (kinds & kJoinsWords) != 0 && i > 0 && IsLetter(text[i - 1]) &&
                 IsLetter(text[i + 1])
             ? Hyphen::kIsLeftOut
             : Hyphen::kStops;
}

// What fold should copy where it knows of nothing but ASCII, and how much of
// the text it should read for that.
std::string SlowFold(std::string_view text, int kinds = 0,
                     size_t* read = nullptr) {
  std::string out;
  size_t ignored = 0;
  size_t& i = read == nullptr ? ignored : *read;
  for (i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x80) break;
    if (c == '-' && HyphenAt(text, i, kinds) == Hyphen::kStops) break;
    if (c == '-' && HyphenAt(text, i, kinds) == Hyphen::kIsLeftOut) continue;
    const bool upper = c >= 'A' && c <= 'Z';
    const bool space =
        c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
    out.push_back(upper ? static_cast<char>(c - 'A' + 'a') : space ? ' ' : c);
  }
  return out;
}

TEST_P(FoldKernelTest, Ascii) {
  for (size_t size = 0; size <= 300; ++size) {
    for (size_t offset = 0; offset < 8; ++offset) {
      const std::string text = RandomBytes(size);
      // Nothing readable behind the text: the caller's memory ends there.
      const auto from = std::make_unique<char[]>(offset + size);
      text.copy(from.get() + offset, size);
      std::vector<char> to(offset + size + 2 * kTextPadding, kUntouched);
      WideClassMap none = {nullptr, false};
      const int kinds = kFactInert | (Below(2) == 0 ? kJoinsWords : 0);
      const auto done = kernels().fold(from.get() + offset, size, kNoFacts,
                                       kinds, to.data(), offset, &none);
      const size_t copied = done.written;
      ASSERT_FALSE(none.has_any);
      size_t read = 0;
      const std::string expected = SlowFold(text, kinds, &read);
      ASSERT_EQ(done.read, read) << Hex(text);
      ASSERT_EQ(copied, expected.size()) << Hex(text);
      ASSERT_EQ(std::string(to.data() + offset, copied), expected) << Hex(text);
      const auto untouched = [](char c) { return c == kUntouched; };
      const auto begin = to.begin() + static_cast<std::ptrdiff_t>(offset);
      ASSERT_TRUE(std::all_of(to.begin(), begin, untouched));
      ASSERT_TRUE(std::all_of(
          begin + static_cast<std::ptrdiff_t>(copied + kTextPadding), to.end(),
          untouched));
    }
  }
}

// Each byte value at each place of the blocks, and each beside a hyphen.
TEST_P(FoldKernelTest, AsciiStopsWhereItMustAndLeavesOutWhatItMay) {
  for (size_t at = 0; at < 140; ++at) {
    for (unsigned kind = 0; kind < 6 * 256; ++kind) {
      const int kinds = kFactInert | (kind < 3 * 256 ? 0 : kJoinsWords);
      const unsigned byte = kind % 256;
      std::string text(140, 'x');
      text[at] = static_cast<char>(static_cast<unsigned char>(byte));
      const unsigned beside = kind / 256 % 3;  // a hyphen: none, before, behind
      if (beside > 0 && at > 0 && at < 139)
        text[beside == 1 ? at - 1 : at + 1] = '-';
      std::string to(text.size() + kTextPadding, kUntouched);
      WideClassMap none = {nullptr, false};
      const auto done = kernels().fold(text.data(), text.size(), kNoFacts,
                                       kinds, to.data(), 0, &none);
      to.resize(done.written);
      size_t read = 0;
      ASSERT_EQ(to, SlowFold(text, kinds, &read)) << byte << " at " << at;
      ASSERT_EQ(done.read, read) << byte << " at " << at;
    }
  }
}

// Facts about a few characters, and texts of these, ASCII and ill-formed bytes.
class WideChars {
 public:
  WideChars() {
    Add("\u00E9", kFactLetter | kFactInert);
    Add("\u0436", kFactLetter | kFactInert);
    Add("\u0664", kFactDigit | kFactInert);
    Add("\u4E2D", kFactSingle | kFactInert);
    Add("\u2014", kFactOther | kFactInert);
    Add("\u2019", kFactOther | kFactAscii | '\'' << kFactAsciiShift);
    Add("\u00A0", kFactOther | kFactAscii | ' ' << kFactAsciiShift);
    Add("\uFF13", kFactDigit | kFactAscii | '3' << kFactAsciiShift);
    Add("\u0E31", kFactMark | kFactInert);
    Add("\u0301", kFactMark);
    Add("\u00C9", kFactLetter);
  }

  const uint16_t* facts() const { return facts_.data(); }

  // The facts about the character that begins a text, and its size.
  std::pair<int, size_t> Of(std::string_view text) const {
    for (const auto& [bytes, facts] : known_) {
      if (text.starts_with(bytes)) return {facts, bytes.size()};
    }
    return {0, 0};
  }

  std::string Random(size_t pieces, std::mt19937_64* random) const {
    static constexpr const char* kOthers[] = {
        "a",
        "word",
        " ",
        "-",
        "--",
        "Z",
        "\xC3",
        "9",
        "\x80",
        "\xE4",
        "\xE0\x80\x80",
        "\xF0\x9F\x98\x80",
        "\u05D0",
        "several words of ASCII alone, longer than any block of bytes is"};
    const size_t rarity = 2 + (*random)() % 30;
    std::string text;
    for (size_t i = 0; i < pieces; ++i) {
      const size_t usual = (*random)() % rarity == 0 ? known_.size() : 5;
      text += (*random)() % rarity == 0
                  ? kOthers[(*random)() % std::size(kOthers)]
                  : known_[(*random)() % usual].first;
    }
    return text;
  }

 private:
  void Add(const std::string& bytes, int facts) {
    const char32_t code_point = DecodeUtf8(bytes, 0).code_point;
    facts_[code_point] = static_cast<uint16_t>(facts);
    known_.emplace_back(bytes, facts);
  }

  std::vector<uint16_t> facts_ = std::vector<uint16_t>(kFactCount);
  std::vector<std::pair<std::string, int>> known_;
};

// A byte's classes, as a text of its own: one letter each.
std::string ClassesAt(const WideClasses* words, size_t i) {
  const WideClasses& word = words[i / 64];
  std::string classes;
  const auto add = [&](uint64_t bits, char name) {
    if ((bits >> (i % 64) & 1) != 0) classes.push_back(name);
  };
  add(word.letters, 'l');
  add(word.digits, 'd');
  add(word.singles, 's');
  add(word.starts, 'b');
  add(word.marks, 'm');
  return classes;
}

// Those of the bytes of a character.
std::vector<std::string> ClassesOf(int facts, size_t size) {
  std::vector<std::string> classes(size);
  switch (facts & kFactClass) {
    case kFactLetter:
      classes.assign(size, "l");
      break;
    case kFactDigit:
      classes.assign(size, "d");
      break;
    case kFactSingle:
      classes.assign(size, "s");
      classes[0] = "sb";
      break;
    case kFactMark:
      classes[0] = "m";
      break;
    default:
      break;
  }
  return classes;
}

// To any place of a text of which something is written already.
TEST_P(FoldKernelTest, CopiesAndClassifiesWhatItKnows) {
  const WideChars wide;
  for (int round = 0; round < 20000; ++round) {
    const std::string text = wide.Random(Below(60), &random_);
    const int kinds = kFactInert | (Below(2) == 0 ? kFactAscii : 0) |
                      (Below(2) == 0 ? kJoinsWords : 0);
    std::string expected;
    std::vector<std::string> expected_classes;
    size_t i = 0;
    while (i < text.size()) {
      const auto [facts, size] = wide.Of(std::string_view(text).substr(i));
      if (size > 0) {
        if ((facts & kinds) == 0) break;
        if ((facts & kFactInert) != 0) {
          expected += text.substr(i, size);
          const auto classes = ClassesOf(facts, size);
          expected_classes.insert(expected_classes.end(), classes.begin(),
                                  classes.end());
        } else {
          expected += static_cast<char>(facts >> kFactAsciiShift);
        }
        i += size;
      } else {
        if (static_cast<unsigned char>(text[i]) >= 0x80) break;
        const Hyphen hyphen =
            text[i] == '-' ? HyphenAt(text, i, kinds) : Hyphen::kIsCopied;
        if (hyphen == Hyphen::kStops) break;
        if (hyphen == Hyphen::kIsLeftOut) {
          ++i;
          continue;
        }
        expected += SlowFold("." + text.substr(i, 1)).substr(1);
        ++i;
      }
      expected_classes.resize(expected.size());
    }
    const size_t place = Below(200);
    std::string to(place + text.size() + kTextPadding, kUntouched);
    std::vector<WideClasses> words((place + text.size()) / 64 + 2);
    for (size_t before = 0; before < place; ++before) {
      words[before / 64].letters |= uint64_t{1} << (before % 64);
    }
    WideClassMap classes = {words.data(), false};
    const auto done = kernels().fold(text.data(), text.size(), wide.facts(),
                                     kinds, to.data(), place, &classes);
    ASSERT_EQ(done.read, i) << Hex(text);
    ASSERT_EQ(to.substr(place, done.written), expected) << Hex(text);
    bool has_any = false;
    for (size_t at = 0; at < words.size() * 64; ++at) {
      std::string here = at < place ? "l" : "";
      if (at >= place && at - place < expected.size()) {
        here = expected_classes[at - place];
        has_any = has_any || !here.empty();
      }
      ASSERT_EQ(ClassesAt(words.data(), at), here)
          << Hex(text) << " at " << at << " from " << place;
    }
    ASSERT_EQ(classes.has_any, has_any) << Hex(text);
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, FoldKernelTest,
                         ::testing::ValuesIn(oracle::SimdLevelsHere()),
                         [](const ::testing::TestParamInfo<SimdLevel>& level) {
                           return std::string(SimdLevelName(level.param));
                         });

}  // namespace
}  // namespace wirecopy
