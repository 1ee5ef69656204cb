#include "report/trace_layout.h"

#include <algorithm>
#include <cmath>

#include "report/trace_panel.h"

namespace wirecopy {
namespace {

constexpr double kBetweenPanels = 20;
constexpr double kLeastWidth = 1120;  // of a row of panels

struct PanelRow {
  double x = 0;  // where there is room from
  double y = 0;
  double height = 0;
};

// Puts panels into rows: each into the first that has room for it, or into a
// new one, so that all of it is about one and a half times as wide as high.
void PlacePanels(TraceLayout* layout) {
  double area = 0;
  double width = kLeastWidth;
  for (const TracePanel& panel : layout->panels) {
    area += (panel.box.width + kBetweenPanels) *
            (panel.box.height + kBetweenPanels);
    width = std::max(width, panel.box.width);
  }
  width = std::max(width, std::sqrt(1.5 * area));
  std::vector<PanelRow> rows;
  for (TracePanel& panel : layout->panels) {
    TraceBox& box = panel.box;
    auto row =
        std::find_if(rows.begin(), rows.end(), [&](const PanelRow& candidate) {
          return candidate.x + box.width <= width &&
                 box.height <= candidate.height;
        });
    if (row == rows.end()) {
      const double y =
          rows.empty() ? 0
                       : rows.back().y + rows.back().height + kBetweenPanels;
      row = rows.insert(row, {0, y, box.height});
    }
    box.x = row->x;
    box.y = row->y;
    row->x += box.width + kBetweenPanels;
    layout->width = std::max(layout->width, box.x + box.width);
    layout->height = std::max(layout->height, box.y + box.height);
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
