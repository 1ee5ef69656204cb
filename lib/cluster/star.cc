#include "cluster/star.h"

namespace wirecopy {

void StarWalk::Walk(std::span<const uint32_t> documents) {
  ForEachSet(documents, task_.sets,
             [this](uint32_t d, const ShingleSet& set) { Visit(d, set); });
}

void StarWalk::Visit(uint32_t document, const ShingleSet& set) {
  if (task_.sets->HasGivenUp()) return;
  document_keys_.clear();
  keys_.Append(document, *set, &document_keys_);
  if (const auto match = BestMatch(document, *set)) {
    result_.kept_of[document] = match->kept;
    result_.similarities[document] = match->overlap.Jaccard();
    return;
  }
  for (const uint64_t key : document_keys_) postings_.Add(key, document);
  task_.sets->Put(document, set);
}

std::optional<StarWalk::Match> StarWalk::BestMatch(
    uint32_t document, std::span<const uint64_t> set) {
  std::optional<Match> best;
  visited_.Clear();
  for (const uint64_t key : document_keys_) {
    postings_.ForEach(key, [&](uint32_t kept) {
      if (!visited_.Add(kept) || !keys_.MayPair(document, kept)) return;
      ++result_.candidates;
      const auto overlap =
          VerifyResemblance(set, *task_.sets->Get(kept), task_.threshold);
      if (!overlap) return;
      ++result_.verified_pairs;
      if (!best || IsBetter({kept, *overlap}, *best)) {
        best = Match{kept, *overlap};
      }
    });
  }
  return best;
}

bool StarWalk::IsBetter(const Match& a, const Match& b) const {
  const double of_a = a.overlap.Jaccard();
  const double of_b = b.overlap.Jaccard();
  if (of_a != of_b) return of_a > of_b;
  return task_.rank[a.kept] < task_.rank[b.kept];
}

Clustering ClusterByStar(const ClusterTask& task, CandidateKeys* keys) {
  std::vector<uint32_t> walk;
  for (const uint32_t d : task.order) {
    if (!task.IsTwin(d) && keys->MayMatch(d)) walk.push_back(d);
  }
  Clustering result(task.order.size());
  StarWalk(task, keys, &result).Walk(walk);
  FollowTwins(task, &result);
  return result;
}

}  // namespace wirecopy
