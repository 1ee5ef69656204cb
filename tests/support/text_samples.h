// Texts to try: every short one over an alphabet of trouble, and random long
// ones.

#ifndef WIRECOPY_TESTS_SUPPORT_TEXT_SAMPLES_H_
#define WIRECOPY_TESTS_SUPPORT_TEXT_SAMPLES_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/utf8_oracle.h"

namespace wirecopy::oracle {

using Pieces = std::vector<std::string>;

// The characters (and the bytes that are none) around which normalising goes
// wrong if it does.
inline const Pieces& TroublePieces() {
  static const Pieces pieces = {
      "a",         "B", "7", " ", "\n", "-", "'",
      "\u2010",     // hyphen
      "\u2013",     // en dash
      "\u00AD",     // soft hyphen
      "\u0301",     // combining acute
      "\u0323",     // combining dot below: sorts before the acute
      "\u00E9",     // e with acute
      "\u1100",     // Hangul leading consonant
      "\u1161",     // Hangul vowel: joins the consonant
      "\u200D",     // zero width joiner
      "\u200B",     // zero width space
      "\uFF21",     // fullwidth A
      "\uFB01",     // ligature fi
      "\u00DF",     // sharp s
      "\u0149",     // n with apostrophe before it
      "\u2019",     // curly quotation marks
      "\u201C",     //
      "\u6F22",     // a Han character
      "\u0E01",     // a Thai consonant
      "\u0E38",     // a Thai vowel that is a mark with a combining class
      "\u3099",     // the voicing mark of kana
      "\xFF",       // never in UTF-8
      "\xE2\x80",   // a hyphen cut short
      "\U0001F600"  // four bytes that separate
  };
  return pieces;
}

// A dozen of them, for longer texts.
inline const Pieces& FewPieces() {
  static const Pieces pieces = {"a",      "-",      "\u2010", "\u00AD",
                                "\u0301", "\u00E9", "\u1161", "\u200B",
                                "\u00DF", " ",      "7",      "\xFF"};
  return pieces;
}

// Calls check(text) for every text of exactly `length` pieces, until it
// returns false.
template <typename Check>
void ForEachText(const Pieces& pieces, size_t length, const Check& check) {
  std::vector<size_t> digits(length, 0);
  while (true) {
    std::string text;
    for (const size_t digit : digits) text += pieces[digit];
    if (!check(text)) return;
    size_t i = 0;
    for (; i < length; ++i) {
      digits[i] = (digits[i] + 1) % pieces.size();
      if (digits[i] != 0) break;
    }
    if (i == length) return;
  }
}

class TextSource {
 public:
  explicit TextSource(uint64_t seed) : random_(seed) {}

  uint64_t Below(uint64_t limit) { return random_() % limit; }

  const std::string& Pick(const Pieces& pieces) {
    return pieces[Below(pieces.size())];
  }

  std::string AsciiWord() {
    std::string word;
    for (uint64_t i = Below(12); i > 0; --i) {
      const char* const letters = "etaoinshrdluETAOIN--'' 0123.,_\t";
      word.push_back(letters[Below(31)]);
    }
    return word;
  }

  // A character from a block of 256 with a script in it, or any at all.
  char32_t CodePoint() {
    static constexpr char32_t kBlocks[] = {
        0x00,   0x100,   0x300,   0x400,   0x500,  0x600,  0x900,
        0xE00,  0xF00,   0x1000,  0x1100,  0x1700, 0x1E00, 0x1F00,
        0x2000, 0x2100,  0x3000,  0x3100,  0x4E00, 0xAC00, 0xFB00,
        0xFF00, 0x11100, 0x1D100, 0x1D400, 0x1F100};
    while (true) {
      const uint64_t block = Below(std::size(kBlocks) + 4);
      const char32_t c =
          block < std::size(kBlocks)
              ? kBlocks[block] + static_cast<char32_t>(Below(256))
              : static_cast<char32_t>(Below(0x110000));
      if (!IsSurrogate(c)) return c;
    }
  }

  // About `pieces` pieces of every sort.
  std::string Text(size_t pieces, const Pieces& trouble) {
    std::string text;
    for (size_t i = 0; i < pieces; ++i) {
      const uint64_t sort = Below(8);
      if (sort < 3) {
        text += AsciiWord();
      } else if (sort < 6) {
        text += Pick(trouble);
      } else if (sort == 6) {
        Append(CodePoint(), &text);
      } else {
        text.push_back(static_cast<char>(Below(256)));
      }
    }
    return text;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_TEXT_SAMPLES_H_
