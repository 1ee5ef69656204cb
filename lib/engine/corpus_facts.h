// What passages of a part of a corpus depend on in all the rest of it.

#ifndef WIRECOPY_ENGINE_CORPUS_FACTS_H_
#define WIRECOPY_ENGINE_CORPUS_FACTS_H_

#include <cstdint>
#include <optional>
#include <span>

#include "absl/container/flat_hash_map.h"
#include "passage/furniture.h"
#include "passage/rarity.h"

namespace wirecopy {

// Of the whole corpus.
struct CorpusFacts {
  const Rarity& rarity;
  uint64_t documents = 0;
  // By document of the part: how many its publisher has, 0 where nobody knows.
  std::span<const uint32_t> publisher_documents;
  // Fingerprints that bring nobody together, and whether they are furniture: of
  // these the part's documents alone cannot tell.
  absl::flat_hash_map<uint64_t, bool> verdicts;
};

// Its counts, for the numbers that the part's publishers have.
PublisherCounts CountsOf(const CorpusFacts& corpus,
                         std::span<const uint32_t> publishers);

// None of a fingerprint of which the documents tell; of all where `corpus` is
// null.
std::optional<bool> VerdictOn(const CorpusFacts* corpus, uint64_t fingerprint);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_CORPUS_FACTS_H_
