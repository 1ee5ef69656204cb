#include "cluster/star.h"

namespace wirecopy {

void StarWalk::Walk(std::span<const uint32_t> documents) {
  ForEachSetInRounds(
      documents, task_.sets,
      [this](uint32_t d, const ShingleSet& set, bool is_filed) {
        Visit(d, set, is_filed);
      },
      [this] {
        postings_ = PostingLists(0);  // gone before the next are made
        postings_ = PostingLists(keys_.SmallKeys());
      });
}

void StarWalk::Visit(uint32_t document, const ShingleSet& set, bool is_filed) {
  document_keys_.clear();
  keys_.Append(document, *set, &document_keys_);
  FindBestMatch(document, *set);
  if (!is_filed || result_.kept_of[document] != document) return;
  for (const uint64_t key : document_keys_) postings_.Add(key, document);
  task_.sets->Put(document, set);
}

// Among those that are filed, and those that were in earlier rounds.
void StarWalk::FindBestMatch(uint32_t document, std::span<const uint64_t> set) {
  visited_.Clear();
  for (const uint64_t key : document_keys_) {
    postings_.ForEach(key, [&](uint32_t kept) {
      if (!visited_.Add(kept) || !keys_.MayPair(document, kept)) return;
      ++result_.candidates;
      const auto overlap =
          VerifyResemblance(set, *task_.sets->Get(kept), task_.threshold);
      if (!overlap) return;
      ++result_.verified_pairs;
      if (!IsBetter(document, kept, overlap->Jaccard())) return;
      result_.kept_of[document] = kept;
      result_.similarities[document] = overlap->Jaccard();
    });
  }
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
