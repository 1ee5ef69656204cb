#include "engine/corpus_facts.h"

#include <cstddef>

namespace wirecopy {

PublisherCounts CountsOf(const CorpusFacts& corpus,
                         std::span<const uint32_t> publishers) {
  PublisherCounts counts;
  counts.documents = corpus.documents;
  for (size_t document = 0; document < publishers.size(); ++document) {
    const uint32_t publisher = publishers[document];
    if (counts.of.size() <= publisher) counts.of.resize(publisher + size_t{1});
    counts.of[publisher] = corpus.publisher_documents[document];
  }
  return counts;
}

std::optional<bool> VerdictOn(const CorpusFacts* corpus, uint64_t fingerprint) {
  if (corpus == nullptr) return std::nullopt;
  const auto found = corpus->verdicts.find(fingerprint);
  if (found == corpus->verdicts.end()) return std::nullopt;
  return found->second;
}

}  // namespace wirecopy
