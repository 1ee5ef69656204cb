// What a text says by itself, read once, so that every pair that it is in costs
// no more than the pair's passages and lines.

#ifndef WIRECOPY_PROVENANCE_TEXT_PROFILE_H_
#define WIRECOPY_PROVENANCE_TEXT_PROFILE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "passage/token_text.h"

namespace wirecopy {

// The seed of the codes of words in profiles.
inline constexpr uint64_t kProfileSeed = 0;

struct ProfileWord {
  TokenCode code = 0;
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
};

struct ProfileLine {
  uint32_t begin = 0;
  uint32_t end = 0;  // before its break and the white space there
  bool indented = false;
  uint8_t quote_depth = 0;  // marks of quoted mail that it begins with

  bool IsBlank() const { return begin == end; }
  uint32_t width() const { return end - begin; }
};

// A word that may be a name: capitalised, or before the @ of an address.
struct NameWord {
  TokenCode code = 0;
  uint32_t begin = 0;
};

// Offsets are bytes, by rising place but where it says otherwise.
struct TextProfile {
  std::string_view text;
  std::vector<ProfileWord> words;
  std::vector<TokenCode> sorted_codes;  // of the words
  std::vector<ProfileLine> lines;
  std::vector<uint32_t> addressing;    // words that speak to somebody: you
  std::vector<uint32_t> first_person;  // and of oneself: I
  std::vector<uint32_t> openings;      // words that replies begin with
  std::vector<uint32_t> elisions;      // "[...]", "<deleted>"
  std::vector<NameWord> names;         // by code, then place
  // The end of the last word, and the signature before that: the name or the
  // address, and what follows it, that close a letter or a post. `end` where
  // there is none.
  uint32_t end = 0;
  uint32_t signature = 0;
  std::vector<TokenCode> signers;  // the names in it, sorted
  // Lines end where they are full rather than where a paragraph does.
  bool has_broken_lines = false;
  // A letter, a post or a mail rather than an article: it is signed, quotes by
  // marks, or speaks as I to you in lines broken to a width.
  bool is_post = false;

  // What paragraphs are divided by, or at least hold.
  std::string_view ParagraphBreak() const {
    return has_broken_lines ? "\n\n" : "\n";
  }

  // How many of these words begin in [from, to). O(log words).
  uint32_t WordsIn(size_t from, size_t to) const;
};

// Valid UTF-8 of less than 4 GiB, which must outlive the profile; a longer text
// has an empty one. Linear.
TextProfile ReadTextProfile(std::string_view text);

// Which of `places` (sorted) are in [begin, end): how many. O(log places).
uint32_t CountIn(std::span<const uint32_t> places, size_t begin, size_t end);

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_TEXT_PROFILE_H_
