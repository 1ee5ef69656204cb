#include "wirecopy/shingle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/mix.h"
#include "tests/support/text_oracle.h"
#include "tests/support/text_samples.h"
#include "tests/support/token_hash_oracle.h"
#include "tests/support/utf8_oracle.h"

namespace wirecopy {
namespace {

using oracle::Hex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Hashes = std::vector<uint64_t>;

ShingleOptions Words(int k, uint64_t seed = 0) {
  return {.unit = ShingleUnit::kWord, .k = k, .seed = seed};
}

ShingleOptions Characters(int k, uint64_t seed = 0) {
  return {.unit = ShingleUnit::kCharacter, .k = k, .seed = seed};
}

Hashes HashesOf(const ShingleOptions& options, std::string_view text) {
  Shingler shingler(options);
  const auto hashes = shingler.Hashes(text);
  return {hashes.begin(), hashes.end()};
}

uint64_t RotateLeft(uint64_t x, size_t bits) {
  return bits == 0 ? x : (x << bits) | (x >> (64 - bits));
}

// The definition, for any text.
Hashes SlowWordHashes(std::string_view text, size_t k, uint64_t seed) {
  const std::string normal = oracle::Normalize(text);
  const std::vector<ByteSpan> tokens = oracle::Tokens(normal);
  k = std::min(k, tokens.size());
  Hashes hashes;
  for (size_t i = 0; k > 0 && i + k <= tokens.size(); ++i) {
    uint64_t sum = 0;
    for (size_t j = 0; j < k; ++j) {
      const auto [begin, end] = tokens[i + j];
      const uint64_t token = oracle::TokenHash(
          std::string_view(normal).substr(begin, end - begin), seed);
      sum += RotateLeft(token, 13 * j % 64);
    }
    hashes.push_back(MixOnce(sum));
  }
  return hashes;
}

std::u32string CollapsedSpaces(const std::u32string& text) {
  std::u32string out;
  for (const char32_t c : text) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out.push_back(c);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

Hashes SlowCharacterHashes(std::string_view text, size_t k, uint64_t seed) {
  const std::u32string chars =
      CollapsedSpaces(oracle::CodePoints(oracle::Normalize(text)));
  k = std::min(k, chars.size());
  Hashes hashes;
  for (size_t i = 0; k > 0 && i + k <= chars.size(); ++i) {
    hashes.push_back(
        oracle::TokenHash(oracle::Encode(chars.substr(i, k)), seed));
  }
  return hashes;
}

// Random words, with some that repeat.
std::string RandomWords(size_t count, oracle::TextSource* source) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    text += "w" + std::to_string(source->Below(1000)) + " ";
  }
  return text;
}

TEST(ShingleTest, WordHashesForEveryK) {
  oracle::TextSource source(51);
  for (int k = 1; k <= ShingleOptions::kMaxWords; ++k) {
    for (const uint64_t seed : {uint64_t{0}, uint64_t{0x123456789ABCDEF0}}) {
      Shingler shingler(Words(k, seed));
      for (size_t count = 0; count < 100; ++count) {
        const std::string text = RandomWords(count, &source);
        const auto hashes = shingler.Hashes(text);
        ASSERT_EQ(Hashes(hashes.begin(), hashes.end()),
                  SlowWordHashes(text, static_cast<size_t>(k), seed));
        ASSERT_EQ(shingler.token_count(), count);
      }
    }
  }
}

TEST(ShingleTest, WordHashesOfAnyText) {
  oracle::TextSource source(52);
  Shingler shingler(Words(3));
  for (int i = 0; i < 2000; ++i) {
    const std::string text =
        source.Text(source.Below(100), oracle::TroublePieces());
    const auto hashes = shingler.Hashes(text);
    ASSERT_EQ(Hashes(hashes.begin(), hashes.end()), SlowWordHashes(text, 3, 0))
        << Hex(text);
  }
}

// Long texts are taken piece by piece; no border shows, wherever it falls and
// however long a run without a space is.
TEST(ShingleTest, WordHashesOfLongTexts) {
  oracle::TextSource source(54);
  Shingler shingler(Words(3));
  for (const size_t run : {1U, 100U, 70000U, 150000U}) {
    for (const size_t lead : {0U, 1U, 2U, 3U, 63U, 65530U, 65535U, 65536U}) {
      std::string text = std::string(lead, 'a');
      while (text.size() < 300000) {
        text += " it's \u00e9t\u00e9-2 ";
        text += std::string(source.Below(run) + 1, 'b');
        text += RandomWords(20, &source);
      }
      const auto hashes = shingler.Hashes(text);
      ASSERT_EQ(Hashes(hashes.begin(), hashes.end()),
                SlowWordHashes(text, 3, 0))
          << run << " " << lead;
    }
  }
}

TEST(ShingleTest, CharacterHashesOfAnyText) {
  oracle::TextSource source(53);
  for (const int k : {1, 2, 5, 9, 30, ShingleOptions::kMaxCharacters}) {
    for (const uint64_t seed : {uint64_t{0}, uint64_t{77}}) {
      Shingler shingler(Characters(k, seed));
      for (int i = 0; i < 200; ++i) {
        const std::string text =
            source.Text(source.Below(100), oracle::TroublePieces());
        const Hashes expected =
            SlowCharacterHashes(text, static_cast<size_t>(k), seed);
        const auto hashes = shingler.Hashes(text);
        ASSERT_EQ(Hashes(hashes.begin(), hashes.end()), expected) << Hex(text);
        const size_t n = shingler.token_count();
        ASSERT_EQ(expected.size(), n < static_cast<size_t>(k)
                                       ? std::min(n, size_t{1})
                                       : n - static_cast<size_t>(k) + 1);
      }
    }
  }
}

TEST(ShingleTest, FewerTokensThanKAreOneShingle) {
  const Hashes one = HashesOf(Words(5), "only three words");
  EXPECT_THAT(one, SizeIs(1));
  EXPECT_EQ(one, HashesOf(Words(3), "only three words"));
  EXPECT_EQ(one, HashesOf(Words(32), "Only THREE-- words!"));
  EXPECT_NE(one, HashesOf(Words(5), "three only words"));
  EXPECT_EQ(HashesOf(Characters(9), "abc"),
            Hashes{oracle::TokenHash("abc", 0)});
  EXPECT_EQ(HashesOf(Words(1), "abc"),
            Hashes{MixOnce(oracle::TokenHash("abc", 0))});
}

TEST(ShingleTest, NothingMakesNoShingle) {
  for (const char* text : {"", " \n", "\u00AD", " \u200B\u3000"}) {
    EXPECT_THAT(HashesOf(Words(5), text), IsEmpty());
    EXPECT_THAT(HashesOf(Characters(5), text), IsEmpty());
  }
  EXPECT_THAT(HashesOf(Words(1), "-- !"), IsEmpty());
  Shingler shingler(Words(2));
  shingler.Hashes("a b c");
  EXPECT_THAT(shingler.Hashes(""), IsEmpty());
  EXPECT_THAT(shingler.Set(""), IsEmpty());
  EXPECT_EQ(shingler.token_count(), 0U);
}

TEST(ShingleTest, SpacesCollapseForCharacters) {
  EXPECT_EQ(HashesOf(Characters(3), " a \n\u00A0 b  c\t"),
            HashesOf(Characters(3), "a b c"));
  EXPECT_NE(HashesOf(Characters(3), "a bc"), HashesOf(Characters(3), "abc"));
}

TEST(ShingleTest, HashesRepeatAndKeepOrder) {
  const Hashes hashes = HashesOf(Words(2), "a b a b c");
  ASSERT_THAT(hashes, SizeIs(4));
  EXPECT_EQ(hashes[0], hashes[2]);
  EXPECT_NE(hashes[0], hashes[1]);
}

TEST(ShingleTest, SetIsSortedAndDistinct) {
  oracle::TextSource source(54);
  Shingler shingler(Words(1));
  for (const size_t count : {0U, 1U, 5U, 64U, 65U, 500U, 20000U, 100U}) {
    const std::string text = RandomWords(count, &source);
    const auto hashes = shingler.Hashes(text);
    const std::set<uint64_t> expected(hashes.begin(), hashes.end());
    const auto set = shingler.Set(text);
    EXPECT_EQ(Hashes(set.begin(), set.end()),
              Hashes(expected.begin(), expected.end()));
  }
}

TEST(ShingleTest, SeedChangesEveryHash) {
  const std::string text = "every one of these words counts";
  for (const auto& options : {Words(2, 9), Characters(4, 9)}) {
    ShingleOptions unseeded = options;
    unseeded.seed = 0;
    Hashes all = HashesOf(options, text);
    const Hashes other = HashesOf(unseeded, text);
    all.insert(all.end(), other.begin(), other.end());
    EXPECT_THAT(std::set<uint64_t>(all.begin(), all.end()),
                SizeIs(2 * other.size()));
  }
}

TEST(ShingleTest, Moves) {
  Shingler first(Words(2));
  first.Hashes("a b c");
  Shingler second(std::move(first));
  EXPECT_EQ(second.token_count(), 3U);
  Shingler third(Characters(1));
  third = std::move(second);
  EXPECT_THAT(third.Hashes("a b c d"), SizeIs(3));
}

TEST(ShingleTest, ValidateRefusesSizesOutOfRange) {
  EXPECT_TRUE(Validate(ShingleOptions{}).ok());
  EXPECT_TRUE(Validate(Words(1)).ok());
  EXPECT_TRUE(Validate(Words(32)).ok());
  EXPECT_TRUE(Validate(Characters(1)).ok());
  EXPECT_TRUE(Validate(Characters(256)).ok());
  for (const int k : {-1, 0, 33, 256}) {
    const absl::Status status = Validate(Words(k));
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()),
                HasSubstr(std::to_string(k) + " words"));
    EXPECT_THAT(std::string(status.message()), HasSubstr("from 1 to 32"));
  }
  for (const int k : {-256, 0, 257}) {
    const absl::Status status = Validate(Characters(k));
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()),
                HasSubstr(std::to_string(k) + " characters"));
    EXPECT_THAT(std::string(status.message()), HasSubstr("from 1 to 256"));
  }
}

// The sum of rotated hashes must not let windows of the same words meet.

TEST(ShingleCollisionTest, AllWindowsOfTwoWordsDiffer) {
  for (size_t k = 1; k <= 16; ++k) {
    Shingler shingler(Words(static_cast<int>(k)));
    std::set<uint64_t> seen;
    for (size_t window = 0; window < size_t{1} << k; ++window) {
      std::string text;
      for (size_t j = 0; j < k; ++j) {
        text += (window >> j & 1) != 0 ? "yes " : "no ";
      }
      const auto hashes = shingler.Hashes(text);
      ASSERT_THAT(hashes, SizeIs(1));
      ASSERT_TRUE(seen.insert(hashes[0]).second) << text;
    }
  }
}

// Any number of repeats, since a short text makes a short shingle.
TEST(ShingleCollisionTest, RepeatedWordsDiffer) {
  std::set<uint64_t> seen;
  Shingler shingler(Words(ShingleOptions::kMaxWords));
  for (int word = 0; word < 1000; ++word) {
    std::string text;
    for (int k = 1; k <= ShingleOptions::kMaxWords; ++k) {
      text += "w" + std::to_string(word) + " ";
      const auto hashes = shingler.Hashes(text);
      ASSERT_THAT(hashes, SizeIs(1));
      ASSERT_TRUE(seen.insert(hashes[0]).second) << text;
    }
  }
}

TEST(ShingleCollisionTest, VariedWindowsDiffer) {
  oracle::TextSource source(55);
  // Few words make many windows that are alike but for one word or the order.
  for (const size_t vocabulary : {4U, 40U, 10000U}) {
    std::vector<size_t> words(200000);
    std::string text;
    for (size_t& word : words) {
      word = source.Below(vocabulary);
      text += "w" + std::to_string(word) + " ";
    }
    constexpr size_t kWords = 8;
    const Hashes hashes = HashesOf(Words(kWords), text);
    ASSERT_EQ(hashes.size(), words.size() - kWords + 1);
    std::map<uint64_t, size_t> first_window;
    for (size_t i = 0; i < hashes.size(); ++i) {
      const auto [at, is_new] = first_window.emplace(hashes[i], i);
      if (is_new) continue;
      const auto window = words.begin() + static_cast<std::ptrdiff_t>(i);
      const auto other =
          words.begin() + static_cast<std::ptrdiff_t>(at->second);
      ASSERT_TRUE(std::equal(window, window + kWords, other));
    }
  }
}

}  // namespace
}  // namespace wirecopy
