#include "engine/reconcile.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

const TraceEdge* FindEdge(std::span<const TraceEdge> edges, uint32_t x,
                          uint32_t y) {
  const auto [a, b] = std::minmax(x, y);
  const auto key = [](const TraceEdge& edge) {
    return std::pair(edge.a, edge.b);
  };
  const auto found = std::lower_bound(
      edges.begin(), edges.end(), std::pair(a, b),
      [&](const TraceEdge& edge, const std::pair<uint32_t, uint32_t>& pair) {
        return key(edge) < pair;
      });
  return found == edges.end() || key(*found) != std::pair(a, b) ? nullptr
                                                                : &*found;
}

bool IsDatedBefore(const TracedTexts& texts, uint32_t x, uint32_t y) {
  const PublicationTime of_x = texts.Of(x).published;
  const PublicationTime of_y = texts.Of(y).published;
  return of_x.is_known && of_y.is_known && of_x.time < of_y.time;
}

void MakeUndecided(LineageRecord* record) {
  record->status = LineageStatus::kUndecided;
  record->runners_up.insert(record->runners_up.begin(), record->parents.begin(),
                            record->parents.end());
  record->parents.clear();
  record->clock_overruled = false;
}

// A family of two, from its edge.
void TakeVerdict(const TraceEdge& edge, const TracedTexts& texts,
                 LineageRecord* x, LineageRecord* y) {
  for (LineageRecord* record : {x, y}) {
    const uint32_t other = record == x ? y->document : x->document;
    const LineageParent parent{other, edge.source ? edge.confidence : 0.5,
                               edge.words};
    record->parents.clear();
    record->runners_up.clear();
    record->clock_overruled = false;
    record->absent_confidence = 0;
    if (!edge.source) {
      record->status = LineageStatus::kUndecided;
      record->runners_up.push_back(parent);
    } else if (edge.source == other) {
      record->status = LineageStatus::kCopy;
      record->parents.push_back(parent);
      record->clock_overruled = IsDatedBefore(texts, record->document, other);
    } else {
      record->status = LineageStatus::kRoot;
    }
  }
}

// In a larger family.
void Reconsider(std::span<const TraceEdge> edges, LineageRecord* record) {
  const auto edge_with = [&](const LineageParent& parent) {
    return FindEdge(edges, record->document, parent.document);
  };
  const auto is_opposed = [&](const LineageParent& parent) {
    const TraceEdge* const edge = edge_with(parent);
    return edge != nullptr && edge->source == record->document;
  };
  for (LineageParent& parent : record->parents) {
    const TraceEdge* const edge = edge_with(parent);
    if (edge != nullptr) parent.words = edge->words;
  }
  if (record->parents.empty()) return;
  if (is_opposed(record->parents[0])) {
    MakeUndecided(record);
  } else {
    std::erase_if(record->parents, is_opposed);
  }
}

// What speaks most for a root being a copy: the edge by which it has the most
// words from another that does not go back to it, if that is as good as sure.
const TraceEdge* SourceOfRoot(std::span<const TraceEdge* const> edges,
                              const LineageRecord& root,
                              std::span<const uint32_t> rank,
                              const CorpusLineage& lineage) {
  constexpr double kSure = 0.9;
  const TraceEdge* best = nullptr;
  for (const TraceEdge* edge : edges) {
    const bool is_copy = edge->relation == Relation::kRepublication ||
                         edge->relation == Relation::kExcerpt ||
                         edge->relation == Relation::kUpdate;
    if (!is_copy || !edge->source || *edge->source == root.document) continue;
    if (edge->confidence < kSure) continue;
    if (best != nullptr && std::pair(best->words, rank[*edge->source]) >=
                               std::pair(edge->words, rank[*best->source])) {
      continue;
    }
    if (lineage.Of(*edge->source) == nullptr) continue;
    const std::vector<uint32_t> above = lineage.Ancestors(*edge->source);
    if (!std::binary_search(above.begin(), above.end(), root.document)) {
      best = edge;
    }
  }
  return best;
}

// A root that is a copy by its edges is one, and so is what was undecided; an
// undecided source of copies that has no source itself is a root.
void AdoptRoots(std::span<const TraceEdge> edges, const TracedTexts& texts,
                std::span<const uint32_t> rank, CorpusLineage* lineage) {
  // How sure it is of which source, where that one's kin have the text as well.
  constexpr double kOfSource = 0.75;
  std::vector<std::vector<const TraceEdge*>> of_document(texts.size());
  for (const TraceEdge& edge : edges) {
    of_document[edge.a].push_back(&edge);
    of_document[edge.b].push_back(&edge);
  }
  std::vector<LineageRecord*> roots;
  for (LineageRecord& record : lineage->records) {
    if (record.status == LineageStatus::kRoot ||
        record.status == LineageStatus::kUndecided) {
      roots.push_back(&record);
    }
  }
  std::sort(roots.begin(), roots.end(), [rank](const auto* x, const auto* y) {
    return rank[x->document] < rank[y->document];
  });
  for (LineageRecord* root : roots) {
    LineageRecord& record = *root;
    const TraceEdge* const edge =
        SourceOfRoot(of_document[record.document], record, rank, *lineage);
    if (edge == nullptr) continue;
    LineageRecord& source = *lineage->Find(*edge->source);
    if (source.status == LineageStatus::kUndecided &&
        SourceOfRoot(of_document[source.document], source, rank, *lineage) ==
            nullptr) {
      source.status = LineageStatus::kRoot;
    }
    record.status = LineageStatus::kCopy;
    record.parents = {
        {*edge->source, kOfSource * edge->confidence, edge->words}};
    std::erase_if(record.runners_up, [edge](const LineageParent& other) {
      return other.document == *edge->source;
    });
    record.clock_overruled =
        IsDatedBefore(texts, record.document, *edge->source);
  }
  lineage->NumberFamilies();
}

}  // namespace

void Reconcile(std::span<const TraceEdge> edges, const TracedTexts& texts,
               std::span<const uint32_t> rank, CorpusLineage* lineage) {
  AdoptRoots(edges, texts, rank, lineage);
  std::vector<std::vector<LineageRecord*>> families(lineage->families);
  for (LineageRecord& record : lineage->records) {
    families[record.family].push_back(&record);
  }
  for (const std::vector<LineageRecord*>& members : families) {
    const TraceEdge* const edge =
        members.size() == 2
            ? FindEdge(edges, members[0]->document, members[1]->document)
            : nullptr;
    if (edge != nullptr && edge->relation != Relation::kCommonSource) {
      TakeVerdict(*edge, texts, members[0], members[1]);
      continue;
    }
    for (LineageRecord* record : members) Reconsider(edges, record);
  }
  lineage->FindOrigins();
}

}  // namespace wirecopy
