#include "report/trace_layout.h"

#include <algorithm>
#include <cmath>

#include "report/characters.h"
#include "report/trace_panel.h"

namespace wirecopy {
namespace {

constexpr double kBetweenPanels = 20;
constexpr double kLeastWidth = 1180;  // of a row of panels

// Rows of panels, in their order, about one and a half times as wide as high.
void PlacePanels(TraceLayout* layout) {
  double area = 0;
  double widest = kLeastWidth;
  for (const TracePanel& panel : layout->panels) {
    area += (panel.box.width + kBetweenPanels) *
            (panel.box.height + kBetweenPanels);
    widest = std::max(widest, panel.box.width);
  }
  const double row_width = std::max(widest, std::sqrt(1.5 * area));
  double x = 0;
  double y = 0;
  double row_height = 0;
  for (TracePanel& panel : layout->panels) {
    if (x > 0 && x + panel.box.width > row_width) {
      x = 0;
      y += row_height + kBetweenPanels;
      row_height = 0;
    }
    panel.box.x = x;
    panel.box.y = y;
    x += panel.box.width + kBetweenPanels;
    row_height = std::max(row_height, panel.box.height);
    layout->width = std::max(layout->width, x - kBetweenPanels);
    layout->height = y + row_height;
  }
}

// Moves what was laid out within its panel to where the panel stands.
void MoveIntoPlace(TraceLayout* layout) {
  for (TracePanel& panel : layout->panels) {
    panel.undated_x += panel.box.x;
    for (TraceLane& lane : panel.lanes) lane.y += panel.box.y;
    for (TraceTick& tick : panel.ticks) tick.x += panel.box.x;
  }
  for (TraceNode& node : layout->nodes) {
    const TraceBox& panel = layout->panels[node.panel].box;
    node.x += panel.x;
    node.y += panel.y;
    node.box.x += panel.x;
    node.box.y += panel.y;
  }
}

// By the square root, which tells 20 words from 100 and 1,000 from 2,000.
double ArrowWidth(uint64_t words, uint64_t most) {
  const double share =
      most == 0 ? 0 : static_cast<double>(words) / static_cast<double>(most);
  return kTraceLeastArrow +
         (kTraceMostArrow - kTraceLeastArrow) * std::sqrt(share);
}

}  // namespace

std::string TraceLabel(std::string_view utf8, int columns) {
  std::string label;
  int used = 0;
  size_t before_last = 0;  // the end of what leaves room for the ellipsis
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    const bool is_space = IsSpace(c.code_point);
    const char32_t shown = is_space ? ' ' : Shown(c.code_point);
    if (shown == 0 || (is_space && label.empty())) continue;
    used += Columns(shown);
    if (used < columns) before_last = label.size();
    if (used > columns || label.size() > 16U * static_cast<size_t>(columns)) {
      label.resize(before_last);
      return label + "…";
    }
    AppendCharacter(shown, &label);
    if (used < columns) before_last = label.size();
  }
  return label;
}

TraceLayout LayOutTrace(const TraceRecords& records, const TraceLinks& links) {
  TraceLayout layout;
  layout.nodes.resize(records.documents.size() + links.absent.size());
  const std::vector<int> depths = DepthsOf(layout.nodes.size(), links);
  for (const TraceGroup& group : FindTraceGroups(records, links)) {
    LayOutPanel({records, links, depths}, group, &layout);
  }
  PlacePanels(&layout);
  MoveIntoPlace(&layout);
  uint64_t most = 0;
  for (const TraceLink& link : links.links) most = std::max(most, link.words);
  layout.arrows.reserve(links.links.size());
  for (size_t i = 0; i < links.links.size(); ++i) {
    const TraceLink& link = links.links[i];
    layout.arrows.push_back(
        {i, link.from, link.to, ArrowWidth(link.words, most)});
  }
  return layout;
}

}  // namespace wirecopy
