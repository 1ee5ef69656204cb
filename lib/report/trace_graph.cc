#include "report/trace_graph.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace wirecopy {
namespace {

class GraphMaker {
 public:
  explicit GraphMaker(const TraceRecords& records) : records_(records) {
    graph_.documents = records.documents.size();
    graph_.links.reserve(records.edges.size());
  }

  TraceGraph Make() {
    AddNodes();
    for (size_t i = 0; i < records_.edges.size(); ++i) AddEdge(i);
    AddLineageAlone();
    AddAbsentSources();
    FollowOrigins();
    return std::move(graph_);
  }

 private:
  using Pair = std::pair<size_t, size_t>;  // a copy and its parent

  void AddNodes() {
    group_of_.resize(graph_.documents);
    for (size_t i = 0; i < graph_.documents; ++i) {
      const auto& lineage = records_.documents[i].lineage;
      if (!lineage) continue;
      for (const TraceParentRecord& parent : lineage->parents) {
        parents_[Pair(i, parent.document)] = parent.confidence;
      }
      if (lineage->source_group.empty()) continue;
      const auto [place, is_new] =
          absent_.try_emplace(lineage->source_group, graph_.absent.size());
      if (is_new) {
        graph_.absent.push_back({lineage->source_group, lineage->family, {}});
      }
      graph_.absent[place->second].copies.push_back(i);
      group_of_[i] = place->second + 1;
    }
    words_from_group_.resize(graph_.documents);
  }

  // Turns it around where b is the source.
  void AddEdge(size_t number) {
    const TraceEdgeRecord& edge = records_.edges[number];
    const auto a_parent = parents_.find(Pair(edge.b, edge.a));
    const auto b_parent = parents_.find(Pair(edge.a, edge.b));
    GraphLink link;
    link.edge = number;
    link.lineage = a_parent != parents_.end() || b_parent != parents_.end();
    link.directed =
        link.lineage || (edge.source && edge.relation != "common_source");
    const bool is_b = link.lineage ? a_parent == parents_.end()
                                   : link.directed && edge.source == edge.b;
    link.source = is_b ? edge.b : edge.a;
    link.target = is_b ? edge.a : edge.b;
    link.relation = edge.relation;
    link.words = edge.words;
    link.confidence = edge.confidence;
    if (link.lineage) link.confidence = (is_b ? b_parent : a_parent)->second;
    link.derivation = MayClaim(link);
    link.source_coverage = is_b ? edge.b_coverage : edge.a_coverage;
    link.target_coverage = is_b ? edge.a_coverage : edge.b_coverage;
    graph_.links.push_back(link);
    NoteGroup(edge);
    parents_.erase(Pair(link.target, link.source));
  }

  bool MayClaim(const GraphLink& link) const {
    if (link.lineage) return link.confidence >= kLeastDerivation;
    return link.directed && (link.relation == "quotation" ||
                             !records_.documents[link.target].lineage);
  }

  // What two documents of a group share is what is known of its source.
  void NoteGroup(const TraceEdgeRecord& edge) {
    if (group_of_[edge.a] == 0 || group_of_[edge.a] != group_of_[edge.b]) {
      return;
    }
    for (const size_t document : {edge.a, edge.b}) {
      words_from_group_[document] =
          std::max(words_from_group_[document], edge.words);
    }
  }

  // Parents that no edge spoke of.
  void AddLineageAlone() {
    for (size_t i = 0; i < graph_.documents; ++i) {
      const auto& lineage = records_.documents[i].lineage;
      if (!lineage) continue;
      for (const TraceParentRecord& parent : lineage->parents) {
        if (!parents_.contains(Pair(i, parent.document))) continue;
        AddLineage(parent.document, i, parent.words, parent.confidence, {});
      }
    }
  }

  void AddAbsentSources() {
    for (size_t i = 0; i < graph_.documents; ++i) {
      if (group_of_[i] == 0) continue;
      AddLineage(graph_.documents + group_of_[i] - 1, i, words_from_group_[i],
                 records_.documents[i].lineage->absent_confidence,
                 "absent_source");
    }
  }

  void AddLineage(size_t source, size_t target, uint64_t words,
                  double confidence, std::string_view relation) {
    GraphLink link;
    link.source = source;
    link.target = target;
    link.directed = link.lineage = true;
    link.relation = relation;
    link.words = words;
    link.confidence = confidence;
    link.derivation = MayClaim(link);
    graph_.links.push_back(link);
  }

  std::optional<size_t> Origin(size_t document) const {
    const auto& lineage = records_.documents[document].lineage;
    return lineage ? lineage->origin : std::nullopt;
  }

  // Goes from origins to their copies, from these to theirs, as long as they
  // have the same origin.
  void FollowOrigins() {
    std::vector<std::vector<size_t>> copies(graph_.documents);
    for (const GraphLink& link : graph_.links) {
      if (!link.lineage || !link.derivation) continue;
      if (link.source >= graph_.documents) continue;
      copies[link.source].push_back(link.target);
    }
    std::vector<size_t> reached;
    graph_.goes_back.resize(graph_.documents);
    for (size_t i = 0; i < graph_.documents; ++i) {
      if (Origin(i) == i) reached.push_back(i);
    }
    while (!reached.empty()) {
      const size_t document = reached.back();
      reached.pop_back();
      for (const size_t copy : copies[document]) {
        const std::optional<size_t> origin = Origin(copy);
        if (origin != Origin(document) || origin == copy) continue;
        if (graph_.goes_back[copy]) continue;
        graph_.goes_back[copy] = true;
        reached.push_back(copy);
      }
    }
  }

  const TraceRecords& records_;
  TraceGraph graph_;
  absl::flat_hash_map<Pair, double> parents_;  // those not yet among the links
  absl::flat_hash_map<std::string_view, size_t> absent_;
  std::vector<size_t> group_of_;  // of absent sources, from 1; 0 for none
  std::vector<uint64_t> words_from_group_;
};

}  // namespace

TraceGraph MakeTraceGraph(const TraceRecords& records) {
  return GraphMaker(records).Make();
}

std::string NodeName(size_t node) { return absl::StrCat("n", node); }

std::string_view DocumentLabel(const TraceDocumentRecord& document) {
  return document.title.empty() ? document.id.text : document.title;
}

std::string PublicationText(const TraceDocumentRecord& document) {
  if (!document.published) return "";
  const absl::Time time = *document.published;
  const absl::TimeZone utc = absl::UTCTimeZone();
  if (!document.published_is_uncertain) {
    return absl::FormatTime("%E4Y-%m-%dT%H:%M:%E*SZ", time, utc);
  }
  const bool is_midnight =
      absl::FromCivil(absl::ToCivilDay(time, utc), utc) == time;
  return absl::FormatTime(is_midnight ? "%E4Y-%m-%d" : "%E4Y-%m-%dT%H:%M:%E*S",
                          time, utc);
}

std::string_view FamilyName(const TraceRecords& records,
                            const TraceDocumentRecord& document) {
  if (!document.lineage) return {};
  return records.families[document.lineage->family].name;
}

std::string_view StatusName(const TraceDocumentRecord& document) {
  return document.lineage ? document.lineage->status : std::string_view();
}

}  // namespace wirecopy
