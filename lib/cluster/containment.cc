#include "cluster/containment.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace wirecopy {
namespace {

// Takes documents from the largest to the smallest, so that whatever may
// contain one has been decided; keep order comes in where two contain each
// other.
class Containment {
 public:
  Containment(const ClusterTask& task, std::span<const uint32_t> sizes,
              ContainmentIndex* index)
      : task_(task),
        sizes_(sizes),
        index_(*index),
        decided_(task.order.size()),
        result_(task.order.size()) {}

  Clustering Run() {
    std::vector<uint32_t> walk;
    for (const uint32_t d : task_.order) {
      if (!task_.IsTwin(d)) walk.push_back(d);
    }
    // Stable: equal sizes stay in keep order.
    std::stable_sort(walk.begin(), walk.end(), [this](uint32_t a, uint32_t b) {
      return sizes_[a] > sizes_[b];
    });
    RunInRounds(walk);
    FollowTwins(task_, &result_);
    return std::move(result_);
  }

 private:
  struct Match {
    uint32_t kept;
    Overlap overlap;  // a is the contained document
  };

  // As many documents at a time as memory has room to file. What may contain
  // them is what was kept before them, and what is kept of them.
  void RunInRounds(std::span<const uint32_t> walk) {
    const size_t least = walk.size() / kMostRounds + 1;
    std::vector<uint32_t> kept;
    while (!walk.empty() && !task_.sets->HasFailed()) {
      const size_t count = FileSome(walk);
      if (count < std::min(least, walk.size())) return task_.sets->Fail();
      ForEachSet(kept, task_.sets, [this](uint32_t d, const ShingleSet& set) {
        NoteContained(d, *set);
      });
      const auto round = walk.first(count);
      ForEachSet(round, task_.sets, [this](uint32_t d, const ShingleSet& set) {
        if (!task_.sets->HasFailed()) Visit(d, set);
      });
      walk = walk.subspan(count);
      if (walk.empty()) return;
      index_.Clear();
      task_.sets->MakeRoom();
      kept.insert(kept.end(), round.begin(), round.end());
      std::erase_if(kept,
                    [this](uint32_t d) { return result_.kept_of[d] != d; });
    }
  }

  // Says how many of the first are filed. Without a bound, all: in input order,
  // in which they are read fastest.
  size_t FileSome(std::span<const uint32_t> walk) {
    std::vector<uint32_t> documents(walk.begin(), walk.end());
    const bool is_watched = task_.sets->IsWatched();
    if (!is_watched) std::sort(documents.begin(), documents.end());
    const size_t slice = is_watched ? 4096 : documents.size();
    size_t count = 0;
    const auto file = [&](uint32_t d, const ShingleSet& set) {
      if (task_.sets->IsFull()) return;
      index_.Insert(d, *set);
      ++count;
      if (is_watched) task_.sets->Put(d, set);
    };
    std::span<const uint32_t> left = documents;
    while (!left.empty() && !task_.sets->IsFull()) {
      const auto some = left.first(std::min(slice, left.size()));
      ForEachSet(some, task_.sets, file);
      left = left.subspan(some.size());
    }
    return count;
  }

  void Visit(uint32_t document, const ShingleSet& set) {
    decided_[document] = true;
    const std::vector<Match> matches = Containers(document, *set);
    if (matches.empty()) {
      Keep(document, set);
    } else if (!TakesOver(document, set, matches)) {
      Remove(document,
             *std::min_element(matches.begin(), matches.end(),
                               [this](const Match& a, const Match& b) {
                                 return IsBetter(a, b);
                               }));
    }
    found_containers_.erase(document);
  }

  // The kept documents that contain this one.
  std::vector<Match> Containers(uint32_t document,
                                std::span<const uint64_t> set) {
    std::vector<Match> matches;
    const auto found = found_containers_.find(document);
    if (found == found_containers_.end()) return matches;
    for (const uint32_t kept : found->second) {
      if (result_.kept_of[kept] != kept) continue;  // taken over since
      if (const auto overlap = Contains(*task_.sets->Get(kept), set)) {
        matches.push_back({kept, *overlap});
      }
    }
    return matches;
  }

  std::optional<Overlap> Contains(std::span<const uint64_t> whole,
                                  std::span<const uint64_t> part) {
    ++result_.candidates;
    const size_t least = LeastContained(part.size(), task_.threshold);
    const Overlap overlap = IntersectAtLeast(part, whole, least);
    if (overlap.shared == 0 || overlap.shared < least) return std::nullopt;
    ++result_.verified_pairs;
    return overlap;
  }

  // Where the one document that contains this one is contained in it too and
  // comes later in keep order, this one is kept instead, and inherits all that
  // was removed for the other: if it contains it all.
  bool TakesOver(uint32_t document, const ShingleSet& set,
                 const std::vector<Match>& matches) {
    if (matches.size() != 1) return false;
    const auto [other, overlap] = matches[0];
    if (task_.rank[document] > task_.rank[other] ||
        overlap.ContainmentOfB() < task_.threshold) {
      return false;
    }
    std::vector<Match> inherited;
    for (const uint32_t part : removed_for_[other]) {
      const auto contained = Contains(*set, *task_.sets->Get(part));
      if (!contained) return false;
      inherited.push_back({part, *contained});
    }
    Keep(document, set);
    for (const Match& part : inherited) {
      Remove(part.kept, {document, part.overlap});
    }
    removed_for_.erase(other);
    Remove(other, {document, {overlap.b, overlap.a, overlap.shared}});
    return true;
  }

  void Keep(uint32_t document, const ShingleSet& set) {
    task_.sets->Put(document, set);
    NoteContained(document, *set);
  }

  void NoteContained(uint32_t document, std::span<const uint64_t> set) {
    contained_.clear();
    index_.Contained(set, &contained_);
    for (const uint32_t part : contained_) {
      if (!decided_[part]) found_containers_[part].push_back(document);
    }
  }

  void Remove(uint32_t document, const Match& match) {
    result_.kept_of[document] = match.kept;
    result_.similarities[document] = match.overlap.ContainmentOfA();
    removed_for_[match.kept].push_back(document);
  }

  bool IsBetter(const Match& a, const Match& b) const {
    if (a.overlap.shared != b.overlap.shared) {
      return a.overlap.shared > b.overlap.shared;
    }
    return task_.rank[a.kept] < task_.rank[b.kept];
  }

  const ClusterTask& task_;
  std::span<const uint32_t> sizes_;
  ContainmentIndex& index_;
  std::vector<bool> decided_;
  Clustering result_;
  std::vector<uint32_t> contained_;
  // Not Abseil's, which is left broken where it has no memory to grow.
  std::unordered_map<uint32_t, std::vector<uint32_t>> found_containers_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> removed_for_;
};

}  // namespace

Clustering ClusterByContainment(const ClusterTask& task,
                                std::span<const uint32_t> sizes,
                                ContainmentIndex* index) {
  return Containment(task, sizes, index).Run();
}

}  // namespace wirecopy
