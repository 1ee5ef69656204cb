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
  for (LineageParent& parent : record->parents) {
    const TraceEdge* const edge =
        FindEdge(edges, record->document, parent.document);
    if (edge != nullptr) parent.words = edge->words;
  }
  if (record->parents.empty()) return;
  const TraceEdge* const edge =
      FindEdge(edges, record->document, record->parents[0].document);
  const bool is_opposed = edge != nullptr && edge->source == record->document;
  if (is_opposed) MakeUndecided(record);
}

}  // namespace

void Reconcile(std::span<const TraceEdge> edges, const TracedTexts& texts,
               CorpusLineage* lineage) {
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
