// Families of a corpus, and the lineage of each.

#ifndef WIRECOPY_ENGINE_FAMILY_LINEAGE_H_
#define WIRECOPY_ENGINE_FAMILY_LINEAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/corpus_lineage.h"
#include "engine/token_store.h"
#include "engine/traced_texts.h"
#include "passage/groups.h"
#include "provenance/lineage.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// What a pair of documents (first < second) says apart from the words that
// they share.
struct PairHint {
  uint32_t first = 0;
  uint32_t second = 0;
  double log_odds = 0;  // nats for `first` as the source
  // That both credit and that published neither; empty for none.
  std::string_view agency;
};

// What lineages are made from; all must outlive the call.
struct LineageCorpus {
  const TokenStore& store;
  const TracedTexts& texts;
  std::span<const ReusedPassage> passages;
  std::span<const PassagePlaces> places;  // of the same
  // By document, what its publisher prints around everything.
  std::span<const std::vector<TokenSpan>> furniture;
  std::span<const PairHint> pairs;  // by first, second
  // By document: of those that are alike the least one's text counts as the
  // first, whatever the order of the input.
  std::span<const uint32_t> rank;
};

// Up to so many members of a family every two may be parent and copy; beyond,
// those that share a passage, lest it be millions.
inline constexpr size_t kEveryPair = 300;

CorpusLineage TraceFamilies(const LineageCorpus& corpus, int threads);

// Parents and copies (smaller document first) that share no passage yet.
std::vector<std::pair<uint32_t, uint32_t>> PairsToAlign(
    const CorpusLineage& lineage, std::span<const ReusedPassage> passages);

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_FAMILY_LINEAGE_H_
