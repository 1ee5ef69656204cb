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
// Other parents that are tried; they give a share of what the first gives: as
// much as makes them parents instead, or enough to throw doubt on an absent
// one.
constexpr size_t kMostOthers = 8;
constexpr double kAsMuch = 0.8;
constexpr double kEnough = 0.4;
constexpr uint32_t kLongRun = 8;  // tokens: more than an edit
constexpr uint32_t kLeastBlock = 4;
constexpr double kMostContested = 4;

// Tokens in long runs that the other text has not.
struct Own {
  double share = 0;
  uint32_t runs = 0;
};

// What speaks against a parent, and for a common source that is not here.
struct Conflict {
  bool has_others = false;  // that might be witnesses
  double witnesses = 0;     // texts that side with one of them somewhere
  double conflicting = 0;   // those that side with both
  // Sites where such a witness has the copy's words, which somebody put in: two
  // may leave out the same by chance.
  double contested = 0;
  Own copy;
  Own parent;
};

// `used` parts of a text, by begin.
Own OwnOf(std::span<const TokenSpan> used, size_t size) {
  Own own;
  uint64_t tokens = 0;
  uint32_t end = 0;
  const auto count = [&](uint32_t begin) {
    if (begin < end + kLongRun) return;
    ++own.runs;
    tokens += begin - end;
  };
  for (const TokenSpan span : used) {
    count(span.begin);
    end = std::max(end, span.end);
  }
  count(static_cast<uint32_t>(size));
  if (size > 0) {
    own.share = static_cast<double>(tokens) / static_cast<double>(size);
  }
  return own;
}

class AbsentSourceFinder {
 public:
  AbsentSourceFinder(TextSpans texts, const CandidateTable& table,
                     Forest* forest)
      : texts_(texts), table_(table), forest_(*forest) {
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
    const auto [least, most] =
        std::minmax(conflict.copy.share, conflict.parent.share);
    const bool is_pair = !conflict.has_others && least > kPairOwn &&
                         most < kPairMostOwn &&
                         std::min(conflict.copy.runs, conflict.parent.runs) > 1;
    const double nats =
        kAbsentBias + kAbsentShare * share +
        kAbsentSites * std::min(conflict.contested, kMostContested) +
        (conflict.conflicting > 1 ? kAbsentMore : 0) +
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
    std::vector<TokenSpan> here;
    std::vector<TokenSpan> there;
    for (const CopiedBlock& block : description.blocks) {
      if (block.length < kLeastBlock) continue;
      here.push_back({block.copy, block.copy_end()});
      there.push_back({block.source, block.source_end()});
    }
    std::sort(there.begin(), there.end(),
              [](TokenSpan a, TokenSpan b) { return a.begin < b.begin; });
    conflict->copy = OwnOf(here, texts_[copy].size());
    conflict->parent = OwnOf(there, texts_[parent].size());
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
      conflict->has_others = true;
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
      if (is_contested[i] && sites[i].copy.size() > 0) conflict->contested += 1;
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
  const CandidateTable& table_;
  Forest& forest_;
  std::vector<BigramSet> bigrams_;
};

}  // namespace

AbsentSources FindAbsentSources(TextSpans texts, const CandidateTable& table,
                                Forest* forest) {
  return AbsentSourceFinder(texts, table, forest).Run();
}

}  // namespace wirecopy
