#include "cli/trace_view.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "cli/offset_units.h"
#include "cli/passage_views.h"
#include "report/passage_records.h"
#include "wirecopy/names.h"

namespace wirecopy::cli {
namespace {

// Makes the records of one trace.
class RecordMaker {
 public:
  RecordMaker(const Corpus& corpus, const TraceOptions& options,
              OffsetUnit unit, const TraceResult& trace)
      : corpus_(corpus),
        options_(options),
        unit_(unit),
        trace_(trace),
        number_of_(corpus.size(), kNone) {}

  TraceRecords Make() {
    records_.offset_unit = OffsetUnitName(unit_);
    records_.used_dates = options_.use_dates;
    records_.documents_read = corpus_.size();
    AddDocuments();
    AddPassages();
    AddEdges();
    AddLineage();
    for (const PublisherEdge& edge : trace_.publishers) {
      records_.publishers.push_back({edge.source, edge.copy, edge.documents,
                                     edge.words, edge.median_delay});
    }
    return std::move(records_);
  }

 private:
  static constexpr size_t kNone = SIZE_MAX;

  void AddDocuments();
  void AddDocument(uint32_t document, CorpusReader* reader);
  TracePassageRecord Passage(size_t i) const;
  void AddPassages();
  // These two count through each text once, whatever it has.
  void ConvertPlaces();
  std::vector<std::string> GroupNames();
  void AddEdges();
  void AddLineage();
  TraceLineageRecord Lineage(const LineageRecord& lineage);
  TextSpan Convert(const OffsetConverter& converter, const OffsetSpan& span) {
    return {converter.Convert(span.begin, unit_),
            converter.Convert(span.end, unit_)};
  }

  const Corpus& corpus_;
  const TraceOptions& options_;
  const OffsetUnit unit_;
  const TraceResult& trace_;
  std::vector<size_t> number_of_;      // by the corpus's number
  std::vector<uint32_t> document_of_;  // by the records' number
  TraceRecords records_;
};

void RecordMaker::AddDocument(uint32_t document, CorpusReader* reader) {
  TraceDocumentRecord record;
  record.id = corpus_.Id(document);
  record.text = reader->Text(document);
  const DocumentDetails details = reader->Details();
  record.title = details.title;
  record.url = details.url;
  record.publisher = corpus_.Publisher(document);
  record.published = corpus_.Published(document);
  record.published_is_uncertain = details.published_is_uncertain;
  record.words = trace_.words[document];
  records_.documents.push_back(std::move(record));
}

void RecordMaker::AddDocuments() {
  std::vector<bool> is_shown(corpus_.size());
  for (const ReusedPassage& passage : trace_.passages.passages) {
    is_shown[passage.a] = is_shown[passage.b] = true;
  }
  CorpusReader reader(corpus_, /*reads_ahead=*/true);
  for (uint32_t d = 0; d < corpus_.size(); ++d) {
    if (!is_shown[d]) continue;
    number_of_[d] = records_.documents.size();
    document_of_.push_back(d);
    AddDocument(d, &reader);
  }
}

TracePassageRecord RecordMaker::Passage(size_t i) const {
  const ReusedPassage& passage = trace_.passages.passages[i];
  TracePassageRecord record;
  record.a = number_of_[passage.a];
  record.b = number_of_[passage.b];
  record.view.bytes = {{passage.a_span.begin, passage.a_span.end},
                       {passage.b_span.begin, passage.b_span.end}};
  record.view.words = passage.words;
  record.view.edits = passage.edits;
  record.view.identity = passage.Identity();
  record.view.kind = PassageKindName(passage.kind);
  const auto& source = trace_.passage_sources[i];
  if (source) record.source = number_of_[*source];
  record.confidence = trace_.passage_confidences[i];
  if (!options_.keeps_runs) return record;
  const std::span<const EqualRun> runs = trace_.Runs(i);
  record.view.equal.reserve(runs.size());
  for (const EqualRun& run : runs) {
    record.view.equal.push_back(
        {{run.a.begin, run.a.end}, {run.b.begin, run.b.end}});
  }
  return record;
}

void RecordMaker::AddPassages() {
  const size_t count = trace_.passages.passages.size();
  records_.passages.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    records_.passages.push_back(Passage(i));
  }
  ConvertPlaces();
  const std::vector<std::string> names = GroupNames();
  for (size_t i = 0; i < count; ++i) {
    records_.passages[i].group = names[trace_.passages.passages[i].group];
  }
}

void RecordMaker::ConvertPlaces() {
  std::vector<TracePassageRecord>& passages = records_.passages;
  std::vector<std::vector<size_t>> sides(records_.documents.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    sides[passages[i].a].push_back(2 * i);
    sides[passages[i].b].push_back(2 * i + 1);
  }
  OffsetConverter converter;
  for (size_t d = 0; d < sides.size(); ++d) {
    converter.Reset(records_.documents[d].text);
    for (const size_t side : sides[d]) {
      const ReusedPassage& passage = trace_.passages.passages[side / 2];
      SpanPair& places = passages[side / 2].view.places;
      if (side % 2 == 0) {
        places.a = Convert(converter, passage.a_span);
      } else {
        places.b = Convert(converter, passage.b_span);
      }
    }
  }
}

std::vector<std::string> RecordMaker::GroupNames() {
  const std::vector<PassageGroup>& groups = trace_.passages.groups;
  std::vector<std::vector<size_t>> of_document(records_.documents.size());
  for (size_t g = 0; g < groups.size(); ++g) {
    const uint32_t first = groups[g].members[groups[g].first].document;
    of_document[number_of_[first]].push_back(g);
  }
  std::vector<std::string> names(groups.size());
  OffsetConverter converter;
  for (size_t d = 0; d < of_document.size(); ++d) {
    converter.Reset(records_.documents[d].text);
    for (const size_t g : of_document[d]) {
      const TextSpan span =
          Convert(converter, groups[g].members[groups[g].first].span);
      names[g] =
          PassageGroupName({records_.documents[d].id, span.begin, span.end});
    }
  }
  return names;
}

void RecordMaker::AddEdges() {
  records_.edges.reserve(trace_.edges.size());
  for (const TraceEdge& edge : trace_.edges) {
    TraceEdgeRecord record;
    record.a = number_of_[edge.a];
    record.b = number_of_[edge.b];
    if (edge.source) record.source = number_of_[*edge.source];
    record.confidence = edge.confidence;
    record.relation = RelationName(edge.relation);
    record.words = edge.words;
    record.a_coverage = edge.a_coverage;
    record.b_coverage = edge.b_coverage;
    record.evidence = edge.evidence;
    record.first_passage = edge.first_passage;
    record.last_passage = edge.last_passage;
    records_.edges.push_back(std::move(record));
  }
}

TraceLineageRecord RecordMaker::Lineage(const LineageRecord& lineage) {
  const auto convert = [this](const std::vector<LineageParent>& parents) {
    std::vector<TraceParentRecord> converted;
    converted.reserve(parents.size());
    for (const LineageParent& parent : parents) {
      converted.push_back({number_of_[parent.document], parent.confidence,
                           parent.words, parent.share});
    }
    return converted;
  };
  TraceLineageRecord record;
  record.family = lineage.family;
  record.status = LineageStatusName(lineage.status);
  record.parents = convert(lineage.parents);
  record.runners_up = convert(lineage.runners_up);
  record.absent_confidence = lineage.absent_confidence;
  if (lineage.origin) record.origin = number_of_[*lineage.origin];
  record.clock_overruled = lineage.clock_overruled;
  return record;
}

void RecordMaker::AddLineage() {
  records_.families.resize(trace_.families);
  std::vector<DocumentId> first_ids(trace_.families);
  absl::flat_hash_map<uint32_t, DocumentId> source_ids;
  for (const LineageRecord& lineage : trace_.lineage) {
    const size_t number = number_of_[lineage.document];
    const DocumentId& id = records_.documents[number].id;
    TraceFamilyRecord& family = records_.families[lineage.family];
    if (family.members.empty() || id < first_ids[lineage.family]) {
      first_ids[lineage.family] = id;
    }
    family.members.push_back(number);
    records_.documents[number].lineage = Lineage(lineage);
    if (lineage.source_group == 0) continue;
    const auto [found, is_new] =
        source_ids.try_emplace(lineage.source_group, id);
    if (!is_new && id < found->second) found->second = id;
  }
  // Names derive from ids alone, so that they outlive other orders of input.
  for (size_t f = 0; f < records_.families.size(); ++f) {
    records_.families[f].name = ClusterName(first_ids[f]);
  }
  for (const LineageRecord& lineage : trace_.lineage) {
    if (lineage.source_group == 0) continue;
    const std::string name =
        AbsentSourceName(source_ids.at(lineage.source_group));
    records_.documents[number_of_[lineage.document]].lineage->source_group =
        name;
    auto& groups = records_.families[lineage.family].source_groups;
    if (std::find(groups.begin(), groups.end(), name) == groups.end()) {
      groups.push_back(name);
    }
  }
}

}  // namespace

absl::StatusOr<TraceRecords> MakeTraceRecords(const Corpus& corpus,
                                              const TraceOptions& options,
                                              OffsetUnit unit,
                                              const TraceResult& trace) {
  TraceRecords records = RecordMaker(corpus, options, unit, trace).Make();
  const absl::Status status = corpus.ReadError();
  if (!status.ok()) return status;
  return records;
}

}  // namespace wirecopy::cli
