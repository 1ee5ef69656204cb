#include "report/graphml.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "report/json_line.h"
#include "report/xml_text.h"

namespace wirecopy {
namespace {

constexpr const char* kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
constexpr const char* kFoot = "</graph>\n</graphml>\n";

// An attribute of nodes or edges. Both may have one of the same name, but
// identifiers are the file's.
struct Key {
  char kind;  // 'n' for nodes, 'e' for edges
  const char* name;
  const char* type;
};

constexpr Key kDocumentKeys[] = {
    {'n', "label", "string"},
    {'n', "kind", "string"},
    {'n', "document", "string"},
    {'n', "document_type", "string"},
    {'n', "title", "string"},
    {'n', "publisher", "string"},
    {'n', "published", "string"},
    {'n', "url", "string"},
    {'n', "words", "long"},
    {'n', "family", "string"},
    {'n', "status", "string"},
    {'e', "weight", "double"},
    {'e', "words", "long"},
    {'e', "relation", "string"},
    {'e', "confidence", "double"},
    {'e', "directed", "boolean"},
    {'e', "lineage", "boolean"},
    {'e', "source_coverage", "double"},
    {'e', "target_coverage", "double"},
};

constexpr Key kPublisherKeys[] = {
    {'n', "label", "string"},
    {'e', "weight", "double"},
    {'e', "words", "long"},
    {'e', "documents", "long"},
    {'e', "median_delay_seconds", "double"},
};

std::string Head(std::span<const Key> keys) {
  std::string head = kHead;
  for (const Key& key : keys) {
    absl::StrAppend(&head, "<key id=\"", std::string(1, key.kind), "_",
                    key.name, "\" for=\"", key.kind == 'n' ? "node" : "edge",
                    "\" attr.name=\"", key.name, "\" attr.type=\"", key.type,
                    "\"/>\n");
  }
  return head + "<graph edgedefault=\"directed\">\n";
}

// An element of a graph, with its attributes. Empty texts are left out.
class Element {
 public:
  explicit Element(size_t node) : kind_('n') {
    text_ = absl::StrCat("<node id=\"", NodeName(node), "\">");
  }
  Element(size_t source, size_t target) : kind_('e') {
    text_ = absl::StrCat("<edge source=\"", NodeName(source), "\" target=\"",
                         NodeName(target), "\">");
  }

  Element& Add(const char* name, std::string_view value) {
    if (!value.empty()) AddRaw(name, XmlText(value));
    return *this;
  }
  Element& Add(const char* name, const char* value) {
    return Add(name, std::string_view(value));
  }
  Element& Add(const char* name, uint64_t value) {
    return AddRaw(name, std::to_string(value));
  }
  Element& Add(const char* name, double value) {
    return AddRaw(name, JsonNumber(value));
  }
  Element& Add(const char* name, bool value) {
    return AddRaw(name, value ? "true" : "false");
  }
  // Gephi leaves out what has no weight.
  Element& AddWords(uint64_t words) {
    Add("weight", static_cast<double>(std::max<uint64_t>(words, 1)));
    return Add("words", words);
  }

  std::string Finish() {
    text_ += kind_ == 'n' ? "</node>\n" : "</edge>\n";
    return std::move(text_);
  }

 private:
  Element& AddRaw(const char* name, const std::string& xml) {
    absl::StrAppend(&text_, "<data key=\"", std::string(1, kind_), "_", name,
                    "\">", xml, "</data>");
    return *this;
  }

  char kind_;
  std::string text_;
};

std::string Node(const TraceRecords& records, size_t number) {
  const TraceDocumentRecord& document = records.documents[number];
  return Element(number)
      .Add("label", DocumentLabel(document))
      .Add("kind", "document")
      .Add("document", document.id.text)
      .Add("document_type", document.id.is_integer ? "integer" : "string")
      .Add("title", document.title)
      .Add("publisher", document.publisher)
      .Add("published", PublicationText(document))
      .Add("url", document.url)
      .Add("words", document.words)
      .Add("family", FamilyName(records, document))
      .Add("status", StatusName(document))
      .Finish();
}

std::string AbsentNode(const TraceRecords& records, const GraphSource& absent,
                       size_t number) {
  return Element(number)
      .Add("label", absl::StrCat("absent source ", std::string(absent.name)))
      .Add("kind", "absent_source")
      .Add("family", records.families[absent.family].name)
      .Finish();
}

std::string Edge(const GraphLink& link, bool turned) {
  const size_t ends[] = {link.source, link.target};
  const double coverages[] = {link.source_coverage, link.target_coverage};
  return Element(ends[turned ? 1 : 0], ends[turned ? 0 : 1])
      .AddWords(link.words)
      .Add("relation", link.relation)
      .Add("confidence", link.confidence)
      .Add("directed", link.directed)
      .Add("lineage", link.lineage)
      .Add("source_coverage", coverages[turned ? 1 : 0])
      .Add("target_coverage", coverages[turned ? 0 : 1])
      .Finish();
}

std::string PublisherEdge(const TracePublisherRecord& publisher, size_t source,
                          size_t target) {
  Element edge(source, target);
  edge.AddWords(publisher.words).Add("documents", publisher.documents);
  if (publisher.median_delay) {
    edge.Add("median_delay_seconds",
             absl::ToDoubleSeconds(*publisher.median_delay));
  }
  return edge.Finish();
}

}  // namespace

absl::Status WriteGraphMl(const TraceRecords& records, const TraceGraph& graph,
                          const TextSink& sink) {
  WIRECOPY_RETURN_IF_ERROR(sink(Head(kDocumentKeys)));
  for (size_t i = 0; i < graph.documents; ++i) {
    WIRECOPY_RETURN_IF_ERROR(sink(Node(records, i)));
  }
  for (size_t i = 0; i < graph.absent.size(); ++i) {
    WIRECOPY_RETURN_IF_ERROR(
        sink(AbsentNode(records, graph.absent[i], graph.documents + i)));
  }
  for (const GraphLink& link : graph.links) {
    WIRECOPY_RETURN_IF_ERROR(sink(Edge(link, false)));
    if (link.directed) continue;
    WIRECOPY_RETURN_IF_ERROR(sink(Edge(link, true)));
  }
  return sink(kFoot);
}

absl::Status WritePublisherGraphMl(const TraceRecords& records,
                                   const TextSink& sink) {
  WIRECOPY_RETURN_IF_ERROR(sink(Head(kPublisherKeys)));
  absl::flat_hash_map<std::string_view, size_t> nodes;
  for (const TracePublisherRecord& publisher : records.publishers) {
    for (const std::string_view name : {std::string_view(publisher.source),
                                        std::string_view(publisher.copy)}) {
      const auto [place, is_new] = nodes.try_emplace(name, nodes.size());
      if (!is_new) continue;
      WIRECOPY_RETURN_IF_ERROR(
          sink(Element(place->second).Add("label", name).Finish()));
    }
  }
  for (const TracePublisherRecord& publisher : records.publishers) {
    WIRECOPY_RETURN_IF_ERROR(sink(PublisherEdge(
        publisher, nodes.at(publisher.source), nodes.at(publisher.copy))));
  }
  return sink(kFoot);
}

}  // namespace wirecopy
