// From tokens to characters: where a passage begins and ends in the original,
// and what stands around it there.

#ifndef WIRECOPY_PASSAGE_BORDERS_H_
#define WIRECOPY_PASSAGE_BORDERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "passage/cue_words.h"
#include "passage/quotation.h"
#include "passage/token_text.h"
#include "wirecopy/text.h"

namespace wirecopy {

// Punctuation right beside a passage, the nearest first.
struct Marks {
  static constexpr size_t kMost = 3;
  std::array<uint16_t, kMost> characters = {};  // normalised; 0 where none
  // Of each, in the original: with the invisible characters that follow it,
  // of which there may be any number.
  std::array<uint32_t, kMost> bytes = {};
};

// What stands before or behind a side of a passage: more than one may be so.
struct Surroundings {
  bool sentence_border = false;
  bool line_border = false;
  bool colon = false;  // before: what follows is presented, not told
};

// What words and signs in a passage, or right beside it, hint at.
struct Cues {
  bool rights = false;  // copyright, subscriptions: what publishers print
  bool speech = false;  // that somebody said it
  bool handle = false;  // right before it, an account (@name)
};

// One side of a passage, described without the other.
struct PassageSide {
  ByteSpan core;  // from the first token to the last, in the original
  Marks before;   // opening marks
  Marks after;    // closing marks, full stops and the like
  Surroundings behind;
  Surroundings ahead;
  Cues cues;
  uint32_t letters = 0;  // characters; a token of one counts as five
  uint32_t quoted = 0;   // tokens that stand within quotation marks
  float share = 0;       // of the text's tokens

  bool IsWhole() const {
    return (ahead.sentence_border || ahead.line_border) &&
           (behind.sentence_border || behind.line_border);
  }
};

// Reads a text and describes sides of passages in it. Keeps its buffers.
class SideReader {
 public:
  explicit SideReader(uint64_t seed) : seed_(seed), cue_words_(seed) {}

  // `text` must outlive the use of what follows.
  void Read(std::string_view text);

  PassageSide Describe(TokenSpan tokens) const;

  const TokenText& tokens() const { return tokens_; }

 private:
  uint32_t Quoted(TokenSpan tokens) const;
  uint32_t Letters(TokenSpan tokens) const;
  Cues FindCues(TokenSpan tokens, ByteSpan core) const;

  uint64_t seed_;
  CueWords cue_words_;
  std::string_view text_;
  TokenText tokens_;
  QuotationFinder quotation_finder_;
  std::vector<ByteSpan> spans_;
  std::vector<TokenSpan> quotations_;
};

// The passage's spans: the cores, and the marks that both sides have alike;
// but for quotation marks where `is_quoted` says that all of it was quoted, for
// they belong to who quotes.
std::pair<ByteSpan, ByteSpan> JoinSides(const PassageSide& a,
                                        const PassageSide& b, bool is_quoted);

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_BORDERS_H_
