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
  // Which they are, normalised: numbers from 1 among all that may stand on that
  // side of a passage; 0 where there is none.
  std::array<uint8_t, kMost> characters = {};
  // Of each, in the original: with the invisible characters that follow it,
  // of which there may be any number.
  std::array<uint32_t, kMost> bytes = {};
};

// What stands before or behind a side of a passage: more than one may be so.
struct Surroundings {
  bool sentence_border : 1 = false;
  bool line_border : 1 = false;
  bool colon : 1 = false;  // before: what follows is presented, not told
};

// What words and signs in a passage, or right beside it, hint at.
struct Cues {
  bool rights : 1 = false;  // copyright, subscriptions: what publishers print
  bool speech : 1 = false;  // that somebody said it
  bool handle : 1 = false;  // right before it, an account (@name)
};

// One side of a passage, described without the other. No larger than a line of
// the processor's caches: corpora have millions, which are looked at in the
// order of the passages, of which many have the same.
struct alignas(64) PassageSide {
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
static_assert(sizeof(PassageSide) == 64);

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
