#include "engine/reconcile.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "cluster/union_find.h"
#include "engine/family_lineage.h"
#include "engine/token_spans.h"
#include "provenance/clock.h"
#include "provenance/lineage.h"
#include "provenance/lineage_weights.h"

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
  return IsStatedBefore(texts.Of(x).published, texts.Of(y).published);
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
  // That both credit an agency says more of their source than no verdict does.
  const bool are_from_absent = x->status == LineageStatus::kHiddenSource &&
                               y->status == LineageStatus::kHiddenSource;
  if (!edge.source && are_from_absent) return;
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

// A document of a larger family, as its edges have it.
void Reconsider(std::span<const TraceEdge> edges, const TracedTexts& texts,
                LineageRecord* record) {
  const auto edge_with = [&](const LineageParent& parent) {
    return FindEdge(edges, record->document, parent.document);
  };
  const auto is_opposed = [&](const LineageParent& parent) {
    const TraceEdge* const edge = edge_with(parent);
    return edge != nullptr && (edge->source == record->document ||
                               edge->relation == Relation::kCommonSource);
  };
  for (LineageParent& parent : record->parents) {
    const TraceEdge* const edge = edge_with(parent);
    if (edge != nullptr) parent.words = edge->words;
  }
  if (record->parents.empty()) return;
  const uint32_t first = record->parents[0].document;
  if (is_opposed(record->parents[0])) {
    MakeUndecided(record);
    return;
  }
  std::erase_if(record->parents, is_opposed);
  std::stable_sort(record->parents.begin(), record->parents.end(),
                   [](const LineageParent& x, const LineageParent& y) {
                     return x.words > y.words;
                   });
  const uint32_t parent = record->parents[0].document;
  if (parent == first) return;
  record->clock_overruled = IsDatedBefore(texts, record->document, parent);
}

// What a record's parts must be to one another (LineageRecord).
void Tidy(LineageRecord* record) {
  if (record->status != LineageStatus::kHiddenSource) record->source_group = 0;
  constexpr double kExact = 1e-9;
  double left = 1;
  double most = 1;
  absl::flat_hash_set<uint32_t> named;
  for (const LineageParent& parent : record->parents) {
    named.insert(parent.document);
  }
  if (!record->parents.empty()) {
    most = record->parents[0].confidence;
    left -= most;
  }
  record->absent_confidence = std::min(record->absent_confidence, left);
  left -= record->absent_confidence;
  std::vector<LineageParent>& others = record->runners_up;
  std::stable_sort(others.begin(), others.end(), [](auto& a, auto& b) {
    return a.confidence > b.confidence;
  });
  std::erase_if(others, [&](const LineageParent& other) {
    return !named.insert(other.document).second;
  });
  others.resize(std::min(others.size(), kMostRunnersUp));
  double sum = 0;
  for (LineageParent& other : others) {
    other.confidence = std::min(other.confidence, most);
    sum += other.confidence;
  }
  const double scale = sum > left + kExact ? left / sum : 1;
  for (LineageParent& other : others) other.confidence *= scale;
  std::erase_if(others, [](const LineageParent& other) {
    return other.confidence < kLeastRunnerUp;
  });
}

// Where several documents have one of two texts, and no edge tells which is the
// older one, a lineage knows it as little.
void DoubtTwoTexts(const CorpusLineage& lineage,
                   const std::vector<LineageRecord*>& members) {
  absl::flat_hash_set<uint32_t> texts;
  for (const LineageRecord* record : members) {
    texts.insert(lineage.TextOf(record->document));
  }
  if (texts.size() != 2) return;
  for (LineageRecord* record : members) {
    if (record->status != LineageStatus::kHiddenSource) MakeUndecided(record);
  }
}

// By family: whether an edge within it is decided.
std::vector<bool> DecidedFamilies(std::span<const TraceEdge> edges,
                                  const CorpusLineage& lineage) {
  std::vector<bool> are_decided(lineage.families(), false);
  for (const TraceEdge& edge : edges) {
    const LineageRecord* const a = lineage.Of(edge.a);
    const LineageRecord* const b = lineage.Of(edge.b);
    if (a == nullptr || b == nullptr || a->family != b->family) continue;
    if (edge.source || edge.relation == Relation::kCommonSource) {
      are_decided[a->family] = true;
    }
  }
  return are_decided;
}

// Of families that are of two documents or texts alone.
void TakeVerdicts(std::span<const TraceEdge> edges, const TracedTexts& texts,
                  CorpusLineage* lineage) {
  std::vector<std::vector<LineageRecord*>> families(lineage->families());
  for (LineageRecord& record : lineage->records()) {
    families[record.family].push_back(&record);
  }
  const std::vector<bool> are_decided = DecidedFamilies(edges, *lineage);
  for (const std::vector<LineageRecord*>& members : families) {
    if (members.size() > 2) {
      if (!are_decided[members[0]->family]) DoubtTwoTexts(*lineage, members);
      continue;
    }
    // One that has parents elsewhere as well is not told by one edge alone.
    if (members.size() != 2 || members[0]->parents.size() > 1 ||
        members[1]->parents.size() > 1) {
      continue;
    }
    const TraceEdge* const edge =
        FindEdge(edges, members[0]->document, members[1]->document);
    if (edge == nullptr || edge->relation == Relation::kCommonSource) continue;
    TakeVerdict(*edge, texts, members[0], members[1]);
  }
}

// All of a lineage that edges are made from.
std::vector<std::pair<double, uint32_t>> Outline(const CorpusLineage& lineage) {
  std::vector<std::pair<double, uint32_t>> outline;
  outline.reserve(3 * lineage.records().size());
  for (const LineageRecord& record : lineage.records()) {
    outline.emplace_back(0, static_cast<uint32_t>(record.status));
    outline.emplace_back(record.absent_confidence, record.source_group);
    for (const auto* list : {&record.parents, &record.runners_up}) {
      outline.emplace_back(0, static_cast<uint32_t>(list->size()));
      for (const LineageParent& parent : *list) {
        outline.emplace_back(parent.confidence, parent.document);
      }
    }
  }
  return outline;
}

// Where roots that are copies by their edges have their text from.
class Adoption {
 public:
  Adoption(std::span<const TraceEdge> edges, const ReportedPassages& passages,
           const TracedTexts& texts, std::span<const uint32_t> rank,
           CorpusLineage* lineage)
      : passages_(passages),
        texts_(texts),
        rank_(rank),
        lineage_(*lineage),
        family_sizes_(lineage->families()),
        joined_(texts.size()),
        largest_(texts.size()),
        edges_(texts.size()) {
    for (const LineageRecord& record : lineage->records()) {
      ++family_sizes_[record.family];
    }
    for (const TraceEdge& edge : edges) {
      edges_[edge.a].push_back(&edge);
      edges_[edge.b].push_back(&edge);
      if (edge.relation != Relation::kQuotation) joined_.Union(edge.a, edge.b);
    }
    for (const LineageRecord& record : lineage->records()) {
      uint32_t& largest = largest_[joined_.Find(record.document)];
      largest = std::max(largest, family_sizes_[record.family]);
    }
  }

  // A root that is a copy by its edges is one, and so is what was undecided.
  // Near a family of so many that not every pair was compared its parent may
  // not have been, and nobody knows whose copy it is. An undecided source of
  // copies that has no source itself is a root.
  void Run() {
    std::vector<LineageRecord*> roots;
    for (LineageRecord& record : lineage_.records()) {
      if (record.status == LineageStatus::kRoot ||
          record.status == LineageStatus::kUndecided) {
        roots.push_back(&record);
      }
    }
    std::sort(roots.begin(), roots.end(),
              [this](const LineageRecord* x, const LineageRecord* y) {
                return rank_[x->document] < rank_[y->document];
              });
    for (LineageRecord* root : roots) Adopt(root);
  }

 private:
  // An edge says who was first of two, and kin of its source have the text as
  // well. So many of 191 such sources in grown families of up to kEveryPair
  // were the parent, and so many of 603 in larger ones.
  static constexpr double kOfKin = 0.54;
  static constexpr double kOfMany = 0.02;

  void Adopt(LineageRecord* record) {
    std::vector<const TraceEdge*> sources = SourcesOf(*record);
    if (sources.empty()) return;
    if (largest_[joined_.Find(record->document)] > kEveryPair) {
      DoubtRoot(*sources[0], record);
      return;
    }
    record->status = LineageStatus::kCopy;
    std::vector<TokenSpan> given;
    for (const TraceEdge* edge : sources) {
      std::vector<TokenSpan> spans = SpansOf(*edge, record->document);
      const uint32_t words = CountUncovered(spans, given);
      // Kin of a parent have its words as well.
      if (!given.empty() &&
          (words < kSecondWords || IsKinOfParents(*record, *edge->source))) {
        continue;
      }
      AddParent(*edge, record);
      given.insert(given.end(), spans.begin(), spans.end());
    }
    record->clock_overruled =
        IsDatedBefore(texts_, record->document, record->parents[0].document);
  }

  static void DoubtRoot(const TraceEdge& edge, LineageRecord* record) {
    record->status = LineageStatus::kUndecided;
    if (!record->runners_up.empty()) return;
    record->runners_up.push_back(
        {*edge.source, kOfMany * edge.confidence, edge.words});
  }

  // The edges by which it has words from another that does not go back to it,
  // as good as surely: those with the most words first.
  std::vector<const TraceEdge*> SourcesOf(const LineageRecord& root) const {
    constexpr double kSure = 0.9;
    std::vector<const TraceEdge*> sources;
    for (const TraceEdge* edge : edges_[root.document]) {
      const bool is_copy = edge->relation == Relation::kRepublication ||
                           edge->relation == Relation::kExcerpt ||
                           edge->relation == Relation::kUpdate;
      if (!is_copy || !edge->source || *edge->source == root.document) continue;
      if (edge->confidence < kSure) continue;
      if (lineage_.Of(*edge->source) == nullptr) continue;
      const std::vector<uint32_t> above = lineage_.Ancestors(*edge->source);
      if (std::binary_search(above.begin(), above.end(), root.document)) {
        continue;
      }
      sources.push_back(edge);
    }
    std::sort(sources.begin(), sources.end(),
              [this](const TraceEdge* x, const TraceEdge* y) {
                return std::pair(y->words, rank_[*x->source]) <
                       std::pair(x->words, rank_[*y->source]);
              });
    return sources;
  }

  bool IsKinOfParents(const LineageRecord& record, uint32_t other) const {
    const std::vector<uint32_t> known = lineage_.Ancestors(record.document);
    if (std::binary_search(known.begin(), known.end(), other)) return true;
    const std::vector<uint32_t> above = lineage_.Ancestors(other);
    return std::any_of(above.begin(), above.end(), [&](uint32_t ancestor) {
      return std::binary_search(known.begin(), known.end(), ancestor);
    });
  }

  void AddParent(const TraceEdge& edge, LineageRecord* record) {
    LineageRecord& source = *lineage_.Find(*edge.source);
    const double sure = family_sizes_[source.family] > 1 ? kOfKin : 1;
    if (source.status == LineageStatus::kUndecided &&
        SourcesOf(source).empty()) {
      source.status = LineageStatus::kRoot;
    }
    Drop(record->document, &source);
    Drop(source.document, record);
    record->parents.push_back(
        {*edge.source, sure * edge.confidence, edge.words});
  }

  // It is settled that it is a parent, or that it is none.
  static void Drop(uint32_t document, LineageRecord* of) {
    std::erase_if(of->runners_up, [document](const LineageParent& other) {
      return other.document == document;
    });
  }

  std::vector<TokenSpan> SpansOf(const TraceEdge& edge,
                                 uint32_t document) const {
    std::vector<TokenSpan> spans;
    for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
      if (!IsTold(passages_.result.passages[i])) continue;
      const PassagePlaces& places = passages_.places[i];
      spans.push_back(edge.a == document ? places.a.tokens : places.b.tokens);
    }
    return spans;
  }

  const ReportedPassages& passages_;
  const TracedTexts& texts_;
  std::span<const uint32_t> rank_;
  CorpusLineage& lineage_;
  std::vector<uint32_t> family_sizes_;  // before anything is adopted
  UnionFind joined_;                    // that share text
  // By what joined_ finds: the size of their largest family.
  std::vector<uint32_t> largest_;
  std::vector<std::vector<const TraceEdge*>> edges_;  // by document
};

}  // namespace

bool Reconcile(std::span<const TraceEdge> edges,
               const ReportedPassages& passages, const TracedTexts& texts,
               std::span<const uint32_t> rank, bool may_adopt,
               CorpusLineage* lineage) {
  const auto before = Outline(*lineage);
  // What edges oppose goes first: a text does not go back to its own copies.
  for (LineageRecord& record : lineage->records()) {
    Reconsider(edges, texts, &record);
  }
  if (may_adopt) Adoption(edges, passages, texts, rank, lineage).Run();
  lineage->NumberFamilies();
  TakeVerdicts(edges, texts, lineage);
  for (LineageRecord& record : lineage->records()) Tidy(&record);
  lineage->Settle(rank);
  return Outline(*lineage) != before;
}

}  // namespace wirecopy
