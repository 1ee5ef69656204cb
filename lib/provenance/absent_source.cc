#include "provenance/absent_source.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "cluster/union_find.h"
#include "provenance/describe_cost.h"
#include "provenance/lineage_weights.h"
#include "provenance/variant_sites.h"

namespace wirecopy {
namespace {

constexpr size_t kMostWitnesses = 64;
constexpr size_t kMostOthers = 8;
constexpr double kAsMuch = 0.8;  // of what the parent gives
constexpr double kEnough = 0.4;
constexpr uint32_t kLongRun = 8;  // tokens: more than an edit

// What speaks against a parent, and for a common source that is not here.
struct Conflict {
  double witnesses = 0;
  double conflicting = 0;  // witnesses
  double sites = 0;        // where such a witness takes the copy's side
  double copy_own = 0;     // shares of words that the other has not
  double parent_own = 0;
  double copy_runs = 0;  // long ones of those
  double parent_runs = 0;
  double blocks = 0;
  double strong = 0;
  double others = 0;
};

class AbsentSourceFinder {
 public:
  AbsentSourceFinder(TextSpans texts, std::span<const Clock> clocks,
                     const CandidateTable& table, Forest* forest)
      : texts_(texts), clocks_(clocks), table_(table), forest_(*forest) {
    bigrams_.reserve(texts.size());
    for (const auto text : texts) bigrams_.emplace_back(text);
  }

  AbsentSources Run() {
    const auto size = static_cast<uint32_t>(texts_.size());
    AbsentSources found;
    found.confidences.resize(size);
    found.groups.resize(size);
    std::vector<bool> is_absent(size, false);
    UnionFind sources(size);
    for (uint32_t copy = 0; copy < size; ++copy) {
      if (!forest_.parents[copy].has_value()) continue;
      const double confidence = FindParent(copy);
      found.confidences[copy] = confidence;
      if (confidence < kAbsentFrom) continue;
      const uint32_t parent = *forest_.parents[copy];
      is_absent[copy] = true;
      sources.Union(copy, parent);
      if (!forest_.parents[parent].has_value()) {
        is_absent[parent] = true;
        found.confidences[parent] =
            std::max(found.confidences[parent], confidence);
      }
    }
    Number(is_absent, &sources, &found.groups);
    return found;
  }

 private:
  // Where the parent is in conflict with the copy, another that gives as much
  // and is not takes its place. Returns how likely it is that there is none.
  double FindParent(uint32_t copy) {
    uint32_t& parent = *forest_.parents[copy];
    const double confidence = Confidence(Look(copy, parent));
    if (confidence < kAbsentFrom) return confidence;
    const uint32_t copied = CopiedFrom(copy, parent);
    std::vector<const Candidate*> others;
    for (const Candidate& other : table_[copy]) {
      if (other.parent != parent && !forest_.IsBelow(other.parent, copy) &&
          other.copied >= kEnough * copied) {
        others.push_back(&other);
      }
    }
    std::stable_sort(others.begin(), others.end(),
                     [](auto* a, auto* b) { return a->total() > b->total(); });
    others.resize(std::min(others.size(), kMostOthers));
    for (const Candidate* other : others) {
      const double doubt = Confidence(Look(copy, other->parent));
      if (doubt >= kAbsentFrom) continue;
      if (other->copied >= kAsMuch * copied) parent = other->parent;
      return doubt;
    }
    return confidence;
  }

  uint32_t CopiedFrom(uint32_t copy, uint32_t parent) const {
    for (const Candidate& candidate : table_[copy]) {
      if (candidate.parent == parent) return candidate.copied;
    }
    return 0;
  }

  static double Confidence(const Conflict& conflict) {
    const double share =
        conflict.witnesses == 0 ? 0 : conflict.conflicting / conflict.witnesses;
    const bool is_pair =
        std::min(conflict.copy_own, conflict.parent_own) > kPairOwn &&
        std::max(conflict.copy_own, conflict.parent_own) < kPairMostOwn &&
        std::min(conflict.copy_runs, conflict.parent_runs) >= 2;
    const double nats = kAbsentBias + kAbsentShare * share +
                        kAbsentSites * std::min(conflict.strong, 4.0) +
                        (conflict.conflicting > 1 ? kAbsentMore : 0) +
                        (is_pair && conflict.others == 0 ? kAbsentPair : 0);
    return 1 / (1 + std::exp(-nats));
  }

  Conflict Look(uint32_t copy, uint32_t parent) const {
    const Description description =
        TextAutomaton(texts_[parent]).Describe(texts_[copy]);
    Conflict conflict;
    LookAtOwn(description, copy, parent, &conflict);
    LookAtWitnesses(description, copy, parent, &conflict);
    return conflict;
  }

  void LookAtOwn(const Description& description, uint32_t copy, uint32_t parent,
                 Conflict* conflict) const {
    std::vector<TokenSpan> used;
    uint32_t end = 0;
    uint64_t own = 0;
    const auto run = [](uint32_t length, double* runs, uint64_t* words) {
      if (length < kLongRun) return;
      *runs += 1;
      *words += length;
    };
    for (const CopiedBlock& block : description.blocks) {
      if (block.length < 4) continue;
      run(block.copy - end, &conflict->copy_runs, &own);
      end = block.copy_end();
      used.push_back({block.source, block.source_end()});
      conflict->blocks += 1;
    }
    run(static_cast<uint32_t>(texts_[copy].size()) - end, &conflict->copy_runs,
        &own);
    conflict->copy_own =
        static_cast<double>(own) / static_cast<double>(texts_[copy].size());
    std::sort(used.begin(), used.end(),
              [](TokenSpan a, TokenSpan b) { return a.begin < b.begin; });
    end = 0;
    own = 0;
    for (const TokenSpan span : used) {
      if (span.begin > end) {
        run(span.begin - end, &conflict->parent_runs, &own);
      }
      end = std::max(end, span.end);
    }
    run(static_cast<uint32_t>(texts_[parent].size()) - end,
        &conflict->parent_runs, &own);
    conflict->parent_own =
        static_cast<double>(own) / static_cast<double>(texts_[parent].size());
  }

  // The site with two tokens on either side, which a block always has.
  static std::span<const TokenCode> Reading(std::span<const TokenCode> text,
                                            TokenSpan site) {
    return text.subspan(site.begin - 2, site.size() + 4);
  }

  void LookAtWitnesses(const Description& description, uint32_t copy,
                       uint32_t parent, Conflict* conflict) const {
    const std::vector<VariantSite> sites = VariantSites(description);
    std::vector<bool> is_contested(sites.size(), false);
    size_t looked = 0;
    for (const Candidate& candidate : table_[copy]) {
      const uint32_t witness = candidate.parent;
      if (witness == parent || forest_.IsBelow(witness, copy)) continue;
      conflict->others += 1;
      if (++looked > kMostWitnesses) break;
      std::vector<size_t> for_copy;
      uint32_t for_parent = 0;
      for (size_t i = 0; i < sites.size(); ++i) {
        const bool has_copys =
            bigrams_[witness].Holds(Reading(texts_[copy], sites[i].copy));
        const bool has_parents =
            bigrams_[witness].Holds(Reading(texts_[parent], sites[i].source));
        if (has_copys && !has_parents) for_copy.push_back(i);
        if (has_parents && !has_copys) ++for_parent;
      }
      if (for_copy.empty() && for_parent == 0) continue;
      conflict->witnesses += 1;
      if (for_copy.empty() || for_parent == 0) continue;
      conflict->conflicting += 1;
      for (const size_t i : for_copy) is_contested[i] = true;
    }
    for (size_t i = 0; i < sites.size(); ++i) {
      if (!is_contested[i]) continue;
      conflict->sites += 1;
      conflict->strong += sites[i].copy.size() > 0 ? 1 : 0;
    }
  }

  static void Number(const std::vector<bool>& is_absent, UnionFind* sources,
                     std::vector<uint32_t>* groups) {
    std::vector<uint32_t> numbers(is_absent.size());
    uint32_t used = 0;
    for (uint32_t i = 0; i < is_absent.size(); ++i) {
      if (!is_absent[i]) continue;
      uint32_t& number = numbers[sources->Find(i)];
      if (number == 0) number = ++used;
      (*groups)[i] = number;
    }
  }

  TextSpans texts_;
  std::span<const Clock> clocks_;
  const CandidateTable& table_;
  Forest& forest_;
  std::vector<BigramSet> bigrams_;
};

}  // namespace

AbsentSources FindAbsentSources(TextSpans texts, std::span<const Clock> clocks,
                                const CandidateTable& table, Forest* forest) {
  return AbsentSourceFinder(texts, clocks, table, forest).Run();
}

}  // namespace wirecopy
