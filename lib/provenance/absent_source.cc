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
  double edits = 0;
};

class AbsentSourceFinder {
 public:
  AbsentSourceFinder(TextSpans texts, std::span<const Clock> clocks,
                     const CandidateTable& table, const Forest& forest)
      : texts_(texts), clocks_(clocks), table_(table), forest_(forest) {
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
      const uint32_t parent = *forest_.parents[copy];
      const double confidence = Confidence(Look(copy, parent));
      found.confidences[copy] = confidence;
      if (confidence < kAbsentFrom) continue;
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
  static double Confidence(const Conflict& conflict) {
    const double share =
        conflict.witnesses == 0 ? 0 : conflict.conflicting / conflict.witnesses;
    const bool is_pair =
        std::min(conflict.copy_own, conflict.parent_own) > 0.15 &&
        std::min(conflict.copy_runs, conflict.parent_runs) >= 2;
    const double nats = kAbsentBias + kAbsentShare * share +
                        kAbsentSites * std::log1p(conflict.sites) +
                        (is_pair ? kAbsentPair : 0);
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
    conflict->edits = static_cast<double>(VariantSites(description).size());
  }

  // The site with a token on either side.
  static std::span<const TokenCode> Reading(std::span<const TokenCode> text,
                                            TokenSpan site) {
    return text.subspan(site.begin - 1, site.size() + 2);
  }

  void LookAtWitnesses(const Description& description, uint32_t copy,
                       uint32_t parent, Conflict* conflict) const {
    const std::vector<VariantSite> sites = VariantSites(description);
    if (sites.empty()) return;
    std::vector<bool> is_contested(sites.size(), false);
    size_t looked = 0;
    for (const Candidate& candidate : table_[copy]) {
      const uint32_t witness = candidate.parent;
      if (witness == parent || forest_.IsBelow(witness, copy)) continue;
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
      const bool is_before =
          IsEarlier(clocks_[witness], clocks_[copy]).value_or(0) > 0.9;
      if (for_copy.empty() || (for_parent == 0 && !is_before)) continue;
      conflict->conflicting += 1;
      for (const size_t i : for_copy) is_contested[i] = true;
    }
    conflict->sites = static_cast<double>(
        std::count(is_contested.begin(), is_contested.end(), true));
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
  const Forest& forest_;
  std::vector<BigramSet> bigrams_;
};

}  // namespace

AbsentSources FindAbsentSources(TextSpans texts, std::span<const Clock> clocks,
                                const CandidateTable& table,
                                const Forest& forest) {
  return AbsentSourceFinder(texts, clocks, table, forest).Run();
}

}  // namespace wirecopy
