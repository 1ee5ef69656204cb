#include "cluster/components.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "cluster/union_find.h"
#include "lsh/visited.h"

namespace wirecopy {
namespace {

// Under each key, documents are kept by component, so that a document passes
// over all members of its own at once: large clusters stay linear.
class Components {
 public:
  Components(const ClusterTask& task, CandidateKeys* keys)
      : task_(task),
        keys_(*keys),
        joined_(task.order.size()),
        visited_(task.order.size()),
        result_(task.order.size()) {}

  Clustering Run() {
    std::vector<uint32_t> walk;
    for (const uint32_t d : task_.order) {
      if (task_.IsTwin(d)) {
        joined_.Union(d, task_.twin_of[d]);
      } else if (keys_.MayMatch(d)) {
        walk.push_back(d);
      }
    }
    ForEachSet(walk, task_.sets,
               [this](uint32_t d, const ShingleSet& set) { Visit(d, set); });
    KeepFirstOfEach();
    MeasureRemoved();
    return std::move(result_);
  }

 private:
  using Group = std::vector<uint32_t>;  // members of one component

  void Visit(uint32_t document, const ShingleSet& set) {
    task_.sets->Put(document, set);
    document_keys_.clear();
    keys_.Append(document, *set, &document_keys_);
    visited_.Clear();
    for (const uint64_t key : document_keys_) {
      File(document, *set, &groups_[key]);
    }
  }

  // Joins the document with every group that has a match, and adds it to its
  // own.
  void File(uint32_t document, std::span<const uint64_t> set,
            std::vector<Group>* groups) {
    Group own = {document};
    size_t left = 0;
    for (Group& group : *groups) {
      if (Joins(document, set, group)) {
        if (own.size() < group.size()) own.swap(group);
        own.insert(own.end(), group.begin(), group.end());
      } else {
        if (&(*groups)[left] != &group) (*groups)[left] = std::move(group);
        ++left;
      }
    }
    groups->resize(left);
    groups->push_back(std::move(own));
  }

  bool Joins(uint32_t document, std::span<const uint64_t> set,
             const Group& group) {
    if (joined_.Find(document) == joined_.Find(group[0])) return true;
    for (const uint32_t member : group) {
      if (!visited_.Add(member) || !keys_.MayPair(document, member)) continue;
      ++result_.candidates;
      if (VerifyResemblance(set, *task_.sets->Get(member), task_.threshold)) {
        ++result_.verified_pairs;
        joined_.Union(document, member);
        return true;
      }
    }
    return false;
  }

  void KeepFirstOfEach() {
    constexpr uint32_t kNone = ~uint32_t{0};
    std::vector<uint32_t> first(task_.order.size(), kNone);
    for (const uint32_t document : task_.order) {
      uint32_t& kept = first[joined_.Find(document)];
      if (kept == kNone) kept = document;
      result_.kept_of[document] = kept;
    }
  }

  void MeasureRemoved() {
    std::vector<uint32_t> removed;
    for (const uint32_t document : task_.order) {
      if (task_.IsTwin(document)) continue;
      if (result_.kept_of[document] != document) removed.push_back(document);
    }
    ForEachSet(
        removed, task_.sets, [this](uint32_t document, const ShingleSet& set) {
          const ShingleSet kept = task_.sets->Get(result_.kept_of[document]);
          result_.similarities[document] = Intersect(*set, *kept).Jaccard();
        });
    FollowTwins(task_, &result_);
  }

  const ClusterTask& task_;
  CandidateKeys& keys_;
  UnionFind joined_;
  Visited visited_;
  Clustering result_;
  std::vector<uint64_t> document_keys_;
  absl::flat_hash_map<uint64_t, std::vector<Group>> groups_;
};

}  // namespace

Clustering ClusterByComponents(const ClusterTask& task, CandidateKeys* keys) {
  return Components(task, keys).Run();
}

}  // namespace wirecopy
