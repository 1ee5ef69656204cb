#include "report/prov_json.h"

#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "report/json_line.h"
#include "report/urn.h"

namespace wirecopy {
namespace {

// The local part of a qualified name neither begins with - or . nor ends with a
// full stop (PROV-N, PN_LOCAL).
std::string QualifiedName(const char* prefix, std::string_view name) {
  std::string local = UrnText(name);
  if (local.ends_with('.')) local.replace(local.size() - 1, 1, "%2E");
  if (local.starts_with('-')) local.replace(0, 1, "%2D");
  if (local.starts_with('.')) local.replace(0, 1, "%2E");
  return absl::StrCat(prefix, ":", local);
}

std::string EntityName(const TraceRecords& records, const TraceGraph& graph,
                       size_t node) {
  if (node >= graph.documents) {
    return QualifiedName("absent", graph.absent[node - graph.documents].name);
  }
  const DocumentId& id = records.documents[node].id;
  return QualifiedName(id.is_integer ? "number" : "document", id.text);
}

void AddTyped(std::string_view key, std::string_view value, const char* type,
              JsonLine* line) {
  line->BeginObject(key).Add("$", value).Add("type", type).EndObject();
}

// How PROV-JSON writes a subtype of derivation, and what PROV-O calls it: its
// term is what people look for.
struct Derivation {
  const char* type;  // null for derivation as such
  const char* term;
};

constexpr Derivation kPrimarySource = {"prov:PrimarySource",
                                       "prov:hadPrimarySource"};

Derivation DerivationOf(std::string_view relation) {
  if (relation == "excerpt" || relation == "quotation") {
    return {"prov:Quotation", "prov:wasQuotedFrom"};
  }
  if (relation == "update") return {"prov:Revision", "prov:wasRevisionOf"};
  return {nullptr, "prov:wasDerivedFrom"};
}

// Writes one part of the document after another.
class ProvWriter {
 public:
  ProvWriter(const TraceRecords& records, const TraceGraph& graph,
             const TextSink& sink)
      : records_(records), graph_(graph), sink_(sink) {}

  absl::Status Write() {
    WIRECOPY_RETURN_IF_ERROR(sink_("{" + Prefixes()));
    WIRECOPY_RETURN_IF_ERROR(WriteEntities());
    WIRECOPY_RETURN_IF_ERROR(WriteAgents());
    WIRECOPY_RETURN_IF_ERROR(WriteAttributions());
    WIRECOPY_RETURN_IF_ERROR(WriteDerivations());
    return sink_("}}\n");
  }

 private:
  static std::string Prefixes() {
    JsonLine line;
    line.BeginObject("prefix").Add("document", kDocumentUrns);
    line.Add("number", kDocumentNumberUrns).Add("absent", kAbsentSourceUrns);
    line.Add("publisher", kPublisherUrns).Add("wirecopy", "urn:wirecopy:");
    line.Add("dcterms", "http://purl.org/dc/terms/").EndObject();
    return line.FinishMembers();
  }

  // Ends the part before.
  absl::Status BeginPart(const char* name) {
    is_first_ = true;
    const char* const end = is_first_part_ ? "" : "}";
    is_first_part_ = false;
    return sink_(absl::StrCat(end, ",\n\"", name, "\":{"));
  }

  absl::Status WriteMember(JsonLine* line) {
    const char* const end = is_first_ ? "\n" : ",\n";
    is_first_ = false;
    return sink_(end + line->FinishMembers());
  }

  absl::Status WriteEntities() {
    WIRECOPY_RETURN_IF_ERROR(BeginPart("entity"));
    for (size_t i = 0; i < graph_.documents; ++i) {
      WIRECOPY_RETURN_IF_ERROR(WriteDocument(i));
    }
    for (size_t i = 0; i < graph_.absent.size(); ++i) {
      JsonLine line;
      line.BeginObject(EntityName(records_, graph_, graph_.documents + i));
      AddTyped("prov:type", "wirecopy:AbsentSource", "xsd:QName", &line);
      line.Add("wirecopy:family",
               records_.families[graph_.absent[i].family].name);
      line.EndObject();
      WIRECOPY_RETURN_IF_ERROR(WriteMember(&line));
    }
    return absl::OkStatus();
  }

  absl::Status WriteDocument(size_t number) {
    const TraceDocumentRecord& document = records_.documents[number];
    JsonLine line;
    line.BeginObject(EntityName(records_, graph_, number));
    line.Add("dcterms:identifier", document.id);
    if (!document.title.empty()) line.Add("prov:label", document.title);
    const std::string published = PublicationText(document);
    if (!published.empty()) {
      const bool has_time = published.find('T') != std::string::npos;
      AddTyped("dcterms:issued", published,
               has_time ? "xsd:dateTime" : "xsd:date", &line);
    }
    if (!document.url.empty()) {
      AddTyped("wirecopy:url", document.url, "xsd:anyURI", &line);
    }
    line.Add("wirecopy:words", document.words);
    if (document.lineage) {
      line.Add("wirecopy:family", FamilyName(records_, document));
      line.Add("wirecopy:status", StatusName(document));
    }
    line.EndObject();
    return WriteMember(&line);
  }

  absl::Status WriteAgents() {
    WIRECOPY_RETURN_IF_ERROR(BeginPart("agent"));
    absl::flat_hash_set<std::string_view> known = {{}};
    for (const TraceDocumentRecord& document : records_.documents) {
      if (!known.insert(document.publisher).second) continue;
      JsonLine line;
      line.BeginObject(QualifiedName("publisher", document.publisher));
      AddTyped("prov:type", "prov:Organization", "xsd:QName", &line);
      line.Add("prov:label", document.publisher).EndObject();
      WIRECOPY_RETURN_IF_ERROR(WriteMember(&line));
    }
    return absl::OkStatus();
  }

  absl::Status WriteAttributions() {
    WIRECOPY_RETURN_IF_ERROR(BeginPart("wasAttributedTo"));
    for (size_t i = 0; i < graph_.documents; ++i) {
      const std::string& publisher = records_.documents[i].publisher;
      if (publisher.empty()) continue;
      JsonLine line;
      line.BeginObject(absl::StrCat("_:a", i));
      line.Add("prov:entity", EntityName(records_, graph_, i));
      line.Add("prov:agent", QualifiedName("publisher", publisher));
      line.EndObject();
      WIRECOPY_RETURN_IF_ERROR(WriteMember(&line));
    }
    return absl::OkStatus();
  }

  absl::Status WriteDerivations() {
    WIRECOPY_RETURN_IF_ERROR(BeginPart("wasDerivedFrom"));
    for (size_t i = 0; i < graph_.links.size(); ++i) {
      if (!graph_.links[i].derivation) continue;
      WIRECOPY_RETURN_IF_ERROR(WriteLink(graph_.links[i], i));
    }
    for (size_t i = 0; i < graph_.documents; ++i) {
      if (!graph_.goes_back[i]) continue;
      JsonLine line;
      BeginDerivation(absl::StrCat("_:p", i), i,
                      *records_.documents[i].lineage->origin, kPrimarySource,
                      &line);
      line.EndObject();
      WIRECOPY_RETURN_IF_ERROR(WriteMember(&line));
    }
    return absl::OkStatus();
  }

  absl::Status WriteLink(const GraphLink& link, size_t number) {
    JsonLine line;
    BeginDerivation(absl::StrCat("_:d", number), link.target, link.source,
                    DerivationOf(link.relation), &line);
    line.Add("wirecopy:confidence", link.confidence);
    line.Add("wirecopy:words", link.words);
    if (!link.relation.empty()) line.Add("wirecopy:relation", link.relation);
    line.EndObject();
    return WriteMember(&line);
  }

  void BeginDerivation(const std::string& name, size_t copy, size_t source,
                       const Derivation& derivation, JsonLine* line) const {
    line->BeginObject(name);
    line->Add("prov:generatedEntity", EntityName(records_, graph_, copy));
    line->Add("prov:usedEntity", EntityName(records_, graph_, source));
    if (derivation.type != nullptr) {
      AddTyped("prov:type", derivation.type, "xsd:QName", line);
    }
    line->Add("wirecopy:term", derivation.term);
  }

  const TraceRecords& records_;
  const TraceGraph& graph_;
  const TextSink& sink_;
  bool is_first_part_ = true;
  bool is_first_ = true;  // of its part
};

}  // namespace

absl::Status WriteProvJson(const TraceRecords& records, const TraceGraph& graph,
                           const TextSink& sink) {
  return ProvWriter(records, graph, sink).Write();
}

}  // namespace wirecopy
