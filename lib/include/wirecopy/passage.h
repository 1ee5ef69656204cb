// Passages: the stretches that two texts have in common, to the character.
//
// Two texts are aligned as genome aligners do it (Li 2018, "Minimap2: pairwise
// alignment for nucleotide sequences"): equal runs of tokens that winnowed
// fingerprints point at (Schleimer, Wilkerson, Aiken 2003, "Winnowing: local
// algorithms for document fingerprinting") are chained where they follow one
// another on both sides with little between them, and chains are extended over
// small edits. Several chains of a pair stand side by side, so that paragraphs
// which were moved or swapped are all found.

#ifndef WIRECOPY_PASSAGE_H_
#define WIRECOPY_PASSAGE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "wirecopy/text.h"

namespace wirecopy {

// Which passages are found and which of them are reported. Sizes are in words:
// tokens (wirecopy/text.h), of which those of one character (Han, Kana,
// Thai...) count as two thirds of a word.
struct PassageOptions {
  static constexpr int kLeastRun = 3;
  static constexpr int kMostRun = 64;
  static constexpr int kMostGap = 1000;

  // Any run of so many equal tokens is found: winnowing's guarantee. (Where one
  // n-gram stands so often in both texts that there are more than 256 ways to
  // pair its places, each place is paired with some of the others.)
  int min_run = 8;
  // A passage has at least so many equal words,
  int min_words = 8;
  // and so many letters, spaces included (a token of one character counts as
  // five), for eight short words may meet by chance.
  int min_letters = 60;
  // Where it is a fragment, that begins or ends amid a sentence and a line in
  // either text, it needs so many words: who writes on the same matter uses
  // the same names and phrases, who copies takes sentences.
  int fragment_words = 15;
  // And so many where its pair has no longer passage, unless
  int lone_words = 12;
  // its words are as rare as this: the sum over its equal tokens of
  // ln(documents / documents that have the token). Were words independent, 40
  // would come by chance once in 10^17 places, which is less than once among
  // all pairs of places of 100,000 articles. Of two texts alone nothing is
  // known, and so nothing is rare.
  double lone_rarity = 40;
  // Where both texts go on differently for more tokens than this, a passage
  // ends.
  int max_gap = 25;
  // Report every run of min_run tokens, also where better passages cover one
  // of its places, whatever the sizes above say.
  bool every_run = false;
  uint64_t seed = 0;  // of the hashes; see ShingleOptions
};

// InvalidArgument where a size is out of its range.
absl::Status Validate(const PassageOptions& options);

enum class PassageKind : uint8_t {
  kCopy,         // one text has it from the other, or both from a third
  kQuotation,    // both quote the same words of somebody
  kShared,       // both embed a third party's post or statement
  kBoilerplate,  // what sites print around their articles
  kSelf,         // one text has it twice
};

// Its name in records: "copy", "boilerplate". Thread-safe.
std::string_view PassageKindName(PassageKind kind);

// A stretch of equal tokens within a passage.
struct EqualRun {
  ByteSpan a;
  ByteSpan b;
  friend bool operator==(const EqualRun&, const EqualRun&) = default;
};

// Spans are bytes of the original texts, on borders of characters. They begin
// and end with a token that both have, and take in the marks beside it (full
// stops, brackets, quotation marks) where both have the same.
struct Passage {
  ByteSpan a;
  ByteSpan b;
  uint32_t words = 0;  // tokens that are equal on both sides
  uint32_t edits = 0;  // tokens put in, left out or replaced
  // Without a corpus to tell, nothing is boilerplate.
  PassageKind kind = PassageKind::kCopy;

  // The share of aligned tokens that are equal, in (0, 1].
  double Identity() const {
    return static_cast<double>(words) / static_cast<double>(words + edits);
  }
  friend bool operator==(const Passage&, const Passage&) = default;
};

// Aligns texts (any bytes), a pair at a time. Keeps its buffers, so that after
// the longest texts nothing is allocated, but for a few characters at a time
// where accents are put in order; not thread-safe: one a thread.
class PassageAligner {
 public:
  // Requires valid options.
  explicit PassageAligner(const PassageOptions& options);
  ~PassageAligner();
  PassageAligner(PassageAligner&&) noexcept;
  PassageAligner& operator=(PassageAligner&&) noexcept;

  // The passages of a pair, in the order of their first tokens in a (so that
  // a.begin rises but for the marks that only one of two takes in); valid
  // until the next call. Align(b, a) gives the same with the sides exchanged.
  // Where a place of one text goes with several of the other, the best is
  // reported. Texts of 4 GiB or more in normal form have none. Linear but for
  // what texts have in common many times over, of which a bounded number of
  // pairings is looked at.
  std::span<const Passage> Align(std::string_view a, std::string_view b);

  // What a text has twice: a is the earlier place, b the later one, and the
  // two do not overlap.
  std::span<const Passage> AlignSelf(std::string_view text);

  // The equal runs that make up a passage of the last call, in order.
  std::span<const EqualRun> Runs(size_t passage) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_H_
