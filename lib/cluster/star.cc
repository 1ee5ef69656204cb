#include "cluster/star.h"

#include "lsh/posting_lists.h"
#include "lsh/visited.h"

namespace wirecopy {
namespace {

class Star {
 public:
  Star(const ClusterTask& task, CandidateKeys* keys)
      : task_(task),
        keys_(*keys),
        postings_(keys->SmallKeys(), keys->ExpectedKeys()),
        visited_(task.order.size()),
        result_(task.order.size()) {}

  Clustering Run() {
    std::vector<uint32_t> walk;
    for (const uint32_t d : task_.order) {
      if (!task_.IsTwin(d) && keys_.MayMatch(d)) walk.push_back(d);
    }
    ForEachSet(walk, task_.sets,
               [this](uint32_t d, const ShingleSet& set) { Visit(d, set); });
    FollowTwins(task_, &result_);
    return std::move(result_);
  }

 private:
  struct Match {
    uint32_t kept;
    Overlap overlap;
  };

  void Visit(uint32_t document, const ShingleSet& set) {
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

  std::optional<Match> BestMatch(uint32_t document,
                                 std::span<const uint64_t> set) {
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

  bool IsBetter(const Match& a, const Match& b) const {
    const double of_a = a.overlap.Jaccard();
    const double of_b = b.overlap.Jaccard();
    if (of_a != of_b) return of_a > of_b;
    return task_.rank[a.kept] < task_.rank[b.kept];
  }

  const ClusterTask& task_;
  CandidateKeys& keys_;
  PostingLists postings_;  // of kept documents
  Visited visited_;
  Clustering result_;
  std::vector<uint64_t> document_keys_;
};

}  // namespace

Clustering ClusterByStar(const ClusterTask& task, CandidateKeys* keys) {
  return Star(task, keys).Run();
}

}  // namespace wirecopy
