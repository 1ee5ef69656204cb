#include "cluster/all_pairs.h"

#include <algorithm>
#include <utility>

#include "cluster/match_walk.h"

namespace wirecopy {
namespace {

std::vector<uint32_t> SingleDocuments(const ClusterTask& task) {
  std::vector<uint32_t> singles;
  for (uint32_t d = 0; d < task.twin_of.size(); ++d) {
    if (!task.IsTwin(d)) singles.push_back(d);
  }
  return singles;
}

VerifiedPair Ordered(uint32_t a, uint32_t b, const Overlap& overlap) {
  if (a < b) return {a, b, overlap};
  return {b, a, {overlap.b, overlap.a, overlap.shared}};
}

// Documents by the first of their twins: members[begins[d]..begins[d + 1]) are
// d and its twins, rising.
struct TwinGroups {
  std::vector<size_t> begins;
  std::vector<uint32_t> members;

  explicit TwinGroups(std::span<const uint32_t> twin_of)
      : begins(twin_of.size() + 1), members(twin_of.size()) {
    for (const uint32_t first : twin_of) ++begins[first + 1];
    for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    std::vector<size_t> next(begins.begin(), begins.end() - 1);
    for (uint32_t d = 0; d < twin_of.size(); ++d) {
      members[next[twin_of[d]]++] = d;
    }
  }

  std::span<const uint32_t> Of(uint32_t first) const {
    return {members.data() + begins[first], begins[first + 1] - begins[first]};
  }
};

// The pairs of a document and its neighbours, those of lower number too.
std::vector<std::vector<VerifiedPair>> ByDocument(
    const std::vector<VerifiedPair>& pairs, size_t count) {
  std::vector<std::vector<VerifiedPair>> by_document(count);
  for (const VerifiedPair& pair : pairs) {
    by_document[pair.a].push_back(pair);
    by_document[pair.b].push_back(
        {pair.b,
         pair.a,
         {pair.overlap.b, pair.overlap.a, pair.overlap.shared}});
  }
  return by_document;
}

}  // namespace

PairList FindResembling(const ClusterTask& task, const CandidateKeys& keys) {
  PairList result;
  std::vector<uint32_t> documents = SingleDocuments(task);
  std::erase_if(documents, [&](uint32_t d) { return !keys.MayMatch(d); });
  MatchWalk walk(task, keys);
  walk.Walk(documents, [&](uint32_t b, std::span<const Match> matches) {
    for (const Match& match : matches) {
      result.pairs.push_back(Ordered(b, match.document, match.overlap));
    }
    return true;
  });
  result.candidates = walk.candidates();
  std::sort(result.pairs.begin(), result.pairs.end());
  return result;
}

PairList FindContained(const ClusterTask& task, ContainmentIndex* index) {
  PairList result;
  std::vector<uint32_t> contained;
  const std::vector<uint32_t> walk = SingleDocuments(task);
  ForEachSet(walk, task.sets, [&](uint32_t whole, const ShingleSet& set) {
    contained.clear();
    index->Contained(*set, &contained);
    for (const uint32_t part : contained) {
      if (part == whole) continue;
      ++result.candidates;
      const ShingleSet part_set = task.sets->Get(part);
      const size_t least = LeastContained(part_set->size(), task.threshold);
      const Overlap overlap = IntersectAtLeast(*part_set, *set, least);
      if (overlap.shared == 0 || overlap.shared < least) continue;
      result.pairs.push_back(Ordered(part, whole, overlap));
    }
    task.sets->Put(whole, set);
  });
  // Two documents that contain each other were found twice.
  std::sort(result.pairs.begin(), result.pairs.end());
  const auto same = [](const VerifiedPair& x, const VerifiedPair& y) {
    return x.a == y.a && x.b == y.b;
  };
  result.pairs.erase(
      std::unique(result.pairs.begin(), result.pairs.end(), same),
      result.pairs.end());
  return result;
}

void ExpandTwins(const ClusterTask& task, const PairList& found,
                 const std::function<void(const VerifiedPair&)>& visit) {
  const TwinGroups groups(task.twin_of);
  const auto by_document = ByDocument(found.pairs, task.twin_of.size());
  std::vector<VerifiedPair> of_a;
  for (uint32_t a = 0; a < task.twin_of.size(); ++a) {
    of_a.clear();
    const uint32_t first = task.twin_of[a];
    for (const uint32_t b : groups.Of(first)) {
      if (b > a) of_a.push_back({a, b, {1, 1, 1}});
    }
    for (const VerifiedPair& pair : by_document[first]) {
      for (const uint32_t b : groups.Of(pair.b)) {
        if (b > a) of_a.push_back({a, b, pair.overlap});
      }
    }
    std::sort(of_a.begin(), of_a.end());
    for (const VerifiedPair& pair : of_a) visit(pair);
  }
}

}  // namespace wirecopy
