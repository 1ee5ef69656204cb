// Which documents share passages, and where, in tokens.

#ifndef WIRECOPY_ENGINE_PASSAGE_PAIRS_H_
#define WIRECOPY_ENGINE_PASSAGE_PAIRS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/growing_room.h"
#include "engine/corpus_facts.h"
#include "engine/pair_runs.h"
#include "engine/token_store.h"
#include "passage/token_aligner.h"
#include "wirecopy/passages.h"

namespace wirecopy {

struct PairPassage {
  uint32_t a = 0;  // documents; the same where one repeats itself
  uint32_t b = 0;
  TokenPassage tokens;
  bool is_furniture = false;  // what its publishers print around everything
};

struct PassagePairs {
  // By rising a, b, place in a, place in b.
  GrowingRoom<PairPassage> passages;
  // By document, what its publisher prints around everything, in order.
  std::vector<std::vector<TokenSpan>> furniture;
  PassagesStats stats;
  // Of stats.candidates, those that have the passages of documents that are
  // equal to theirs, and were not aligned themselves.
  uint64_t copied = 0;
};

// Finds pairs of documents and their passages. All that it is given must
// outlive it.
class PassagePairFinder {
 public:
  // `order` has all documents, in the order in which a text's first one counts;
  // `publishers` a number for each one's publisher, 0 where nobody knows.
  // With `keeps_runs`, runs() has what is equal within the passages. `corpus`
  // is told where the documents are a part of it, and null where they are all.
  PassagePairFinder(const PassagesOptions& options, const TokenStore& store,
                    const std::vector<uint32_t>& order,
                    const std::vector<uint32_t>& publishers,
                    bool keeps_runs = false,
                    const CorpusFacts* corpus = nullptr);
  ~PassagePairFinder();
  PassagePairFinder(PassagePairFinder&&) = delete;

  PassagePairs Find();

  // Adds the passages of pairs (a < b) that Find did not look at.
  void Add(std::span<const std::pair<uint32_t, uint32_t>> pairs,
           PassagePairs* found);

  // Of the pairs of different documents that were found and added.
  const PairRuns& runs() const;

 private:
  class Search;
  std::unique_ptr<Search> search_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_PASSAGE_PAIRS_H_
