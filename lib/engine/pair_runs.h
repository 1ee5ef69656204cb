// What is equal within the passages of pairs, in tokens.

#ifndef WIRECOPY_ENGINE_PAIR_RUNS_H_
#define WIRECOPY_ENGINE_PAIR_RUNS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "passage/anchors.h"
#include "passage/token_aligner.h"

namespace wirecopy {

// The runs of a corpus's pairs: 12 bytes each.
class PairRuns {
 public:
  // Keeps none.
  PairRuns() = default;
  // `rank` is, by document, the order in which texts are aligned with those
  // before them; it must outlive this.
  explicit PairRuns(std::span<const uint32_t> rank)
      : rank_(rank), of_document_(rank.size()) {}

  bool keeps() const { return !rank_.empty(); }

  // Keeps the part of `runs` (by rising place) that the passage of documents a
  // and b spans, and says in the passage which these are. Threads may add at
  // once what differs in the later document. O(log runs) and the part.
  void Add(uint32_t a, uint32_t b, std::span<const TokenRun> runs,
           TokenPassage* passage);

  // Gives back what memory is left over where all of a document's pairs with
  // those before it are there.
  void Trim(uint32_t document) { of_document_[document].shrink_to_fit(); }

  // Those of a passage that was added. Valid until the next one is.
  std::span<const TokenRun> Of(uint32_t a, uint32_t b,
                               const TokenPassage& passage) const;

 private:
  uint32_t Later(uint32_t a, uint32_t b) const {
    return rank_[a] < rank_[b] ? b : a;
  }

  std::span<const uint32_t> rank_;
  std::vector<std::vector<TokenRun>> of_document_;  // a pair's later one
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PAIR_RUNS_H_
