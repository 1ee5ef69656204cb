#include "text/text_kernels.h"

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

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mix.h"
#include "tests/support/simd_levels.h"
#include "tests/support/token_hash_oracle.h"
#include "tests/support/utf8_oracle.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

using oracle::Hex;

constexpr char kUntouched = '\x5A';
constexpr uint16_t kNoFacts[kFactCount] = {};

class TextKernelsTest : public ::testing::TestWithParam<SimdLevel> {
 protected:
  const TextKernels& kernels() const { return TextKernelsFor(GetParam()); }

  uint64_t Below(uint64_t limit) { return random_() % limit; }

  // Bytes from one of four mixes: all of ASCII, text with hyphens and the
  // like, mostly letters, anything.
  std::string RandomBytes(size_t size) {
    const uint64_t mix = Below(4);
    std::string bytes;
    while (bytes.size() < size) {
      const char* const special = "-\t\n\v\f\r '@[`{/:09azAZ\x08\x0E\x7F";
      if (mix == 0) {
        bytes.push_back(static_cast<char>(Below(128)));
      } else if (mix == 1) {
        bytes.push_back(special[Below(22)]);
      } else if (mix == 2 && Below(100) != 0) {
        bytes.push_back(static_cast<char>('A' + Below(26)));
      } else {
        bytes.push_back(static_cast<char>(Below(256)));
      }
    }
    return bytes;
  }

  std::vector<uint64_t> RandomWords(size_t size) {
    std::vector<uint64_t> words(size);
    for (uint64_t& word : words) word = random_();
    return words;
  }

  std::mt19937_64 random_{41};
};

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

TEST_P(TextKernelsTest, FoldAscii) {
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
TEST_P(TextKernelsTest, FoldAsciiStopsWhereItMustAndLeavesOutWhatItMay) {
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
TEST_P(TextKernelsTest, FoldCopiesAndClassifiesWhatItKnows) {
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

// One class of Classify, a byte at a time; one word that nobody may touch
// behind it.
template <typename Predicate>
std::vector<uint64_t> SlowBitmap(std::string_view text,
                                 const Predicate& predicate) {
  std::vector<uint64_t> bitmap((text.size() + 63) / 64, 0);
  for (size_t i = 0; i < text.size(); ++i) {
    if (predicate(text[i])) bitmap[i / 64] |= uint64_t{1} << (i % 64);
  }
  bitmap.push_back(~uint64_t{0});
  return bitmap;
}

TEST_P(TextKernelsTest, CountCodePoints) {
  for (size_t size = 0; size <= 300; ++size) {
    const std::string text = RandomBytes(size);
    const auto begins =
        static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
          const auto byte = static_cast<unsigned char>(c);
          return byte < 0x80 || byte >= 0xC0;
        }));
    ASSERT_EQ(kernels().count_code_points(text.data(), size), begins)
        << Hex(text);
  }
}

TEST_P(TextKernelsTest, Classify) {
  for (size_t size = 0; size <= 300; ++size) {
    for (size_t offset = 0; offset < 8; ++offset) {
      // The padding is as full of letters as the text.
      const auto buffer =
          std::make_unique<char[]>(offset + size + kTextPadding);
      const std::string all =
          SlowFold("x") + RandomBytes(offset + size + kTextPadding - 1);
      all.copy(buffer.get(), all.size());
      const std::string_view text(buffer.get() + offset, size);
      const size_t words = (size + 63) / 64;
      std::vector<std::vector<uint64_t>> bitmaps(
          3, std::vector<uint64_t>(words + 1, ~uint64_t{0}));
      kernels().classify(
          text.data(), size,
          {bitmaps[0].data(), bitmaps[1].data(), bitmaps[2].data()});
      ASSERT_EQ(bitmaps[0],
                SlowBitmap(text, [](char c) { return c >= 'a' && c <= 'z'; }));
      ASSERT_EQ(bitmaps[1],
                SlowBitmap(text, [](char c) { return c >= '0' && c <= '9'; }));
      ASSERT_EQ(bitmaps[2], SlowBitmap(text, [](char c) { return c == '\''; }));
    }
  }
}

// A byte at a time, as documented for TokenFinder: a token is a run of letters,
// digits, joining apostrophes and singles that is cut where a single starts,
// and behind a run of singles.
TEST_P(TextKernelsTest, MarkBorders) {
  for (int round = 0; round < 400; ++round) {
    const size_t words = 1 + Below(20);
    std::vector<std::vector<uint64_t>> bitmaps(5);
    for (std::vector<uint64_t>& bitmap : bitmaps) {
      bitmap = RandomWords(words);
      if (Below(3) == 0) {
        for (uint64_t& word : bitmap) word &= random_() & random_();
      }
    }
    const bool is_wide = round % 2 == 0;
    const auto has = [&](size_t bitmap, size_t i) {
      return i < words * 64 && (bitmaps[bitmap][i / 64] >> (i % 64) & 1) != 0;
    };
    std::vector<bool> inside(words * 64);
    for (size_t i = 0; i < inside.size(); ++i) {
      const auto joins = [&](size_t of) {
        return i > 0 && has(of, i - 1) && has(of, i + 1);
      };
      inside[i] = has(0, i) || has(1, i) || (is_wide && has(3, i)) ||
                  (has(2, i) && (joins(0) || joins(1)));
    }
    std::vector<uint64_t> begins(words);
    std::vector<uint64_t> ends(words);
    size_t count = 0;
    for (size_t i = 0; i < inside.size(); ++i) {
      const uint64_t bit = uint64_t{1} << (i % 64);
      const bool before = i > 0 && inside[i - 1];
      const bool is_cut =
          is_wide && (has(4, i) || (i > 0 && has(3, i - 1) && !has(3, i)));
      if (inside[i] && (!before || is_cut)) {
        begins[i / 64] |= bit;
        ++count;
      }
      if (before && (!inside[i] || is_cut)) ends[i / 64] |= bit;
    }
    ASSERT_EQ(kernels().mark_borders(
                  {bitmaps[0].data(), bitmaps[1].data(), bitmaps[2].data()},
                  is_wide ? bitmaps[3].data() : nullptr,
                  is_wide ? bitmaps[4].data() : nullptr, words),
              count);
    ASSERT_EQ(bitmaps[0], begins);
    ASSERT_EQ(bitmaps[1], ends);
  }
}

TEST_P(TextKernelsTest, BitPositions) {
  for (size_t words = 0; words <= 20; ++words) {
    for (int density = 0; density < 6; ++density) {
      std::vector<uint64_t> bitmap = RandomWords(words);
      for (uint64_t& word : bitmap) {
        for (int i = 0; i < density; ++i) word &= random_();
        if (density == 4) word = 0;
        if (density == 5) word = ~uint64_t{0};
      }
      std::vector<uint32_t> expected;
      for (uint32_t i = 0; i < words * 64; ++i) {
        if ((bitmap[i / 64] >> (i % 64) & 1) != 0) expected.push_back(i);
      }
      const size_t room = expected.size() + kPositionPadding;
      std::vector<uint32_t> found(room + 1, 7);
      ASSERT_EQ(kernels().bit_positions(bitmap.data(), words, found.data()),
                expected.size());
      ASSERT_EQ(found.back(), 7U);
      found.resize(expected.size());
      ASSERT_EQ(found, expected);
    }
  }
}

// Lengths in any order, mostly short as words are, in counts around the tiles.
TEST_P(TextKernelsTest, HashTokensIsAsDefined) {
  const std::string padded = RandomBytes(2000 + kTextPadding);
  const std::string_view text(padded.data(), 2000);
  for (const size_t count : {size_t{0}, size_t{1}, size_t{100}, size_t{511},
                             size_t{512}, size_t{513}, size_t{5000}}) {
    std::vector<uint32_t> begins;
    std::vector<uint32_t> ends;
    for (size_t i = 0; i < count; ++i) {
      const uint64_t size = Below(i % 4 == 0 ? 301 : 20);
      begins.push_back(static_cast<uint32_t>(Below(text.size() - size)));
      ends.push_back(begins.back() + static_cast<uint32_t>(size));
    }
    for (const uint64_t seed : {uint64_t{0}, uint64_t{1}, random_()}) {
      std::vector<uint64_t> hashes(count + 1, 7);
      kernels().hash_tokens(text.data(), begins.data(), ends.data(), count,
                            seed, hashes.data());
      for (size_t i = 0; i < count; ++i) {
        ASSERT_EQ(hashes[i],
                  oracle::TokenHash(text.substr(begins[i], ends[i] - begins[i]),
                                    seed));
      }
      ASSERT_EQ(hashes.back(), 7U);
    }
  }
}

// A long token is hashed by XXH3. The published value for no bytes of that: an
// xxhash.h that changed its mind would change both sides of the test above.
TEST(Xxh3Test, KnownValue) {
  EXPECT_EQ(XXH3_64bits_withSeed("", 0, 0), 0x2D06800538D394C2U);
}

uint64_t RotateLeft(uint64_t x, size_t bits) {
  for (size_t i = 0; i < bits; ++i) x = (x << 1) | (x >> 63);
  return x;
}

TEST_P(TextKernelsTest, Combine) {
  for (size_t k = 1; k <= 64; ++k) {
    // The tiles are of 512 shingles.
    for (const size_t extra :
         {size_t{0}, size_t{1}, size_t{7}, size_t{Below(300)}, size_t{511},
          size_t{512}, size_t{1100}}) {
      const std::vector<uint64_t> tokens = RandomWords(k + extra);
      std::vector<uint64_t> shingles(extra + 2, 7);
      kernels().combine(tokens.data(), tokens.size(), k, shingles.data());
      for (size_t i = 0; i <= extra; ++i) {
        uint64_t sum = 0;
        for (size_t j = 0; j < k; ++j) {
          sum += RotateLeft(tokens[i + j], 13 * j % 64);
        }
        ASSERT_EQ(shingles[i], MixOnce(sum)) << k << " " << i;
      }
      ASSERT_EQ(shingles.back(), 7U);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, TextKernelsTest,
                         ::testing::ValuesIn(oracle::SimdLevelsHere()),
                         [](const ::testing::TestParamInfo<SimdLevel>& level) {
                           return std::string(SimdLevelName(level.param));
                         });

TEST(TextKernelsForTest, LevelsHaveTheirOwnKernels) {
  const std::vector<SimdLevel> levels = oracle::SimdLevelsHere();
  for (size_t i = 1; i < levels.size(); ++i) {
    EXPECT_NE(TextKernelsFor(levels[i]).fold,
              TextKernelsFor(levels[i - 1]).fold);
  }
  EXPECT_EQ(&ActiveTextKernels(), &TextKernelsFor(ActiveSimdLevel()));
}

}  // namespace
}  // namespace wirecopy
