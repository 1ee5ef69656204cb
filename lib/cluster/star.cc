#include "cluster/star.h"

#include <vector>

namespace wirecopy {

void StarWalk::Walk(std::span<const uint32_t> documents) {
  const uint64_t compared = walk_.candidates();
  walk_.Walk(documents, [this](uint32_t d, std::span<const Match> matches) {
    return Take(d, matches);
  });
  result_.candidates += walk_.candidates() - compared;
}

// Matches are kept documents. One that is taken again had others before.
bool StarWalk::Take(uint32_t document, std::span<const Match> matches) {
  for (const Match& match : matches) {
    ++result_.verified_pairs;
    const double similarity = match.overlap.Jaccard();
    if (!IsBetter(document, match.document, similarity)) continue;
    result_.kept_of[document] = match.document;
    result_.similarities[document] = similarity;
  }
  return result_.kept_of[document] == document;
}

// Than what was found for the document so far.
bool StarWalk::IsBetter(uint32_t document, uint32_t kept,
                        double similarity) const {
  const uint32_t best = result_.kept_of[document];
  if (best == document) return true;
  const double of_best = result_.similarities[document];
  if (similarity != of_best) return similarity > of_best;
  return task_.rank[kept] < task_.rank[best];
}

Clustering ClusterByStar(const ClusterTask& task, const CandidateKeys& keys) {
  std::vector<uint32_t> walk;
  for (const uint32_t d : task.order) {
    if (!task.IsTwin(d) && keys.MayMatch(d)) walk.push_back(d);
  }
  Clustering result(task.order.size());
  StarWalk(task, keys, &result).Walk(walk);
  FollowTwins(task, &result);
  return result;
}

}  // namespace wirecopy
