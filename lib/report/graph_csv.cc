#include "report/graph_csv.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "report/csv_text.h"

namespace wirecopy {
namespace {

// Gephi leaves out what has no weight.
uint64_t Weight(uint64_t words) { return std::max<uint64_t>(words, 1); }

std::string Node(const TraceRecords& records, size_t number) {
  const TraceDocumentRecord& document = records.documents[number];
  CsvRow row;
  row.Add(NodeName(number)).Add(DocumentLabel(document)).Add("document");
  row.Add(document.id.text);
  row.Add(document.id.is_integer ? "integer" : "string");
  row.Add(document.title).Add(document.publisher);
  row.Add(PublicationText(document)).Add(document.url).Add(document.words);
  row.Add(FamilyName(records, document)).Add(StatusName(document));
  return row.Finish();
}

std::string AbsentNode(const TraceRecords& records, const GraphSource& absent,
                       size_t number) {
  CsvRow row;
  row.Add(NodeName(number));
  row.Add(absl::StrCat("absent source ", std::string(absent.name)));
  row.Add("absent_source");
  for (int i = 0; i < 7; ++i) row.AddEmpty();
  return row.Add(records.families[absent.family].name).AddEmpty().Finish();
}

std::string Edge(const GraphLink& link) {
  CsvRow row;
  row.Add(NodeName(link.source)).Add(NodeName(link.target));
  row.Add(link.directed ? "Directed" : "Undirected");
  row.Add(Weight(link.words)).Add(link.words).Add(link.relation);
  row.Add(link.confidence).Add(link.lineage);
  row.Add(link.source_coverage).Add(link.target_coverage);
  return row.Finish();
}

}  // namespace

absl::Status WriteNodesCsv(const TraceRecords& records, const TraceGraph& graph,
                           const TextSink& sink) {
  WIRECOPY_RETURN_IF_ERROR(
      sink("Id,Label,kind,document,document_type,title,publisher,published,"
           "url,words,family,status\r\n"));
  for (size_t i = 0; i < graph.documents; ++i) {
    WIRECOPY_RETURN_IF_ERROR(sink(Node(records, i)));
  }
  for (size_t i = 0; i < graph.absent.size(); ++i) {
    WIRECOPY_RETURN_IF_ERROR(
        sink(AbsentNode(records, graph.absent[i], graph.documents + i)));
  }
  return absl::OkStatus();
}

absl::Status WriteEdgesCsv(const TraceGraph& graph, const TextSink& sink) {
  WIRECOPY_RETURN_IF_ERROR(
      sink("Source,Target,Type,Weight,words,relation,confidence,lineage,"
           "source_coverage,target_coverage\r\n"));
  for (const GraphLink& link : graph.links) {
    WIRECOPY_RETURN_IF_ERROR(sink(Edge(link)));
  }
  return absl::OkStatus();
}

absl::Status WritePublishersCsv(const TraceRecords& records,
                                const TextSink& sink) {
  WIRECOPY_RETURN_IF_ERROR(
      sink("Source,Target,Type,Weight,words,documents,"
           "median_delay_seconds\r\n"));
  for (const TracePublisherRecord& publisher : records.publishers) {
    CsvRow row;
    row.Add(publisher.source).Add(publisher.copy).Add("Directed");
    row.Add(Weight(publisher.words)).Add(publisher.words);
    row.Add(publisher.documents);
    if (publisher.median_delay) {
      row.Add(absl::ToDoubleSeconds(*publisher.median_delay));
    } else {
      row.AddEmpty();
    }
    WIRECOPY_RETURN_IF_ERROR(sink(row.Finish()));
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
