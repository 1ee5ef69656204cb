#include "engine/family_lineage.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "base/parallel.h"
#include "cluster/union_find.h"
#include "passage/pair_ranges.h"
#include "provenance/agency_source.h"
#include "provenance/clock.h"
#include "provenance/duplicate_classes.h"

namespace wirecopy {
namespace {

// A date alone may be half a day off its noon, and a time without a zone about
// as much off what it says.
constexpr double kDateError = 12 * 3600.0;

// Documents that share what is no mere quotation: families by rising first
// member, members by rank.
std::vector<std::vector<uint32_t>> FindMembers(const LineageCorpus& corpus) {
  UnionFind components(corpus.store.size());
  std::vector<bool> is_member(corpus.store.size());
  for (const ReusedPassage& passage : corpus.passages) {
    if (passage.kind != PassageKind::kCopy) continue;
    components.Union(passage.a, passage.b);
    is_member[passage.a] = is_member[passage.b] = true;
  }
  std::vector<std::vector<uint32_t>> families;
  absl::flat_hash_map<uint32_t, size_t> numbers;
  for (uint32_t d = 0; d < is_member.size(); ++d) {
    if (!is_member[d]) continue;
    const auto [found, is_new] =
        numbers.try_emplace(components.Find(d), families.size());
    if (is_new) families.emplace_back();
    families[found->second].push_back(d);
  }
  for (auto& members : families) {
    std::sort(members.begin(), members.end(), [&](uint32_t x, uint32_t y) {
      return corpus.rank[x] < corpus.rank[y];
    });
  }
  return families;
}

// A document's own tokens: without what sites print around their articles.
class OwnTokens {
 public:
  explicit OwnTokens(const LineageCorpus& corpus)
      : store_(corpus.store), boilerplate_(corpus.store.size()) {
    for (size_t i = 0; i < corpus.passages.size(); ++i) {
      if (corpus.passages[i].kind != PassageKind::kBoilerplate) continue;
      const PassagePlaces& places = corpus.places[i];
      boilerplate_[places.a.document].push_back(places.a.tokens);
      boilerplate_[places.b.document].push_back(places.b.tokens);
    }
    for (size_t d = 0; d < boilerplate_.size(); ++d) {
      boilerplate_[d].insert(boilerplate_[d].end(), corpus.furniture[d].begin(),
                             corpus.furniture[d].end());
    }
  }

  std::vector<TokenCode> Of(uint32_t document) const {
    const std::span<const TokenCode> codes = store_.Codes(document);
    std::vector<bool> is_own(codes.size(), true);
    for (const TokenSpan span : boilerplate_[document]) {
      std::fill(is_own.begin() + span.begin, is_own.begin() + span.end, false);
    }
    std::vector<TokenCode> own;
    own.reserve(codes.size());
    for (size_t i = 0; i < codes.size(); ++i) {
      if (is_own[i]) own.push_back(codes[i]);
    }
    return own;
  }

 private:
  const TokenStore& store_;
  std::vector<std::vector<TokenSpan>> boilerplate_;  // by document
};

// One family as TraceLineage wants it, which needs numbers from 0.
class FamilyBuilder {
 public:
  FamilyBuilder(const LineageCorpus& corpus, const OwnTokens& own,
                std::span<const uint32_t> members)
      : corpus_(corpus) {
    tokens_.reserve(members.size());
    members_.reserve(members.size());
    for (const uint32_t document : members) {
      numbers_.emplace(document, static_cast<uint32_t>(tokens_.size()));
      tokens_.push_back(own.Of(document));
      members_.push_back(Describe(document));
      members_.back().tokens = tokens_.back();
    }
  }

  // `pairs` are those of the family.
  std::vector<MemberLineage> Trace(std::span<const PairHint> pairs) {
    AddPairs(pairs);
    if (NothingTells()) return AllUndecided();
    std::vector<MemberLineage> lineage =
        TraceLineage({members_, pairs_, evidence_, ClocksTell()});
    MoveToAgencies(agencies_, &lineage);
    return lineage;
  }

 private:
  // Whether any two members are known to be of different times: then those
  // that end first and begin last are.
  bool ClocksTell() const {
    Clock first;
    Clock last;
    for (const FamilyMember& member : members_) {
      const Clock clock = ClockOf(member);
      if (!clock.seconds) continue;
      if (!first.seconds || EndOf(clock) < EndOf(first)) first = clock;
      if (!last.seconds || BeginOf(clock) > BeginOf(last)) last = clock;
    }
    return IsEarlier(first, last) > 0.5;
  }

  // Whether all say the same, word by word, and nothing besides tells any of
  // them from another: each may be the first.
  bool NothingTells() const {
    return evidence_.empty() && agencies_.empty() && !ClocksTell() &&
           std::all_of(tokens_.begin(), tokens_.end(),
                       [this](const std::vector<TokenCode>& tokens) {
                         return tokens == tokens_[0];
                       });
  }

  // One of them is the first, and every other is as likely a parent as any.
  std::vector<MemberLineage> AllUndecided() const {
    std::vector<MemberLineage> lineage(members_.size());
    const double each = 1 / static_cast<double>(members_.size());
    if (each < kLeastRunnerUp) return lineage;
    for (uint32_t member = 0; member < lineage.size(); ++member) {
      std::vector<ParentChoice>& shown = lineage[member].runners_up;
      for (uint32_t other = 0; other < lineage.size(); ++other) {
        if (other == member || shown.size() == kMostRunnersUp) continue;
        shown.push_back({other, each, tokens_[0].size(), each});
      }
    }
    return lineage;
  }

  FamilyMember Describe(uint32_t document) const {
    FamilyMember member;
    const PublicationTime published = corpus_.texts.Of(document).published;
    if (published.is_known) {
      member.seconds_length = absl::ToDoubleSeconds(StatedLength(published));
      member.seconds =
          absl::ToDoubleSeconds(published.time - absl::UnixEpoch()) +
          member.seconds_length / 2;
      member.seconds_error = published.is_uncertain ? kDateError : 0;
    }
    return member;
  }

  void AddPairs(std::span<const PairHint> pairs) {
    const auto size = static_cast<uint32_t>(members_.size());
    for (const PairHint& pair : pairs) {
      const uint32_t first = numbers_.at(pair.first);
      const uint32_t second = numbers_.at(pair.second);
      if (size > kEveryPair) {
        pairs_.push_back({std::min(first, second), std::max(first, second)});
      }
      if (!pair.agency.empty()) {
        agencies_.push_back({first, second, pair.agency});
      }
      if (pair.log_odds == 0) continue;
      evidence_.push_back({first, second, pair.log_odds});
    }
    if (size > kEveryPair) {
      std::sort(pairs_.begin(), pairs_.end(),
                [](const Family::Pair& x, const Family::Pair& y) {
                  return std::tie(x.first, x.second) <
                         std::tie(y.first, y.second);
                });
      return;
    }
    for (uint32_t first = 0; first < size; ++first) {
      for (uint32_t second = first + 1; second < size; ++second) {
        pairs_.push_back({first, second});
      }
    }
  }

  const LineageCorpus& corpus_;
  absl::flat_hash_map<uint32_t, uint32_t> numbers_;  // by document
  std::vector<std::vector<TokenCode>> tokens_;
  std::vector<FamilyMember> members_;
  std::vector<Family::Pair> pairs_;
  std::vector<MemberEvidence> evidence_;
  std::vector<CommonAgency> agencies_;
};

std::vector<LineageParent> ToParents(std::span<const ParentChoice> choices,
                                     std::span<const uint32_t> members) {
  std::vector<LineageParent> parents;
  parents.reserve(choices.size());
  for (const ParentChoice& choice : choices) {
    parents.push_back({members[choice.member], choice.confidence, choice.words,
                       choice.share});
  }
  return parents;
}

LineageRecord ToRecord(uint32_t document, const MemberLineage& lineage,
                       std::span<const uint32_t> members) {
  LineageRecord record;
  record.document = document;
  switch (lineage.status) {
    case MemberStatus::kRoot:
      record.status = LineageStatus::kRoot;
      break;
    case MemberStatus::kCopy:
      record.status = LineageStatus::kCopy;
      break;
    case MemberStatus::kHiddenSource:
      record.status = LineageStatus::kHiddenSource;
      break;
    case MemberStatus::kUndecided:
      record.status = LineageStatus::kUndecided;
      break;
  }
  record.parents = ToParents(lineage.parents, members);
  record.runners_up = ToParents(lineage.runners_up, members);
  record.absent_confidence = lineage.absent_confidence;
  record.clock_overruled = lineage.clock_overruled;
  return record;
}

// What is in hand while families become a corpus's lineage.
struct Component {
  std::vector<uint32_t> members;
  std::vector<PairHint> pairs;
  std::vector<MemberLineage> lineage;
};

std::vector<Component> FindComponents(const LineageCorpus& corpus) {
  std::vector<Component> components;
  std::vector<size_t> component_of(corpus.store.size(), SIZE_MAX);
  for (auto& members : FindMembers(corpus)) {
    for (const uint32_t d : members) component_of[d] = components.size();
    components.push_back({std::move(members), {}, {}});
  }
  for (const PairHint& pair : corpus.pairs) {
    const size_t component = component_of[pair.first];
    if (component == SIZE_MAX || component != component_of[pair.second]) {
      continue;
    }
    components[component].pairs.push_back(pair);
  }
  return components;
}

}  // namespace

CorpusLineage TraceFamilies(const LineageCorpus& corpus, int threads) {
  const OwnTokens own(corpus);
  std::vector<Component> components = FindComponents(corpus);
  ParallelFor(threads, components.size(), [&](int /*worker*/, size_t i) {
    Component& component = components[i];
    component.lineage =
        FamilyBuilder(corpus, own, component.members).Trace(component.pairs);
  });
  std::vector<std::pair<LineageRecord, Twin>> records;
  uint32_t source_groups = 0;
  for (uint32_t c = 0; c < components.size(); ++c) {
    const Component& component = components[c];
    uint32_t most = 0;
    for (size_t i = 0; i < component.members.size(); ++i) {
      const MemberLineage& lineage = component.lineage[i];
      LineageRecord record =
          ToRecord(component.members[i], lineage, component.members);
      record.family = c;
      if (lineage.source_group != 0) {
        record.source_group = source_groups + lineage.source_group;
      }
      most = std::max(most, lineage.source_group);
      const Twin twin = {component.members[lineage.twin], lineage.is_like_twin};
      records.emplace_back(std::move(record), twin);
    }
    source_groups += most;
  }
  return {std::move(records), corpus.rank};
}

std::vector<std::pair<uint32_t, uint32_t>> PairsToAlign(
    const CorpusLineage& lineage, std::span<const ReusedPassage> passages) {
  absl::flat_hash_set<std::pair<uint32_t, uint32_t>> known;
  for (size_t i = 0; i < passages.size(); i = EndOfPair(passages, i)) {
    known.insert({passages[i].a, passages[i].b});
  }
  std::vector<std::pair<uint32_t, uint32_t>> missing;
  for (const LineageRecord& record : lineage.records()) {
    for (const LineageParent& parent : record.parents) {
      const std::pair<uint32_t, uint32_t> pair =
          std::minmax(record.document, parent.document);
      if (known.insert(pair).second) missing.push_back(pair);
    }
  }
  return missing;
}

}  // namespace wirecopy
