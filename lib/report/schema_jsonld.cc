#include "report/schema_jsonld.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/status_macros.h"
#include "report/json_line.h"
#include "report/urn.h"

namespace wirecopy {
namespace {

std::string NodeUrn(const TraceRecords& records, const TraceGraph& graph,
                    size_t node) {
  if (node < graph.documents) return DocumentUrn(records.documents[node].id);
  return kAbsentSourceUrns + UrnText(graph.absent[node - graph.documents].name);
}

// Those that a work is based on, by the work.
std::vector<const GraphLink*> LinksByTarget(const TraceGraph& graph) {
  std::vector<const GraphLink*> links;
  links.reserve(graph.links.size());
  for (const GraphLink& link : graph.links) {
    if (!link.derivation) continue;
    if (link.relation == "quotation" && !link.lineage) continue;
    links.push_back(&link);
  }
  std::ranges::stable_sort(links, {}, &GraphLink::target);
  return links;
}

std::string Article(const TraceRecords& records, const TraceGraph& graph,
                    size_t number, std::span<const GraphLink* const> sources) {
  const TraceDocumentRecord& document = records.documents[number];
  JsonLine line;
  line.Add("@type", "NewsArticle").Add("@id", DocumentUrn(document.id));
  line.Add("identifier", document.id);
  if (!document.url.empty()) line.Add("url", document.url);
  if (!document.title.empty()) line.Add("headline", document.title);
  const std::string published = PublicationText(document);
  if (!published.empty()) line.Add("datePublished", published);
  if (!document.publisher.empty()) {
    line.BeginObject("publisher").Add("@type", "Organization");
    line.Add("name", document.publisher).EndObject();
  }
  line.Add("wordCount", document.words);
  if (!sources.empty()) {
    line.BeginArray("isBasedOn");
    for (const GraphLink* source : sources) {
      line.BeginElement();
      line.Add("@id", NodeUrn(records, graph, source->source)).EndObject();
    }
    line.EndArray();
  }
  return line.Finish();
}

std::string AbsentWork(const TraceRecords& records, const TraceGraph& graph,
                       size_t number) {
  JsonLine line;
  line.Add("@type", "CreativeWork");
  line.Add("@id", NodeUrn(records, graph, number));
  return line.Add("description", "a source that is not among the documents")
      .Finish();
}

}  // namespace

absl::Status WriteSchemaJsonLd(const TraceRecords& records,
                               const TraceGraph& graph, const TextSink& sink) {
  WIRECOPY_RETURN_IF_ERROR(
      sink("{\"@context\":\"https://schema.org\",\"@graph\":[\n"));
  const std::vector<const GraphLink*> links = LinksByTarget(graph);
  size_t begin = 0;
  const size_t nodes = graph.documents + graph.absent.size();
  for (size_t i = 0; i < nodes; ++i) {
    if (i > 0) WIRECOPY_RETURN_IF_ERROR(sink(","));
    size_t end = begin;
    while (end < links.size() && links[end]->target == i) ++end;
    const std::span sources(links.data() + begin, end - begin);
    begin = end;
    WIRECOPY_RETURN_IF_ERROR(sink(i < graph.documents
                                      ? Article(records, graph, i, sources)
                                      : AbsentWork(records, graph, i)));
  }
  return sink("]}\n");
}

}  // namespace wirecopy
