// From hits to passages, in tokens: grow, chain, extend, merge, choose.

#ifndef WIRECOPY_PASSAGE_TOKEN_ALIGNER_H_
#define WIRECOPY_PASSAGE_TOKEN_ALIGNER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/anchors.h"
#include "passage/chain.h"
#include "passage/gap.h"
#include "passage/hits.h"
#include "passage/resumption.h"
#include "passage/token_marks.h"
#include "wirecopy/passage.h"

namespace wirecopy {

struct TokenPassage {
  TokenSpan a;
  TokenSpan b;
  uint32_t words = 0;   // tokens that are equal
  uint32_t edits = 0;   // put in, left out or replaced
  uint32_t thirds = 0;  // the equal tokens' length in thirds of a word
  float rarity = 0;     // of the equal tokens, where a corpus tells: Rarity
  // Its runs: [first_run, last_run) of the aligner's.
  uint32_t first_run = 0;
  uint32_t last_run = 0;
};

// Not thread-safe; keeps its buffers, so that nothing is allocated once they
// have grown.
class TokenAligner {
 public:
  explicit TokenAligner(const PassageOptions& options);

  // The passages of a pair whose fingerprints agree in `hits`, in the order
  // of a.begin; the same for either side first. Valid until the next call.
  // Sorts or exchanges the hits.
  std::span<const TokenPassage> Align(const TokenPair& pair,
                                      std::span<Hit> hits);

  std::span<const TokenRun> runs() const { return runs_; }

 private:
  std::span<const TokenPassage> AlignInOrder(const TokenPair& pair,
                                             std::span<Hit> hits);
  // Turns a chain into a passage, with what its ends can take in.
  void Extend(const TokenPair& pair, std::span<const TokenRun> chain);
  // Turns a chain of one text into passages, each as long as its earlier place
  // does not reach into the later one.
  void AddSelf(const TokenPair& pair, std::span<const TokenRun> chain);
  void ExtendLeft(const TokenPair& pair, TokenRun first);
  void ExtendRight(const TokenPair& pair, TokenRun last);
  // Where both texts agree again before a and b, or from these on; false where
  // they do not, so far as they may be looked at.
  bool ResumeBehind(const TokenPair& pair, uint32_t a, uint32_t b,
                    Resumption* next) const;
  bool ResumeAhead(const TokenPair& pair, uint32_t a, uint32_t b,
                   Resumption* next) const;
  // How many tokens before a and b are equal, or from these on, up to the next
  // better passage.
  uint32_t LengthBehind(const TokenPair& pair, uint32_t a, uint32_t b) const;
  uint32_t LengthAhead(const TokenPair& pair, uint32_t a, uint32_t b) const;
  void Visit(const TokenRun& run);
  void Summarize(const TokenPair& pair);
  // Drops what better passages cover the half of on either side (what repeats
  // itself would pair each place with each), and what has too few words.
  void Choose();

  const PassageOptions options_;
  Chainer chainer_;
  GapAligner gap_aligner_;
  std::vector<TokenRun> anchors_;
  std::vector<TokenRun> chain_;
  std::vector<TokenRun> runs_;
  std::vector<TokenPassage> passages_;
  std::vector<TokenPassage> chosen_;
  TokenMarks marks_a_;
  TokenMarks marks_b_;
  bool marks_anything_ = true;  // of this pair
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_TOKEN_ALIGNER_H_
