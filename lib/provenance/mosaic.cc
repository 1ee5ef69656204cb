#include "provenance/mosaic.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "provenance/describe_cost.h"
#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

constexpr size_t kMostSeconds = 3;
constexpr size_t kMostLooked = 16;
constexpr uint32_t kLeastRun = 8;  // tokens of a block that count

// Runs of tokens that nobody has given yet.
std::vector<TokenSpan> Missing(const std::vector<bool>& is_given) {
  std::vector<TokenSpan> runs;
  for (uint32_t i = 0; i < is_given.size(); ++i) {
    if (is_given[i]) continue;
    if (runs.empty() || runs.back().end != i) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  std::erase_if(runs, [](TokenSpan run) { return run.size() < kLeastRun; });
  return runs;
}

void Give(const Description& description, std::vector<bool>* is_given) {
  for (const CopiedBlock& block : description.blocks) {
    std::fill_n(is_given->begin() + block.copy, block.length, true);
  }
}

// Tokens of the runs that the description gives.
uint64_t Gain(const std::vector<TokenSpan>& missing,
              const Description& description) {
  uint64_t gain = 0;
  for (const CopiedBlock& block : description.blocks) {
    for (const TokenSpan run : missing) {
      const uint32_t begin = std::max(run.begin, block.copy);
      const uint32_t end = std::min(run.end, block.copy_end());
      if (begin + kLeastRun <= end) gain += end - begin;
    }
  }
  return gain;
}

uint32_t RootOf(const Forest& forest, uint32_t node) {
  while (forest.parents[node]) node = *forest.parents[node];
  return node;
}

class Mosaic {
 public:
  Mosaic(TextSpans texts, const Forest& forest, uint32_t child)
      : texts_(texts),
        forest_(forest),
        child_(child),
        given_(texts[child].size(), false) {}

  std::vector<SecondParent> Run(const std::vector<Candidate>& candidates) {
    std::vector<SecondParent> found;
    GiveFirst();
    if (Missing(given_).empty()) return found;
    Describe(candidates);
    while (found.size() < kMostSeconds) {
      const Other* best = nullptr;
      uint64_t most = 0;
      for (const Other& other : others_) {
        const uint64_t gain =
            Gain(Missing(other.is_kin ? known_ : given_), other.description);
        if (gain <= most) continue;
        most = gain;
        best = &other;
      }
      if (static_cast<double>(most) < kSecondWords) break;
      if (best->is_kin && IsCommon(*best, most)) {
        Give(best->description, &known_);
        continue;
      }
      found.push_back({best->parent, most, best->is_kin});
      Give(best->description, &given_);
      Give(best->description, &known_);
    }
    return found;
  }

 private:
  struct Other {
    uint32_t parent = 0;
    bool is_kin = false;
    Description description;
  };

  // From kin a text may also have what its parent had before that was cut in
  // the archive: what an ancestor has, and what follows the parent's end.
  void GiveFirst() {
    const uint32_t parent = *forest_.parents[child_];
    const Description first = DescribeFrom(parent);
    Give(first, &given_);
    known_ = given_;
    const CopiedBlock* last = nullptr;
    for (const CopiedBlock& block : first.blocks) {
      if (last == nullptr || block.source_end() > last->source_end()) {
        last = &block;
      }
    }
    if (last != nullptr) {
      std::fill(known_.begin() + last->copy_end(), known_.end(), true);
    }
    std::optional<uint32_t> ancestor = forest_.parents[parent];
    for (size_t i = 0; i < kMostLooked && ancestor; ++i) {
      if (Missing(known_).empty()) return;
      Give(DescribeFrom(*ancestor), &known_);
      ancestor = forest_.parents[*ancestor];
    }
  }

  void Describe(const std::vector<Candidate>& candidates) {
    std::vector<const Candidate*> others;
    for (const Candidate& candidate : candidates) {
      if (candidate.clock > -1 && !forest_.IsBelow(candidate.parent, child_)) {
        others.push_back(&candidate);
      }
    }
    std::stable_sort(others.begin(), others.end(),
                     [](auto* a, auto* b) { return a->total() > b->total(); });
    others.resize(std::min(others.size(), kMostLooked));
    others_.reserve(others.size());
    for (const Candidate* other : others) {
      others_.push_back(
          {other->parent, IsKin(other->parent), DescribeFrom(other->parent)});
    }
  }

  // Whether kin that are no copies of it have that, too: then it is old.
  bool IsCommon(const Other& kin, uint64_t gain) const {
    const std::vector<TokenSpan> missing = Missing(known_);
    return std::any_of(others_.begin(), others_.end(), [&](const Other& other) {
      return other.is_kin && !forest_.IsBelow(other.parent, kin.parent) &&
             2 * Gain(missing, other.description) >= gain;
    });
  }

  bool IsKin(uint32_t second) const {
    if (RootOf(forest_, second) == RootOf(forest_, child_)) return true;
    const std::span<const TokenCode> first = texts_[*forest_.parents[child_]];
    return static_cast<double>(
               TextAutomaton(texts_[second]).Describe(first).copied_tokens()) >=
           kSecondWords;
  }

  Description DescribeFrom(uint32_t source) const {
    return TextAutomaton(texts_[source]).Describe(texts_[child_]);
  }

  const TextSpans texts_;
  const Forest& forest_;
  const uint32_t child_;
  std::vector<bool> given_;  // tokens that a parent has so far
  std::vector<bool> known_;  // or may have had, for all that kin can tell
  std::vector<Other> others_;
};

}  // namespace

std::vector<SecondParent> FindSecondParents(TextSpans texts,
                                            const CandidateTable& table,
                                            const Forest& forest,
                                            uint32_t child) {
  return Mosaic(texts, forest, child).Run(table[child]);
}

}  // namespace wirecopy
