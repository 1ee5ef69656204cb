#include "report/trace_links.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace wirecopy {
namespace {

std::optional<size_t> Family(const TraceRecords& records, size_t document) {
  const auto& lineage = records.documents[document].lineage;
  if (!lineage.has_value()) return std::nullopt;
  return lineage->family;
}

LinkKind KindOf(const TraceRecords& records, const GraphLink& link) {
  if (link.source >= records.documents.size()) return LinkKind::kAbsent;
  if (link.lineage) return LinkKind::kDescent;
  const std::optional<size_t> family = Family(records, link.source);
  const bool together =
      family.has_value() && family == Family(records, link.target);
  return together ? LinkKind::kIndirect : LinkKind::kAcross;
}

// Where links of a kind stand among the others.
int PlaceOf(LinkKind kind) {
  return kind == LinkKind::kDescent ? 0 : kind == LinkKind::kAbsent ? 1 : 2;
}

// Of a document's links with another family the one of the most words stands
// for all.
void KeepStrongestBetweenFamilies(const TraceRecords& records,
                                  std::vector<TraceLink>* links) {
  std::map<std::pair<size_t, size_t>, TraceLink*> strongest;
  for (TraceLink& link : *links) {
    if (link.kind != LinkKind::kAcross) continue;
    const std::optional<size_t> from = Family(records, link.from);
    if (!from.has_value() || !Family(records, link.to).has_value()) continue;
    TraceLink*& best = strongest[{link.to, *from}];
    if (best == nullptr) {
      best = &link;
    } else if (link.words > best->words) {
      best->kind = LinkKind::kIndirect;
      best = &link;
    } else {
      link.kind = LinkKind::kIndirect;
    }
  }
}

// Sets of documents that stand together.
class Sets {
 public:
  explicit Sets(const TraceRecords& records)
      : parent_(records.documents.size()),
        size_(parent_.size(), 1),
        has_family_(parent_.size()) {
    std::iota(parent_.begin(), parent_.end(), size_t{0});
    for (size_t i = 0; i < parent_.size(); ++i) {
      has_family_[i] = records.documents[i].lineage.has_value();
    }
    for (const TraceFamilyRecord& family : records.families) {
      for (const size_t member : family.members)
        Join(family.members[0], member);
    }
  }

  size_t Find(size_t document) {
    while (parent_[document] != document) {
      parent_[document] = parent_[parent_[document]];
      document = parent_[document];
    }
    return document;
  }

  // What quotes a family joins it; two families join where they share more
  // than that, and are not large.
  void JoinAcross(const TraceLink& link) {
    const size_t x = Find(link.from);
    const size_t y = Find(link.to);
    const bool both_have_families = has_family_[x] && has_family_[y];
    const bool may_join =
        link.relation != "quotation" && size_[x] + size_[y] <= kMostJoined;
    if (!both_have_families || may_join) Join(x, y);
  }

 private:
  void Join(size_t x, size_t y) {
    x = Find(x);
    y = Find(y);
    if (x == y) return;
    if (has_family_[y]) std::swap(x, y);
    parent_[y] = x;
    size_[x] += size_[y];
  }

  std::vector<size_t> parent_;
  std::vector<size_t> size_;  // of a set, by its name
  std::vector<bool> has_family_;
};

// By the name of their set.
std::map<size_t, TraceGroup> GroupDocuments(const TraceRecords& records,
                                            const TraceLinks& links) {
  std::vector<const TraceLink*> across;
  for (const TraceLink& link : links.links) {
    if (link.kind == LinkKind::kAcross) across.push_back(&link);
  }
  // What quotes two families stands with the one that it has more from.
  std::stable_sort(across.begin(), across.end(),
                   [](const TraceLink* x, const TraceLink* y) {
                     return x->words > y->words;
                   });
  Sets sets(records);
  for (const TraceLink* link : across) sets.JoinAcross(*link);
  std::map<size_t, TraceGroup> by_name;
  for (size_t i = 0; i < records.documents.size(); ++i) {
    by_name[sets.Find(i)].documents.push_back(i);
  }
  return by_name;
}

// The families of groups, and their absent sources.
void AddFamilies(const TraceRecords& records, const TraceLinks& links,
                 std::map<size_t, TraceGroup>* groups) {
  std::vector<std::vector<size_t>> absent(records.families.size());
  for (size_t i = 0; i < links.absent.size(); ++i) {
    absent[links.absent[i].family].push_back(i);
  }
  for (auto& [name, group] : *groups) {
    std::set<size_t> families;
    for (const size_t document : group.documents) {
      const std::optional<size_t> family = Family(records, document);
      if (family.has_value()) families.insert(*family);
    }
    group.families.assign(families.begin(), families.end());
    for (const size_t family : families) {
      group.absent.insert(group.absent.end(), absent[family].begin(),
                          absent[family].end());
    }
  }
}

bool StandsBefore(const TraceGroup& x, const TraceGroup& y) {
  if (x.documents.size() != y.documents.size()) {
    return x.documents.size() > y.documents.size();
  }
  return x.documents[0] < y.documents[0];
}

}  // namespace

TraceLinks FindTraceLinks(const TraceRecords& records) {
  TraceGraph graph = MakeTraceGraph(records);
  TraceLinks result;
  result.absent = std::move(graph.absent);
  result.links.reserve(graph.links.size());
  for (const GraphLink& link : graph.links) {
    result.links.push_back({KindOf(records, link), link.source, link.target,
                            link.edge, link.words, link.relation,
                            link.directed});
  }
  std::stable_sort(result.links.begin(), result.links.end(),
                   [](const TraceLink& x, const TraceLink& y) {
                     return PlaceOf(x.kind) < PlaceOf(y.kind);
                   });
  KeepStrongestBetweenFamilies(records, &result.links);
  return result;
}

std::vector<TraceGroup> FindTraceGroups(const TraceRecords& records,
                                        const TraceLinks& links) {
  std::map<size_t, TraceGroup> by_name = GroupDocuments(records, links);
  AddFamilies(records, links, &by_name);
  std::vector<TraceGroup> groups;
  groups.reserve(by_name.size());
  TraceGroup rest;
  rest.is_linked = false;
  for (auto& [name, group] : by_name) {
    if (group.documents.size() > 1 || !group.families.empty()) {
      groups.push_back(std::move(group));
    } else {
      rest.documents.push_back(group.documents[0]);
    }
  }
  std::sort(groups.begin(), groups.end(), StandsBefore);
  if (!rest.documents.empty()) groups.push_back(std::move(rest));
  return groups;
}

}  // namespace wirecopy
