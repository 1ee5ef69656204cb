#include "cli/trace_view.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "cli/passage_options.h"
#include "cli/passage_views.h"
#include "report/match_records.h"
#include "report/passage_records.h"

namespace wirecopy::cli {
namespace {

// Makes the records of one trace.
class RecordMaker {
 public:
  RecordMaker(const Corpus& corpus, const TraceOptions& options,
              OffsetUnit unit, bool for_page, const TraceResult& trace)
      : corpus_(corpus),
        options_(options),
        unit_(unit),
        for_page_(for_page),
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
  void AddPassages();
  void AddEqualRuns();
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
  const bool for_page_;
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

void RecordMaker::AddPassages() {
  const PassagesResult& found = trace_.passages;
  std::vector<TracePassageRecord>& passages = records_.passages;
  passages.resize(found.passages.size());
  // Sides by document, so that each text is counted through once.
  std::vector<std::vector<size_t>> sides(records_.documents.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    const ReusedPassage& passage = found.passages[i];
    passages[i].a = number_of_[passage.a];
    passages[i].b = number_of_[passage.b];
    sides[passages[i].a].push_back(2 * i);
    sides[passages[i].b].push_back(2 * i + 1);
    PassageView& view = passages[i].view;
    view.bytes = {{passage.a_span.begin, passage.a_span.end},
                  {passage.b_span.begin, passage.b_span.end}};
    view.words = passage.words;
    view.edits = passage.edits;
    view.identity = passage.Identity();
    view.kind = PassageKindName(passage.kind);
    const auto& source = trace_.passage_sources[i];
    if (source) passages[i].source = number_of_[*source];
    passages[i].confidence = trace_.passage_confidences[i];
  }
  std::vector<std::vector<size_t>> groups(records_.documents.size());
  for (size_t g = 0; g < found.groups.size(); ++g) {
    const PassageGroup& group = found.groups[g];
    groups[number_of_[group.members[group.first].document]].push_back(g);
  }
  std::vector<std::string> group_names(found.groups.size());
  OffsetConverter converter;
  for (size_t d = 0; d < sides.size(); ++d) {
    converter.Reset(records_.documents[d].text);
    for (const size_t side : sides[d]) {
      const ReusedPassage& passage = found.passages[side / 2];
      SpanPair& places = passages[side / 2].view.places;
      if (side % 2 == 0) {
        places.a = Convert(converter, passage.a_span);
      } else {
        places.b = Convert(converter, passage.b_span);
      }
    }
    for (const size_t g : groups[d]) {
      const PassageGroup& group = found.groups[g];
      const TextSpan span = Convert(converter, group.members[group.first].span);
      group_names[g] =
          PassageGroupName({records_.documents[d].id, span.begin, span.end});
    }
  }
  for (size_t i = 0; i < passages.size(); ++i) {
    passages[i].group = group_names[found.passages[i].group];
  }
  if (for_page_) AddEqualRuns();
}

void RecordMaker::AddEqualRuns() {
  PassageAligner aligner(options_.passages.passage);
  for (const TraceEdge& edge : trace_.edges) {
    const std::string_view a = records_.documents[number_of_[edge.a]].text;
    const std::string_view b = records_.documents[number_of_[edge.b]].text;
    const size_t count = aligner.Align(a, b).size();
    for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
      PassageView& view = records_.passages[i].view;
      for (size_t j = 0; j < count; ++j) {
        for (const EqualRun& run : aligner.Runs(j)) {
          const bool is_inside = run.a.begin >= view.bytes.a.begin &&
                                 run.a.end <= view.bytes.a.end &&
                                 run.b.begin >= view.bytes.b.begin &&
                                 run.b.end <= view.bytes.b.end;
          if (!is_inside) continue;
          view.equal.push_back(
              {{run.a.begin, run.a.end}, {run.b.begin, run.b.end}});
        }
      }
    }
  }
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
      converted.push_back(
          {number_of_[parent.document], parent.confidence, parent.words});
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
    const std::string name = absl::StrCat(
        "absent-", ClusterName(source_ids.at(lineage.source_group)));
    records_.documents[number_of_[lineage.document]].lineage->source_group =
        name;
    auto& groups = records_.families[lineage.family].source_groups;
    if (std::find(groups.begin(), groups.end(), name) == groups.end()) {
      groups.push_back(name);
    }
  }
}

}  // namespace

std::string_view RelationName(Relation relation) {
  switch (relation) {
    case Relation::kRepublication:
      return "republication";
    case Relation::kExcerpt:
      return "excerpt";
    case Relation::kUpdate:
      return "update";
    case Relation::kCommonSource:
      return "common_source";
    case Relation::kQuotation:
      return "quotation";
  }
  return "";
}

std::string_view LineageStatusName(LineageStatus status) {
  switch (status) {
    case LineageStatus::kRoot:
      return "root";
    case LineageStatus::kCopy:
      return "copy";
    case LineageStatus::kHiddenSource:
      return "hidden_source";
    case LineageStatus::kUndecided:
      return "undecided";
  }
  return "";
}

absl::StatusOr<TraceRecords> MakeTraceRecords(const Corpus& corpus,
                                              const TraceOptions& options,
                                              OffsetUnit unit, bool for_page,
                                              const TraceResult& trace) {
  TraceRecords records =
      RecordMaker(corpus, options, unit, for_page, trace).Make();
  const absl::Status status = corpus.ReadError();
  if (!status.ok()) return status;
  return records;
}

}  // namespace wirecopy::cli
