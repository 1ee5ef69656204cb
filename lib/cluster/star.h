// Star clusters: every removed document reaches the threshold with the one
// that is kept for it, and no two kept ones do.

#ifndef WIRECOPY_CLUSTER_STAR_H_
#define WIRECOPY_CLUSTER_STAR_H_

#include <cstdint>
#include <span>
#include <vector>

#include "cluster/clustering.h"
#include "lsh/candidate_keys.h"
#include "lsh/posting_lists.h"
#include "lsh/visited.h"

namespace wirecopy {

// About 24 bytes a document, and 12 for each key of one that is kept: of half
// of them, say.
inline constexpr ClusteringBytes kBytesOfStar = {24, 6};

// The walk below, for those who take the documents in several parts, none of
// which has a key in common with another.
class StarWalk {
 public:
  // All outlive this. What is found goes to `result`.
  StarWalk(const ClusterTask& task, CandidateKeys* keys, Clustering* result)
      : task_(task),
        keys_(*keys),
        postings_(keys->SmallKeys()),
        visited_(task.order.size()),
        result_(*result) {}

  // Documents in keep order, no twins among them.
  void Walk(std::span<const uint32_t> documents);

 private:
  void Visit(uint32_t document, const ShingleSet& set, bool is_filed);
  void FindBestMatch(uint32_t document, std::span<const uint64_t> set);
  bool IsBetter(uint32_t document, uint32_t kept, double similarity) const;

  const ClusterTask& task_;
  CandidateKeys& keys_;
  PostingLists postings_;  // of kept documents
  Visited visited_;
  Clustering& result_;
  std::vector<uint64_t> document_keys_;
};

// Takes documents in keep order: one is removed for the most similar document
// kept so far (the earlier where two are equally so) if that reaches the
// threshold, else kept; a twin shares the fate of the first of its kind. Only
// kept documents are filed, so that the size of a cluster costs no more than
// its number.
Clustering ClusterByStar(const ClusterTask& task, CandidateKeys* keys);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_STAR_H_
