// Winnowing: few of a text's n-grams, chosen so that two texts which share a
// run choose the same ones in it (Schleimer, Wilkerson, Aiken 2003).

#ifndef WIRECOPY_PASSAGE_WINNOW_H_
#define WIRECOPY_PASSAGE_WINNOW_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wirecopy {

struct Fingerprint {
  uint64_t hash = 0;
  uint32_t position = 0;  // of the n-gram's first token
};

// A run of N tokens holds a window of `window` n-grams of `gram` tokens, of
// which the least is chosen: N = gram + window - 1.
struct WinnowSizes {
  size_t gram = 0;
  size_t window = 0;
};

// Three quarters of the run are the n-gram: long enough to be rare, short
// enough that windows choose two n-grams of `window` + 1.
WinnowSizes SizesForRun(int min_run);

class Winnower {
 public:
  // From every run of `min_run` tokens at least one n-gram.
  explicit Winnower(int min_run) : sizes_(SizesForRun(min_run)) {}

  // Replaces *out with the fingerprints of a text of these token hashes, by
  // rising position. A text with fewer tokens than the run has one where it
  // has an n-gram at all. Linear; keeps its buffers.
  void Select(std::span<const uint64_t> token_hashes,
              std::vector<Fingerprint>* out);

 private:
  WinnowSizes sizes_;
  std::vector<uint64_t> grams_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_WINNOW_H_
