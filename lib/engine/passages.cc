#include "wirecopy/passages.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/keep_order.h"
#include "engine/passage_pairs.h"
#include "engine/passage_sides.h"
#include "engine/token_store.h"
#include "passage/families.h"
#include "passage/groups.h"
#include "passage/kinds.h"
#include "passage/report_rule.h"

namespace wirecopy {
namespace {

// A passage with all that is known of it.
struct FullPassage {
  uint32_t a = 0;
  uint32_t b = 0;
  DescribedPassage described;
  bool is_furniture = false;
};

// Calls visit(begin, end) for the passages of each pair.
template <typename Passages, typename Visit>
void ForEachPair(const Passages& passages, Visit visit) {
  for (size_t begin = 0; begin < passages.size();) {
    size_t end = begin + 1;
    while (end < passages.size() && passages[end].a == passages[begin].a &&
           passages[end].b == passages[begin].b) {
      ++end;
    }
    visit(begin, end);
    begin = end;
  }
}

// Those that are worth reporting.
std::vector<FullPassage> Report(const PassageOptions& options,
                                std::span<const PairPassage> passages,
                                std::span<const DescribedPassage> described) {
  const ReportRule rule(options);
  std::vector<FullPassage> kept;
  std::vector<bool> keeps;
  ForEachPair(passages, [&](size_t begin, size_t end) {
    rule.Choose(described.subspan(begin, end - begin), &keeps);
    for (size_t i = begin; i < end; ++i) {
      if (!keeps[i - begin]) continue;
      kept.push_back({passages[i].a, passages[i].b, described[i],
                      passages[i].is_furniture});
    }
  });
  return kept;
}

// By document: from 1, or 0 where nobody is known.
std::vector<uint32_t> NumberPublishers(const DocumentSource& source) {
  absl::flat_hash_map<std::string, uint32_t> numbers;
  std::vector<uint32_t> result;
  result.reserve(source.size());
  for (uint32_t d = 0; d < source.size(); ++d) {
    const std::string_view publisher = source.Publisher(d);
    if (publisher.empty()) {
      result.push_back(0);
      continue;
    }
    const auto next = static_cast<uint32_t>(numbers.size() + 1);
    result.push_back(
        numbers.try_emplace(std::string(publisher), next).first->second);
  }
  return result;
}

std::vector<PassagePlaces> PlacesOf(std::span<const FullPassage> passages) {
  std::vector<PassagePlaces> places;
  places.reserve(passages.size());
  for (const FullPassage& passage : passages) {
    places.push_back({{passage.a, passage.described.tokens.a},
                      {passage.b, passage.described.tokens.b}});
  }
  return places;
}

// Puts together what is known of groups: which of them are boilerplate.
class BoilerplateFinder {
 public:
  BoilerplateFinder(std::span<const uint32_t> sizes,
                    std::span<const FullPassage> passages, UnionFind* families)
      : sizes_(sizes), passages_(passages), families_(*families) {}

  std::vector<bool> Find(const PassageGroups& groups) {
    std::vector<bool> has_rights_words(groups.members.size());
    for (size_t i = 0; i < passages_.size(); ++i) {
      const DescribedPassage& passage = passages_[i].described;
      if (passage.a.cues.rights && passage.b.cues.rights) {
        has_rights_words[groups.group_of[i]] = true;
      }
    }
    std::vector<bool> result(groups.members.size());
    for (size_t g = 0; g < groups.members.size(); ++g) {
      result[g] = IsBoilerplate(Spread(groups.members[g]), has_rights_words[g]);
    }
    return result;
  }

 private:
  GroupSpread Spread(std::span<const uint32_t> members);

  std::span<const uint32_t> sizes_;
  std::span<const FullPassage> passages_;
  UnionFind& families_;
};

GroupSpread BoilerplateFinder::Spread(std::span<const uint32_t> members) {
  GroupSpread spread;
  std::vector<uint32_t> families;
  uint32_t last = 0;
  uint32_t at_begin = 0;
  uint32_t at_end = 0;
  for (const uint32_t side : members) {
    const FullPassage& passage = passages_[side / 2];
    const bool is_a = side % 2 == 0;
    const uint32_t document = is_a ? passage.a : passage.b;
    const TokenPassage& tokens = passage.described.tokens;
    const EdgeDistance distance =
        DistanceFromEdges(is_a ? tokens.a : tokens.b, sizes_[document]);
    // What is near both is most of a short document.
    at_begin += distance.IsAtBegin() && !distance.IsAtEnd() ? 1 : 0;
    at_end += distance.IsAtEnd() && !distance.IsAtBegin() ? 1 : 0;
    if (spread.documents > 0 && document == last) continue;
    last = document;
    ++spread.documents;
    families.push_back(families_.Find(document));
  }
  spread.at_edge = static_cast<double>(std::max(at_begin, at_end)) /
                   static_cast<double>(members.size());
  std::sort(families.begin(), families.end());
  spread.families = static_cast<uint32_t>(
      std::unique(families.begin(), families.end()) - families.begin());
  return spread;
}

// By passage.
std::vector<PassageKind> Classify(std::span<const FullPassage> passages,
                                  const PassageGroups& groups,
                                  const std::vector<bool>& is_boilerplate) {
  std::vector<PassageKind> kinds;
  std::vector<DescribedPassage> of_pair;
  std::vector<bool> boilerplate;
  std::vector<PassageKind> of_kinds;
  ForEachPair(passages, [&](size_t begin, size_t end) {
    if (passages[begin].a == passages[begin].b) {
      kinds.resize(end, PassageKind::kSelf);
      return;
    }
    of_pair.clear();
    boilerplate.clear();
    for (size_t i = begin; i < end; ++i) {
      of_pair.push_back(passages[i].described);
      boilerplate.push_back(passages[i].is_furniture ||
                            is_boilerplate[groups.group_of[i]]);
    }
    ClassifyPair(of_pair, boilerplate, &of_kinds);
    kinds.insert(kinds.end(), of_kinds.begin(), of_kinds.end());
  });
  return kinds;
}

OffsetSpan ToOffsets(ByteSpan span) { return {span.begin, span.end}; }

std::vector<ReusedPassage> ToPassages(std::span<const FullPassage> passages,
                                      const PassageGroups& groups,
                                      std::span<const PassageKind> kinds) {
  std::vector<ReusedPassage> result;
  result.reserve(passages.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    const auto& [a, b, described, is_furniture] = passages[i];
    const auto spans = LocatePassage(described, kinds[i]);
    result.push_back({a, b, ToOffsets(spans.first), ToOffsets(spans.second),
                      described.tokens.words, described.tokens.edits, kinds[i],
                      groups.group_of[i]});
  }
  return result;
}

std::vector<PassageGroup> ToGroups(const PassageGroups& groups,
                                   std::span<const uint32_t> rank,
                                   std::span<const ReusedPassage> passages) {
  constexpr size_t kKinds = 5;
  std::vector<PassageGroup> result(groups.members.size());
  std::vector<std::array<uint32_t, kKinds>> votes(groups.members.size());
  for (const ReusedPassage& passage : passages) {
    ++votes[passage.group][static_cast<size_t>(passage.kind)];
  }
  for (size_t g = 0; g < result.size(); ++g) {
    PassageGroup& group = result[g];
    for (const uint32_t side : groups.members[g]) {
      const ReusedPassage& passage = passages[side / 2];
      group.members.push_back(
          side % 2 == 0 ? PassageGroup::Member{passage.a, passage.a_span}
                        : PassageGroup::Member{passage.b, passage.b_span});
    }
    for (uint32_t i = 1; i < group.members.size(); ++i) {
      if (rank[group.members[i].document] <
          rank[group.members[group.first].document]) {
        group.first = i;
      }
    }
    group.kind = static_cast<PassageKind>(
        std::max_element(votes[g].begin(), votes[g].end()) - votes[g].begin());
  }
  return result;
}

}  // namespace

absl::Status Validate(const PassagesOptions& options) {
  if (options.threads < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.threads, " threads: must be at least 1"));
  }
  if (options.most_documents == 1) {
    return absl::InvalidArgumentError(
        "a fingerprint of at most 1 document brings nobody together: must be "
        "2 or more, or 0 for as many as is affordable");
  }
  return Validate(options.passage);
}

absl::StatusOr<PassagesResult> FindPassages(const PassagesOptions& options,
                                            DocumentSource* source) {
  WIRECOPY_RETURN_IF_ERROR(Validate(options));
  WIRECOPY_ASSIGN_OR_RETURN(
      const TokenStore store,
      TokenStore::Scan(options.passage, options.threads, source));
  const std::vector<uint32_t> order =
      KeepOrder(KeepPolicy::kEarliest, *source, {});
  std::vector<uint32_t> rank(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  PassagesResult result;
  std::vector<FullPassage> passages;
  std::vector<uint32_t> furniture;
  {
    PassagePairs pairs =
        FindPassagePairs(options, store, order, NumberPublishers(*source));
    result.stats = pairs.stats;
    furniture = std::move(pairs.furniture);
    DescribedPassages described =
        DescribePassages(options, *source, pairs.passages);
    result.lengths = std::move(described.lengths);
    passages = Report(options.passage, pairs.passages, described.passages);
  }
  WIRECOPY_RETURN_IF_ERROR(source->ReadError());
  std::vector<uint32_t> sizes;
  std::vector<uint32_t> own_sizes;
  for (uint32_t d = 0; d < store.size(); ++d) {
    sizes.push_back(static_cast<uint32_t>(store.Codes(d).size()));
    own_sizes.push_back(sizes[d] - furniture[d]);
  }
  const std::vector<PassagePlaces> places = PlacesOf(passages);
  std::vector<bool> is_furniture;
  is_furniture.reserve(passages.size());
  for (const FullPassage& passage : passages) {
    is_furniture.push_back(passage.is_furniture);
  }
  UnionFind families = FindFamilies(places, is_furniture, sizes, own_sizes);
  const PassageGroups groups = GroupPassages(places);
  const std::vector<bool> is_boilerplate =
      BoilerplateFinder(sizes, passages, &families).Find(groups);
  result.passages =
      ToPassages(passages, groups, Classify(passages, groups, is_boilerplate));
  result.groups = ToGroups(groups, rank, result.passages);
  ForEachPair(passages, [&result](size_t, size_t) { ++result.stats.pairs; });
  return result;
}

}  // namespace wirecopy
