#include "report/trace_lines.h"

#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "report/json_line.h"
#include "report/passage_records.h"

namespace wirecopy {
namespace {

void AddId(std::string_view key, const TraceRecords& records,
           const std::optional<size_t>& document, JsonLine* line) {
  if (document) {
    line->Add(key, records.documents[*document].id);
  } else {
    line->AddNull(key);
  }
}

void AddParents(std::string_view key, const TraceRecords& records,
                const std::vector<TraceParentRecord>& parents, JsonLine* line) {
  line->BeginArray(key);
  for (const TraceParentRecord& parent : parents) {
    line->BeginElement().Add("id", records.documents[parent.document].id);
    line->Add("confidence", parent.confidence).Add("words", parent.words);
    if (parent.share > 0) line->Add("share", parent.share);
    line->EndObject();
  }
  line->EndArray();
}

}  // namespace

std::string TracePassageLine(const TraceRecords& records,
                             const TracePassageRecord& passage) {
  const PassageView& view = passage.view;
  const SpanPair& places = view.places;
  PassageRecord record;
  record.a = {records.documents[passage.a].id, places.a.begin, places.a.end};
  record.b = {records.documents[passage.b].id, places.b.begin, places.b.end};
  record.words = view.words;
  record.edits = view.edits;
  record.identity = view.identity;
  record.kind = view.kind;
  record.group = passage.group;
  std::string_view unit = records.offset_unit;
  if (unit == kCodePointUnit) unit = {};
  JsonLine line;
  AddPassage(record, unit, &line);
  AddId("source", records, passage.source, &line);
  return line.Add("confidence", passage.confidence).Finish();
}

std::string TraceEdgeLine(const TraceRecords& records,
                          const TraceEdgeRecord& edge) {
  JsonLine line;
  line.Add("a", records.documents[edge.a].id);
  line.Add("b", records.documents[edge.b].id);
  AddId("source", records, edge.source, &line);
  line.Add("confidence", edge.confidence).Add("relation", edge.relation);
  line.Add("words", edge.words).Add("a_coverage", edge.a_coverage);
  line.Add("b_coverage", edge.b_coverage).BeginArray("evidence");
  for (const Evidence& evidence : edge.evidence) {
    line.BeginElement().Add("feature", evidence.feature);
    line.Add("weight", evidence.weight).Add("detail", evidence.detail);
    if (evidence.prior) line.Add("prior", true);
    line.EndObject();
  }
  return line.EndArray().Finish();
}

std::string TraceLineageLine(const TraceRecords& records,
                             const TraceDocumentRecord& document) {
  const TraceLineageRecord& lineage = *document.lineage;
  JsonLine line;
  line.Add("id", document.id);
  line.Add("family", records.families[lineage.family].name);
  line.Add("status", lineage.status);
  std::optional<size_t> parent;
  if (!lineage.parents.empty()) parent = lineage.parents.front().document;
  AddId("parent", records, parent, &line);
  AddParents("parents", records, lineage.parents, &line);
  AddParents("runners_up", records, lineage.runners_up, &line);
  line.Add("absent_confidence", lineage.absent_confidence);
  if (lineage.source_group.empty()) {
    line.AddNull("source_group");
  } else {
    line.Add("source_group", lineage.source_group);
  }
  AddId("origin", records, lineage.origin, &line);
  if (lineage.clock_overruled) line.Add("clock_overruled", true);
  return line.Finish();
}

std::string TracePublisherLine(const TracePublisherRecord& publisher) {
  JsonLine line;
  line.Add("source", publisher.source).Add("copy", publisher.copy);
  line.Add("documents", publisher.documents).Add("words", publisher.words);
  if (publisher.median_delay) {
    line.Add("median_delay_seconds",
             absl::ToDoubleSeconds(*publisher.median_delay));
  } else {
    line.AddNull("median_delay_seconds");
  }
  return line.Finish();
}

}  // namespace wirecopy
