#include "report/trace_svg.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "report/html_page.h"
#include "report/input_figures.h"
#include "report/page_assets.h"
#include "report/trace_words.h"

namespace wirecopy {
namespace {

// Of pairs, then what else links have for one.
constexpr const char* kRelations[] = {"republication", "excerpt",
                                      "update",        "common_source",
                                      "quotation",     "absent_source"};
constexpr size_t kPairRelations = 5;
constexpr const char* kOtherRelation = "other";

// A tenth of a pixel is enough.
double Tenths(double value) { return std::round(value * 10) / 10; }

std::string Position(double x, double y) {
  return absl::StrCat("x=\"", Tenths(x), "\" y=\"", Tenths(y), "\"");
}

std::string Area(const TraceBox& box) {
  return absl::StrCat(Position(box.x, box.y), " width=\"", Tenths(box.width),
                      "\" height=\"", Tenths(box.height), "\"");
}

// Constants that the program knows, whatever a caller puts there.
std::string_view RelationClass(std::string_view relation) {
  for (const char* const known : kRelations) {
    if (relation == known) return known;
  }
  return kOtherRelation;
}

void WriteText(const std::string& attributes, std::string_view text,
               std::string* out) {
  absl::StrAppend(out, "<text ", attributes, ">", Html(text), "</text>");
}

void WriteArrowHead(const char* relation, std::string* out) {
  absl::StrAppend(out, "<marker id=\"head-", relation, "\" class=\"head ",
                  relation,
                  "\" viewBox=\"0 0 10 10\" refX=\"1\" refY=\"5\" "
                  "markerWidth=\"13\" markerHeight=\"13\" "
                  "markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
                  "<path d=\"M0 .8 10 5 0 9.2z\"/></marker>");
}

void WriteArrowHeads(std::string* out) {
  *out += "<defs>";
  for (const char* const relation : kRelations) WriteArrowHead(relation, out);
  WriteArrowHead(kOtherRelation, out);
  *out += "</defs>\n";
}

void WriteLanes(const TracePanel& panel, std::string* out) {
  const TraceBox& box = panel.box;
  for (size_t i = 0; i < panel.lanes.size(); ++i) {
    const TraceLane& lane = panel.lanes[i];
    absl::StrAppend(out, "<rect class=\"lane", i % 2 == 0 ? "" : " odd", "\" ",
                    Area({box.x + 1, lane.y, box.width - 2, lane.height}),
                    "/>");
    WriteText(
        absl::StrCat("class=\"publisher\" ", Position(box.x + 12, lane.y + 18)),
        lane.label, out);
  }
}

void WriteTimes(const TracePanel& panel, std::string* out) {
  const double top = panel.box.y + 36;
  const double bottom = panel.box.y + panel.box.height - 5;
  const auto write_line = [&](const char* name, double x, double y) {
    absl::StrAppend(out, "<path class=\"", name, "\" d=\"M", Tenths(x), " ",
                    Tenths(y), "V", Tenths(bottom), "\"/>");
  };
  for (const TraceTick& tick : panel.ticks) {
    write_line("tick", tick.x, top + 6);
    WriteText(absl::StrCat("class=\"time\" ", Position(tick.x - 6, top + 2)),
              tick.label, out);
  }
  if (panel.undated_width == 0) return;
  WriteText(
      absl::StrCat("class=\"time\" ", Position(panel.undated_x + 18, top + 2)),
      "no date", out);
  if (!panel.ticks.empty()) {
    write_line("border", panel.undated_x + panel.undated_width + 8, top - 8);
  }
}

// A title names one family; that there are others is said beside it.
std::string SizeOf(const TracePanel& panel) {
  const std::string documents = Count(panel.documents, "document");
  const size_t families = panel.families.size();
  return families < 2 ? documents
                      : absl::StrCat(documents, " in ", families, " families");
}

void WritePanel(const TracePanel& panel, std::string* out) {
  absl::StrAppend(out, "<g class=\"panel\"");
  if (!panel.families.empty()) {
    absl::StrAppend(out, " data-f=\"", absl::StrJoin(panel.families, " "),
                    "\"");
  }
  const TraceBox& box = panel.box;
  absl::StrAppend(out, "><rect class=\"sheet\" rx=\"8\" ", Area(box), "/>");
  WriteLanes(panel, out);
  WriteTimes(panel, out);
  WriteText(absl::StrCat("class=\"title\" ", Position(box.x + 12, box.y + 21)),
            panel.title, out);
  WriteText(absl::StrCat("class=\"count\" text-anchor=\"end\" ",
                         Position(box.x + box.width - 12, box.y + 21)),
            SizeOf(panel), out);
  *out += "</g>\n";
}

constexpr double kHeadLength = 11;

// From the border of one dot to that of the other, or to where the head begins:
// a curve that bends upwards between dots of one row, and to the right where
// time does not advance.
std::string ArrowPath(const TraceNode& from, const TraceNode& to,
                      bool has_head) {
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double gap = kTraceDotRadius + 2;
  const double end = gap + (has_head ? kHeadLength : 0);
  if (std::abs(dx) < 40 && std::abs(dy) > 1) {
    const double bulge = std::max(from.x, to.x) + gap + 26 + std::abs(dy) / 6;
    return absl::StrFormat("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
                           from.x + gap, from.y, bulge, from.y, bulge, to.y,
                           to.x + end, to.y);
  }
  const double way = dx >= 0 ? 1 : -1;
  const double reach = way * std::max(20.0, std::abs(dx) / 2.2);
  const double lift = std::abs(dy) < 1 ? 9 + std::abs(dx) / 30 : 0;
  return absl::StrFormat("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
                         from.x + way * gap, from.y - lift / 6, from.x + reach,
                         from.y - lift, to.x - reach - way * end, to.y - lift,
                         to.x - way * end, to.y - lift / 3);
}

const char* KindClass(LinkKind kind) {
  switch (kind) {
    case LinkKind::kDescent:
      return "descent";
    case LinkKind::kAcross:
      return "across";
    case LinkKind::kIndirect:
    case LinkKind::kAbsent:
      break;
  }
  return "absent";
}

std::string Name(const TraceRecords& records, size_t place) {
  if (place >= records.documents.size()) return "an absent source";
  return records.documents[place].id.text;
}

// Whether somebody copied from somebody, and the two texts do not tell who:
// the family may, and its arrow is drawn with a head then.
bool IsOpen(const TraceRecords& records, const TraceLink& link) {
  if (SaysNothingOfDirection(link.relation)) return false;
  if (!link.edge.has_value()) return !link.decided;
  return !records.edges[*link.edge].source.has_value();
}

void WriteArrow(const TraceRecords& records, const TraceLink& link,
                const TraceLayout& layout, const TraceArrow& arrow,
                std::string* out) {
  const std::string_view relation = RelationClass(link.relation);
  absl::StrAppend(out, "<g class=\"arrow ", std::string(relation), " ",
                  KindClass(link.kind),
                  IsOpen(records, link) ? " undecided" : "", "\" data-from=\"",
                  arrow.from, "\" data-to=\"", arrow.to, "\"");
  if (link.edge.has_value()) {
    absl::StrAppend(out, " data-e=\"", *link.edge, "\"");
  }
  const std::string path =
      ArrowPath(layout.nodes[arrow.from], layout.nodes[arrow.to], link.decided);
  absl::StrAppend(out, "><title>", Html(Name(records, link.from)),
                  link.decided ? " \u2192 " : " \u2013 ",
                  Html(Name(records, link.to)));
  if (link.words > 0) absl::StrAppend(out, ": ", Count(link.words, "word"));
  absl::StrAppend(out, "</title><path class=\"hit\" d=\"", path,
                  "\"/><path class=\"line\" d=\"", path, "\" stroke-width=\"",
                  Tenths(arrow.width), "\"");
  if (link.decided) {
    absl::StrAppend(out, " marker-end=\"url(#head-", std::string(relation),
                    ")\"");
  }
  *out += "/></g>\n";
}

std::string NodeClass(const TraceDocumentRecord& document) {
  if (!document.lineage.has_value()) return "outside";
  const TraceLineageRecord& lineage = *document.lineage;
  std::string name = "undecided";
  if (lineage.status == "root") name = "root";
  if (lineage.status == "copy") name = "copy";
  if (lineage.status == "hidden_source") name = "hidden";
  if (lineage.clock_overruled) name += " overruled";
  return name;
}

std::string NodeTitle(const TraceDocumentRecord& document) {
  std::string text = document.title.empty() ? document.id.text : document.title;
  if (!document.publisher.empty()) {
    absl::StrAppend(&text, "\n", document.publisher);
  }
  const std::string time = PublishedText(document);
  if (!time.empty()) absl::StrAppend(&text, "\n", time);
  if (document.lineage.has_value() && document.lineage->clock_overruled) {
    text += "\nits clock was overruled by the text";
  }
  return text;
}

constexpr double kOutsideRadius = 4;

void WriteNode(const TraceRecords& records, const TraceNode& node,
               std::string* out) {
  if (node.document.has_value()) {
    const TraceDocumentRecord& document = records.documents[*node.document];
    absl::StrAppend(out, "<g class=\"node ", NodeClass(document),
                    "\" data-d=\"", *node.document, "\"><title>",
                    Html(NodeTitle(document)), "</title>");
  } else {
    absl::StrAppend(out, "<g class=\"node absent\" data-s=\"", node.absent,
                    "\"><title>A source that is not among the documents"
                    "</title>");
  }
  // What is in no family has a smaller dot.
  const bool is_outside =
      node.document.has_value() &&
      !records.documents[*node.document].lineage.has_value();
  absl::StrAppend(out, "<circle cx=\"", Tenths(node.x), "\" cy=\"",
                  Tenths(node.y), "\" r=\"",
                  is_outside ? kOutsideRadius : kTraceDotRadius, "\"/>");
  WriteText(absl::StrCat("class=\"label\" ",
                         Position(node.x - kTraceDotRadius, node.y + 18)),
            node.label, out);
  *out += "</g>\n";
}

// --- the file ---------------------------------------------------------------

constexpr double kMargin = 20;
constexpr double kLegendHeight = 82;
constexpr double kRelationWidth = 150;

// Room for a line and its head, then the words.
void WriteRelations(double y, std::string* out) {
  double x = kMargin;
  for (size_t i = 0; i < kPairRelations; ++i) {
    const char* const relation = kRelations[i];
    absl::StrAppend(out, "<g class=\"arrow ", relation,
                    "\"><path class=\"line\" stroke-width=\"3\" d=\"M", x, " ",
                    y);
    if (SaysNothingOfDirection(relation)) {
      *out += "h28\"/></g>";
    } else {
      absl::StrAppend(out, "h16\" marker-end=\"url(#head-", relation,
                      ")\"/></g>");
    }
    std::string name = relation;
    if (name == "common_source") name = "common source";
    WriteText(absl::StrCat("class=\"legend\" ", Position(x + 36, y + 4)), name,
              out);
    x += kRelationWidth;
  }
}

void WriteDot(double x, double y, std::string_view name, const char* words,
              std::string* out) {
  const double radius = name == "outside" ? kOutsideRadius : kTraceDotRadius;
  absl::StrAppend(out, "<g class=\"node ", std::string(name),
                  "\"><circle cx=\"", Tenths(x + kTraceDotRadius), "\" cy=\"",
                  Tenths(y), "\" r=\"", radius, "\"/></g>");
  WriteText(absl::StrCat("class=\"legend\" ", Position(x + 18, y + 4)), words,
            out);
}

void WriteDots(double y, std::string* out) {
  constexpr double kLegendSize = 12;  // pixels an em
  constexpr std::pair<std::string_view, const char*> kDots[] = {
      {"root", "root: what a family goes back to"},
      {"copy", "copy"},
      {"hidden", "made from what is not among these"},
      {"outside", "in no family"},
      {"undecided", "undecided what it was made from"},
      {"copy overruled", "clock overruled"}};
  double x = kMargin;
  for (const auto& [name, words] : kDots) {
    WriteDot(x, y, name, words, out);
    x += 34 + WidthOf(words) * kLegendSize;
  }
}

void WriteLegend(double y, const std::string& left_out, std::string* out) {
  WriteRelations(y, out);
  WriteDot(kMargin + kPairRelations * kRelationWidth, y, "absent",
           "source that is not among these", out);
  WriteDots(y + 26, out);
  WriteText(absl::StrCat("class=\"legend\" ", Position(kMargin, y + 52)),
            absl::StrCat("Wide arrows: many words. Broken lines: undecided. ",
                         left_out),
            out);
}

}  // namespace

void AppendTraceGraph(const TraceRecords& records, const TraceLinks& links,
                      const TraceLayout& layout, std::string* out) {
  WriteArrowHeads(out);
  for (const TracePanel& panel : layout.panels) WritePanel(panel, out);
  for (const TraceArrow& arrow : layout.arrows) {
    const TraceLink& link = links.links[arrow.link];
    const bool in_one_panel =
        layout.nodes[arrow.from].panel == layout.nodes[arrow.to].panel;
    if (link.kind == LinkKind::kIndirect || !in_one_panel) continue;
    WriteArrow(records, link, layout, arrow, out);
  }
  for (const TraceNode& node : layout.nodes) WriteNode(records, node, out);
}

std::string TraceSvg(const TraceRecords& records, const TraceLimits& limits) {
  const TraceExcerpt excerpt = CutTrace(records, limits);
  const TraceLinks links = FindTraceLinks(excerpt.records);
  const TraceLayout layout = LayOutTrace(excerpt.records, links);
  const double width = std::max(layout.width, 1140.0) + 2 * kMargin;
  const double height = layout.height + 2 * kMargin + kLegendHeight;
  std::string out = absl::StrCat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" width=\"",
      Tenths(width), "\" height=\"", Tenths(height), "\" viewBox=\"0 0 ",
      Tenths(width), " ", Tenths(height),
      "\">\n<title>Who copied whom</title>");
  absl::StrAppend(&out, "<style>", std::string(kTokensStyle),
                  std::string(kGraphStyle),
                  "</style>\n<rect class=\"ground\" width=\"100%\" "
                  "height=\"100%\"/>\n<g transform=\"translate(",
                  kMargin, " ", kMargin, ")\">\n");
  AppendTraceGraph(excerpt.records, links, layout, &out);
  out += "</g>\n";
  WriteLegend(layout.height + 2 * kMargin + 14, LeftOutText(excerpt), &out);
  out += "</svg>\n";
  return out;
}

}  // namespace wirecopy
