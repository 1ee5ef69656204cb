#include "cluster/components.h"

#include <utility>

#include "cluster/member_rings.h"
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
        rings_(keys->SmallKeys()),
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
    ForEachSetInRounds(
        walk, task_.sets,
        [this](uint32_t d, const ShingleSet& set, bool is_filed) {
          Visit(d, set, is_filed);
        },
        [this] {
          rings_ = MemberRings(0);  // gone before the next is made
          rings_ = MemberRings(keys_.SmallKeys());
        });
    rings_ = MemberRings(0);
    KeepFirstOfEach();
    MeasureRemoved();
    return std::move(result_);
  }

 private:
  void Visit(uint32_t document, const ShingleSet& set, bool is_filed) {
    if (is_filed) task_.sets->Put(document, set);
    document_keys_.clear();
    keys_.Append(document, *set, &document_keys_);
    visited_.Clear();
    for (const uint64_t key : document_keys_) {
      const auto joins = [&](const MemberRings::Group& group) {
        return Joins(document, *set, group);
      };
      if (is_filed) {
        rings_.File(key, document, joins);
      } else {
        rings_.Ask(key, joins);
      }
    }
  }

  // Joins the document with a group that has a match.
  bool Joins(uint32_t document, std::span<const uint64_t> set,
             const MemberRings::Group& group) {
    if (joined_.Find(document) == joined_.Find(group.front())) return true;
    return group.HasAny([&](uint32_t member) {
      if (!visited_.Add(member) || !keys_.MayPair(document, member)) {
        return false;
      }
      ++result_.candidates;
      if (!VerifyResemblance(set, *task_.sets->Get(member), task_.threshold)) {
        return false;
      }
      ++result_.verified_pairs;
      joined_.Union(document, member);
      return true;
    });
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
  MemberRings rings_;
  Clustering result_;
  std::vector<uint64_t> document_keys_;
};

}  // namespace

Clustering ClusterByComponents(const ClusterTask& task, CandidateKeys* keys) {
  return Components(task, keys).Run();
}

}  // namespace wirecopy
