// Star clusters: every removed document reaches the threshold with the one
// that is kept for it, and no two kept ones do.

#ifndef WIRECOPY_CLUSTER_STAR_H_
#define WIRECOPY_CLUSTER_STAR_H_

#include <cstdint>
#include <span>

#include "cluster/clustering.h"
#include "cluster/match_walk.h"
#include "lsh/candidate_keys.h"

namespace wirecopy {

// About 24 bytes a document (4 of them where one meets all others), and 12 for
// each key of one that is kept: of half of them, say.
inline constexpr ClusteringBytes kBytesOfStar = {24, 6};

// The walk below, for those who take the documents in several parts, none of
// which has a key in common with another.
class StarWalk {
 public:
  // All outlive this. What is found goes to `result`.
  StarWalk(const ClusterTask& task, const CandidateKeys& keys,
           Clustering* result)
      : task_(task), walk_(task, keys), result_(*result) {}

  // Documents in keep order, no twins among them.
  void Walk(std::span<const uint32_t> documents);

 private:
  bool Take(uint32_t document, std::span<const Match> matches);
  bool IsBetter(uint32_t document, uint32_t kept, double similarity) const;

  const ClusterTask& task_;
  MatchWalk walk_;
  Clustering& result_;
};

// Takes documents in keep order: one is removed for the most similar document
// kept so far (the earlier where two are equally so) if that reaches the
// threshold, else kept; a twin shares the fate of the first of its kind. Only
// kept documents are filed, so that the size of a cluster costs no more than
// its number.
Clustering ClusterByStar(const ClusterTask& task, const CandidateKeys& keys);

}  // namespace wirecopy

#endif  // WIRECOPY_CLUSTER_STAR_H_
