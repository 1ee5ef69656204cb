#include "trace_tables.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "passage_tables.h"
#include "wirecopy/names.h"

namespace wirecopy::python {
namespace {

void AppendId(const IdColumn& ids, const std::optional<uint32_t>& document,
              Column* column) {
  if (document) {
    ids.AppendTo(*document, column);
  } else {
    column->AddNull();
  }
}

void AddParentFields(const IdColumn& ids, Column* list) {
  Column& parent = list->AddChild("item", kStructFormat);
  parent.AddChild("id", ids.Format());
  parent.AddChild("confidence", kDoubleFormat);
  parent.AddChild("words", kSignedFormat);
  parent.AddChild("share", kDoubleFormat);
}

void AppendParents(const IdColumn& ids,
                   const std::vector<LineageParent>& parents, Column* list) {
  Column& column = list->child(0);
  for (const LineageParent& parent : parents) {
    ids.AppendTo(parent.document, &column.child(0));
    column.child(1).Add(parent.confidence);
    column.child(2).AddNumber(parent.words);
    if (parent.share > 0) {
      column.child(3).Add(parent.share);
    } else {
      column.child(3).AddNull();
    }
    column.EndStruct();
  }
  list->EndList();
}

// Families and absent sources have names that their members' smallest ids give.
class LineageNames {
 public:
  LineageNames(const TraceResult& trace, const IdColumn& ids) {
    for (const LineageRecord& lineage : trace.lineage) {
      const DocumentId id = ids.Get(lineage.document);
      Take(lineage.family, id, &families_);
      if (lineage.source_group != 0) {
        Take(lineage.source_group, id, &sources_);
      }
    }
  }

  std::string Family(const LineageRecord& lineage) const {
    return ClusterName(families_.at(lineage.family));
  }
  std::string Source(const LineageRecord& lineage) const {
    return AbsentSourceName(sources_.at(lineage.source_group));
  }

 private:
  using Smallest = absl::flat_hash_map<uint32_t, DocumentId>;
  static void Take(uint32_t of, const DocumentId& id, Smallest* smallest) {
    const auto [found, is_new] = smallest->try_emplace(of, id);
    if (!is_new && id < found->second) found->second = id;
  }

  Smallest families_;
  Smallest sources_;
};

void AppendLineage(const LineageRecord& lineage, const IdColumn& ids,
                   const LineageNames& names, std::vector<Column>* columns) {
  std::vector<Column>& c = *columns;
  std::optional<uint32_t> parent;
  if (!lineage.parents.empty()) parent = lineage.parents[0].document;
  ids.AppendTo(lineage.document, &c[0]);
  c[1].Add(std::string_view(names.Family(lineage)));
  c[2].Add(LineageStatusName(lineage.status));
  AppendId(ids, parent, &c[3]);
  AppendParents(ids, lineage.parents, &c[4]);
  AppendParents(ids, lineage.runners_up, &c[5]);
  c[6].Add(lineage.absent_confidence);
  if (lineage.source_group == 0) {
    c[7].AddNull();
  } else {
    c[7].Add(std::string_view(names.Source(lineage)));
  }
  AppendId(ids, lineage.origin, &c[8]);
  c[9].Add(lineage.clock_overruled);
}

void AppendEvidence(const std::vector<Evidence>& evidence, Column* list) {
  Column& column = list->child(0);
  for (const Evidence& piece : evidence) {
    column.child(0).Add(std::string_view(piece.feature));
    column.child(1).Add(piece.weight);
    column.child(2).Add(std::string_view(piece.detail));
    column.child(3).Add(piece.prior);
    column.EndStruct();
  }
  list->EndList();
}

}  // namespace

Table TracePassageTable(const TraceResult& trace, const IdColumn& ids) {
  std::vector<Column> columns = PassageColumns(trace.passages, ids);
  Column source("source", ids.Format());
  Column confidence("confidence", kDoubleFormat);
  for (size_t i = 0; i < trace.passages.passages.size(); ++i) {
    AppendId(ids, trace.passage_sources[i], &source);
    confidence.Add(trace.passage_confidences[i]);
  }
  columns.push_back(std::move(source));
  columns.push_back(std::move(confidence));
  return Table(std::move(columns));
}

Table EdgeTable(const TraceResult& trace, const IdColumn& ids) {
  std::vector<Column> c;
  c.emplace_back("a", ids.Format());
  c.emplace_back("b", ids.Format());
  c.emplace_back("source", ids.Format());
  c.emplace_back("confidence", kDoubleFormat);
  c.emplace_back("relation", kStringFormat);
  c.emplace_back("words", kSignedFormat);
  c.emplace_back("a_coverage", kDoubleFormat);
  c.emplace_back("b_coverage", kDoubleFormat);
  Column& piece =
      c.emplace_back("evidence", kListFormat).AddChild("item", kStructFormat);
  piece.AddChild("feature", kStringFormat);
  piece.AddChild("weight", kDoubleFormat);
  piece.AddChild("detail", kStringFormat);
  piece.AddChild("prior", kBoolFormat);
  for (const TraceEdge& edge : trace.edges) {
    ids.AppendTo(edge.a, &c[0]);
    ids.AppendTo(edge.b, &c[1]);
    AppendId(ids, edge.source, &c[2]);
    c[3].Add(edge.confidence);
    c[4].Add(RelationName(edge.relation));
    c[5].AddNumber(edge.words);
    c[6].Add(edge.a_coverage);
    c[7].Add(edge.b_coverage);
    AppendEvidence(edge.evidence, &c[8]);
  }
  return Table(std::move(c));
}

Table LineageTable(const TraceResult& trace, const IdColumn& ids) {
  std::vector<Column> columns;
  columns.emplace_back("id", ids.Format());
  columns.emplace_back("family", kStringFormat);
  columns.emplace_back("status", kStringFormat);
  columns.emplace_back("parent", ids.Format());
  AddParentFields(ids, &columns.emplace_back("parents", kListFormat));
  AddParentFields(ids, &columns.emplace_back("runners_up", kListFormat));
  columns.emplace_back("absent_confidence", kDoubleFormat);
  columns.emplace_back("source_group", kStringFormat);
  columns.emplace_back("origin", ids.Format());
  columns.emplace_back("clock_overruled", kBoolFormat);
  const LineageNames names(trace, ids);
  for (const LineageRecord& lineage : trace.lineage) {
    AppendLineage(lineage, ids, names, &columns);
  }
  return Table(std::move(columns));
}

Table PublisherTable(const TraceResult& trace) {
  std::vector<Column> columns;
  columns.emplace_back("source", kStringFormat);
  columns.emplace_back("copy", kStringFormat);
  columns.emplace_back("documents", kSignedFormat);
  columns.emplace_back("words", kSignedFormat);
  columns.emplace_back("median_delay_seconds", kDoubleFormat);
  for (const PublisherEdge& edge : trace.publishers) {
    columns[0].Add(std::string_view(edge.source));
    columns[1].Add(std::string_view(edge.copy));
    columns[2].AddNumber(edge.documents);
    columns[3].AddNumber(edge.words);
    if (edge.median_delay) {
      columns[4].Add(absl::ToDoubleSeconds(*edge.median_delay));
    } else {
      columns[4].AddNull();
    }
  }
  return Table(std::move(columns));
}

Table FeedTable(const TraceResult& trace) {
  std::vector<Column> columns;
  columns.emplace_back("source", kStringFormat);
  columns.emplace_back("copy", kStringFormat);
  columns.emplace_back("documents", kSignedFormat);
  columns.emplace_back("words", kSignedFormat);
  columns.emplace_back("delays", kListFormat).AddChild("item", kDoubleFormat);
  for (const PublisherEdge& edge : trace.publishers) {
    columns[0].Add(std::string_view(edge.source));
    columns[1].Add(std::string_view(edge.copy));
    columns[2].AddNumber(edge.documents);
    columns[3].AddNumber(edge.words);
    for (const absl::Duration delay : edge.delays) {
      columns[4].child(0).Add(absl::ToDoubleSeconds(delay));
    }
    columns[4].EndList();
  }
  return Table(std::move(columns));
}

}  // namespace wirecopy::python
