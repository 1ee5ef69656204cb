#include "report/graph_dot.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "report/characters.h"
#include "report/trace_words.h"

namespace wirecopy {
namespace {

constexpr const char* kHead =
    "digraph trace {\n"
    "  rankdir=LR;\n"
    "  node [shape=box, fontname=\"sans-serif\"];\n";

constexpr int kLongestLabel = 80;  // characters

struct RelationColor {
  std::string_view relation;
  const char* color;
};

// Told apart by those who do not see all colours, too (Okabe, Ito 2008, "Color
// universal design").
constexpr RelationColor kColors[] = {
    {"republication", "#d55e00"}, {"excerpt", "#0072b2"},
    {"update", "#009e73"},        {"common_source", "#cc79a7"},
    {"quotation", "#e69f00"},     {"absent_source", "#cc79a7"},
};

const char* Color(std::string_view relation) {
  for (const RelationColor& known : kColors) {
    if (known.relation == relation) return known.color;
  }
  return "#666666";
}

// Twice the words, a point more.
int PenWidth(uint64_t words) {
  return std::clamp(static_cast<int>(std::bit_width(words)) - 3, 1, 8);
}

void AppendShown(char32_t shown, std::string* out) {
  switch (shown) {
    case 0:  // not to be seen
      return;
    case '"':
    case '\\':
      *out += '\\';
      break;
    case '&':  // Graphviz reads entities of HTML
      *out += "&amp;";
      return;
    default:
      break;
  }
  AppendCharacter(shown, out);
}

// Within quotes.
std::string Label(std::string_view utf8) {
  std::string label;
  int characters = 0;
  for (size_t i = 0; i < utf8.size(); ++characters) {
    if (characters == kLongestLabel) return label + "\u2026";
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    AppendShown(IsSpace(c.code_point) ? U' ' : Shown(c.code_point), &label);
  }
  return label;
}

std::string Node(const TraceDocumentRecord& document, size_t number) {
  std::string label = Label(DocumentLabel(document));
  if (!document.publisher.empty()) {
    absl::StrAppend(&label, "\\n", Label(document.publisher));
  }
  const std::string published = PublicationText(document);
  if (!published.empty()) absl::StrAppend(&label, "\\n", published);
  return absl::StrCat("  ", NodeName(number), " [label=\"", label, "\"];\n");
}

std::string AbsentNode(const GraphSource& absent, size_t number) {
  return absl::StrCat("  ", NodeName(number), " [label=\"absent source ",
                      Label(absent.name),
                      "\", shape=ellipse, style=dashed];\n");
}

std::string Edge(const GraphLink& link) {
  const bool is_undecided =
      !link.directed && !SaysNothingOfDirection(link.relation);
  return absl::StrCat(
      "  ", NodeName(link.source), " -> ", NodeName(link.target), " [color=\"",
      Color(link.relation), "\", penwidth=", PenWidth(link.words),
      link.directed ? "" : ", dir=none", is_undecided ? ", style=dashed" : "",
      ", tooltip=\"", std::string(link.relation),
      link.relation.empty() ? "" : ", ", link.words, " words\"];\n");
}

}  // namespace

absl::Status WriteDot(const TraceRecords& records, const TraceGraph& graph,
                      const TextSink& sink) {
  WIRECOPY_RETURN_IF_ERROR(sink(kHead));
  for (size_t i = 0; i < graph.documents; ++i) {
    WIRECOPY_RETURN_IF_ERROR(sink(Node(records.documents[i], i)));
  }
  for (size_t i = 0; i < graph.absent.size(); ++i) {
    WIRECOPY_RETURN_IF_ERROR(
        sink(AbsentNode(graph.absent[i], graph.documents + i)));
  }
  for (const GraphLink& link : graph.links) {
    WIRECOPY_RETURN_IF_ERROR(sink(Edge(link)));
  }
  return sink("}\n");
}

}  // namespace wirecopy
