#include "provenance/absent_source.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>

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
constexpr size_t kMostContested = 4;

// Tokens in long runs that the other text has not.
struct Own {
  double share = 0;
  uint32_t runs = 0;
};

// What speaks against a parent, and for a common source that is not here.
struct Conflict {
  bool has_others = false;  // that might be witnesses
  double sites = 0;         // nats of those that witnesses contest
  Own copy;
  Own parent;
  double evidence = 0;  // nats, of a direction
};

// Who has which words at a site. A witness is in conflict if it sides with the
// copy somewhere and with the parent elsewhere: only such count for the copy.
struct SiteVoices {
  double for_copy = 0;
  double all = 0;
};

// What a site that the copy shares with others says for an absent source, where
// `by_chance` texts may be expected to have made the same edit. Those are
// copied in turn, so that their number has the long tail of the sizes of clades
// (Yule 1925): the chance of n or more is by_chance / (by_chance + n). Of an
// absent source half of the sites are the copy's own edits as well; at the
// other half any number is as likely.
double SiteNats(const SiteVoices& voices, double by_chance) {
  const double n = by_chance + voices.for_copy;
  const double chance = by_chance / (n * (n + 1));
  const double shared = 1 / (voices.all + 1);
  return std::log((1 + shared / chance) / 2);
}

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

// Of the sites that say most. Two may leave out the same by chance, so only
// those count where the copy has words.
double NatsOf(std::span<const VariantSite> sites,
              std::span<const SiteVoices> voices, double by_chance) {
  std::vector<double> nats;
  for (size_t i = 0; i < sites.size(); ++i) {
    if (sites[i].copy.size() == 0 || voices[i].for_copy == 0) continue;
    nats.push_back(SiteNats(voices[i], by_chance));
  }
  std::sort(nats.begin(), nats.end(), std::greater<>());
  nats.resize(std::min(nats.size(), kMostContested));
  return std::accumulate(nats.begin(), nats.end(), 0.0);
}

class AbsentSourceFinder {
 public:
  AbsentSourceFinder(TextSpans texts, const CandidateTable& table,
                     Forest* forest)
      : texts_(texts),
        table_(table),
        forest_(*forest),
        by_chance_(texts.size()) {
    bigrams_.reserve(texts.size());
    for (const auto text : texts) bigrams_.emplace_back(text);
    for (const std::vector<uint32_t>& tree : TreesOf(forest_)) {
      const double by_chance = kSameEdit * static_cast<double>(tree.size());
      for (const uint32_t text : tree) by_chance_[text] = by_chance;
    }
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
    const uint32_t parent = *forest_.parents[copy];
    const double confidence = Confidence(Look(copy, parent));
    if (confidence < kAbsentFrom) return confidence;
    const uint32_t copied = CandidateOf(copy, parent).copied;
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
      if (other->copied >= kAsMuch * copied) {
        ReplaceParent(table_, copy, other->parent, &forest_);
      }
      return doubt;
    }
    return confidence;
  }

  Candidate CandidateOf(uint32_t copy, uint32_t parent) const {
    const Candidate* const found = FindCandidate(table_[copy], parent);
    return found == nullptr ? Candidate() : *found;
  }

  static double Confidence(const Conflict& conflict) {
    const auto [least, most] =
        std::minmax(conflict.copy.share, conflict.parent.share);
    const bool is_pair = !conflict.has_others && least > kPairOwn &&
                         most < kPairMostOwn &&
                         conflict.evidence < kPairEvidence &&
                         std::min(conflict.copy.runs, conflict.parent.runs) > 1;
    const double nats =
        kAbsentBias + conflict.sites + (is_pair ? kAbsentPair : 0);
    return 1 / (1 + std::exp(-nats));
  }

  Conflict Look(uint32_t copy, uint32_t parent) const {
    const Description description =
        TextAutomaton(texts_[parent]).Describe(texts_[copy]);
    Conflict conflict;
    conflict.evidence = std::abs(CandidateOf(copy, parent).evidence);
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

  // The candidates of the copy that do not come from it; of many, some from
  // all over the list.
  std::vector<uint32_t> Witnesses(uint32_t copy, uint32_t parent) const {
    std::vector<uint32_t> all;
    all.reserve(table_[copy].size());
    for (const Candidate& c : table_[copy]) all.push_back(c.parent);
    std::erase_if(all, [&](uint32_t witness) {
      return witness == parent || forest_.IsBelow(witness, copy);
    });
    if (all.size() <= kMostWitnesses) return all;
    std::vector<uint32_t> some(kMostWitnesses);
    for (size_t i = 0; i < some.size(); ++i) {
      some[i] = all[i * all.size() / some.size()];
    }
    return some;
  }

  void LookAtWitnesses(const Description& description, uint32_t copy,
                       uint32_t parent, Conflict* conflict) const {
    const std::vector<VariantSite> sites = VariantSites(description);
    const std::vector<uint32_t> witnesses = Witnesses(copy, parent);
    conflict->has_others = !witnesses.empty();
    std::vector<SiteVoices> voices(sites.size());
    for (const uint32_t witness : witnesses) {
      std::vector<size_t> for_copy;
      std::vector<size_t> for_parent;
      for (size_t i = 0; i < sites.size(); ++i) {
        const bool has_copys =
            bigrams_[witness].Holds(Reading(texts_[copy], sites[i].copy));
        const bool has_parents =
            bigrams_[witness].Holds(Reading(texts_[parent], sites[i].source));
        if (has_copys != has_parents) {
          (has_copys ? for_copy : for_parent).push_back(i);
          voices[i].all += 1;
        }
      }
      if (for_parent.empty()) continue;
      for (const size_t i : for_copy) voices[i].for_copy += 1;
    }
    conflict->sites = NatsOf(sites, voices, by_chance_[copy]);
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
  std::vector<double> by_chance_;  // other texts of its tree with its edit
};

}  // namespace

AbsentSources FindAbsentSources(TextSpans texts, const CandidateTable& table,
                                Forest* forest) {
  return AbsentSourceFinder(texts, table, forest).Run();
}

}  // namespace wirecopy
