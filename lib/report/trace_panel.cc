#include "report/trace_panel.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "report/characters.h"
#include "report/trace_words.h"

namespace wirecopy {
namespace {

constexpr double kLabelEm = 11;  // the size of a label's type
constexpr double kLabelEms = 11.5;
constexpr double kLabelWidth = kLabelEms * kLabelEm + 4;
constexpr double kTitleEm = 14;
constexpr double kRowHeight = 36;
constexpr double kDotToLabelEnd = 23;  // downwards
constexpr double kNodeTop = 9;         // above the dot's centre
constexpr double kLanePadding = 5;
constexpr double kLaneLabels = 126;  // at the left of every panel
constexpr double kHeading = 52;      // title and times
constexpr double kEdgeSpace = 26;    // at the right and before the first dot
constexpr size_t kLeastRows = 12;    // of one place, before it gets columns
constexpr double kTickDistance = 84;
constexpr double kAbsentBefore = 64;  // its first copy

// Places at which nodes stand below one another: a number of copies between
// them and their source, or a time. What is undated comes first.
struct ColumnKey {
  bool is_dated = false;
  int depth = 0;
  absl::Time time;

  friend bool operator<(const ColumnKey& x, const ColumnKey& y) {
    return std::tie(x.is_dated, x.depth, x.time) <
           std::tie(y.is_dated, y.depth, y.time);
  }
};

struct Column {
  size_t broadest = 1;  // columns of labels in any lane
  double x = 0;
};

class PanelLayout {
 public:
  PanelLayout(const DrawnTrace& drawn, const TraceGroup& group,
              TraceLayout* layout)
      : drawn_(drawn), group_(group), layout_(layout) {}

  void LayOut() {
    FindColumns();
    PlaceUndatedColumns();
    PlaceDatedColumns();
    PlaceNodes();
    PlaceAbsent();
    StackLanes();
    AddTicks();
    Finish();
  }

 private:
  using Lane = std::string_view;  // a publisher

  void FindColumns();
  void PlaceUndatedColumns();
  void PlaceDatedColumns();
  void PlaceNodes();
  void PlaceAbsent();
  void AddNode(size_t place, double x, std::string label);
  void StackLanes();
  double StackLane(std::vector<size_t>* nodes, double y);
  void AddTicks();
  void Finish();
  ColumnKey KeyOf(size_t document) const;
  Lane LaneOf(size_t document) const {
    return drawn_.records.documents[document].publisher;
  }

  const DrawnTrace& drawn_;
  const TraceGroup& group_;
  TraceLayout* layout_;
  TracePanel panel_;
  std::map<ColumnKey, Column> columns_;
  // Those of a column and a lane.
  std::map<std::pair<ColumnKey, Lane>, std::vector<size_t>> bins_;
  std::map<Lane, std::vector<size_t>> lanes_;
  std::vector<size_t> absent_lane_;
  double right_ = kLaneLabels;  // of all nodes
};

ColumnKey PanelLayout::KeyOf(size_t document) const {
  const auto& published = drawn_.records.documents[document].published;
  if (drawn_.records.used_dates && published.has_value()) {
    return {true, 0, *published};
  }
  return {false, drawn_.depths[document], absl::InfinitePast()};
}

// The rows that make many nodes at one place about as wide as high.
size_t RowsFor(size_t nodes) {
  const double rows =
      std::sqrt(static_cast<double>(nodes) * kLabelWidth / kRowHeight);
  return std::max(kLeastRows, static_cast<size_t>(rows));
}

size_t ColumnsFor(size_t nodes) {
  const size_t rows = RowsFor(nodes);
  return (nodes + rows - 1) / rows;
}

void PanelLayout::FindColumns() {
  for (const size_t document : group_.documents) {
    const ColumnKey key = KeyOf(document);
    std::vector<size_t>& bin = bins_[{key, LaneOf(document)}];
    bin.push_back(document);
    Column& column = columns_[key];
    column.broadest = std::max(column.broadest, ColumnsFor(bin.size()));
  }
}

void PanelLayout::PlaceUndatedColumns() {
  double x = kLaneLabels + kEdgeSpace;
  for (auto& [key, column] : columns_) {
    if (key.is_dated) continue;
    column.x = x;
    x += static_cast<double>(column.broadest) * kLabelWidth + kEdgeSpace;
  }
  panel_.undated_x = kLaneLabels;
  panel_.undated_width = x - kLaneLabels - kEdgeSpace;
}

// Hours count by their logarithm: a minute, a day and a year can be told
// apart, and none of them takes the whole width.
double TimeDistance(absl::Duration between) {
  const double hours = std::min(absl::ToDoubleHours(between), 1e6);
  return 18 + 20 * std::log2(1 + hours);
}

void PanelLayout::PlaceDatedColumns() {
  const double left = panel_.undated_x + panel_.undated_width + kEdgeSpace +
                      (group_.absent.empty() ? 0 : kAbsentBefore);
  const double most =
      std::max(640.0, 200 * std::sqrt(double(group_.documents.size())));
  double sum = 0;
  std::vector<double> distances;
  const ColumnKey* before = nullptr;
  for (const auto& [key, column] : columns_) {
    if (!key.is_dated) continue;
    if (before != nullptr) {
      distances.push_back(TimeDistance(key.time - before->time));
      sum += distances.back();
    }
    before = &key;
  }
  const double scale = sum > most ? most / sum : 1;
  double x = left;
  size_t number = 0;
  for (auto& [key, column] : columns_) {
    if (!key.is_dated) continue;
    column.x = x;
    if (number == distances.size()) break;
    x += static_cast<double>(column.broadest - 1) * kLabelWidth +
         scale * distances[number++];
  }
}

void PanelLayout::AddNode(size_t place, double x, std::string label) {
  TraceNode& node = layout_->nodes[place];
  node.panel = layout_->panels.size();
  node.x = x;
  const double width =
      std::max(2 * kTraceDotRadius + 4, kLabelEm * WidthOf(label) + 4);
  node.box = {x - kTraceDotRadius - 2, 0, width, kNodeTop + kDotToLabelEnd};
  node.label = std::move(label);
  right_ = std::max(right_, node.box.x + width);
}

void PanelLayout::PlaceNodes() {
  for (const auto& [where, documents] : bins_) {
    const Column& column = columns_[where.first];
    const size_t rows = RowsFor(documents.size());
    for (size_t i = 0; i < documents.size(); ++i) {
      const size_t place = documents[i];
      const TraceDocumentRecord& record = drawn_.records.documents[place];
      layout_->nodes[place].document = place;
      const size_t beside = i / rows;
      AddNode(place, column.x + static_cast<double>(beside) * kLabelWidth,
              TraceLabel(record.title.empty() ? record.id.text : record.title,
                         kLabelEms));
      lanes_[where.second].push_back(place);
    }
  }
}

// An absent source stands somewhat before the first of its copies.
void PanelLayout::PlaceAbsent() {
  for (const size_t number : group_.absent) {
    const GraphSource& absent = drawn_.links.absent[number];
    double first = layout_->nodes[absent.copies[0]].x;
    for (const size_t copy : absent.copies) {
      first = std::min(first, layout_->nodes[copy].x);
    }
    const size_t place = drawn_.records.documents.size() + number;
    layout_->nodes[place].absent = number;
    AddNode(place, std::max(kLaneLabels + 10, first - kAbsentBefore),
            "absent source");
    absent_lane_.push_back(place);
  }
}

// Puts nodes into the first row that has room, from left to right, and says
// how high the lane got.
double PanelLayout::StackLane(std::vector<size_t>* nodes, double y) {
  std::stable_sort(nodes->begin(), nodes->end(), [&](size_t a, size_t b) {
    return layout_->nodes[a].x < layout_->nodes[b].x;
  });
  std::vector<double> ends;  // of rows
  for (const size_t place : *nodes) {
    TraceNode& node = layout_->nodes[place];
    size_t row = 0;
    while (row < ends.size() && ends[row] + 4 > node.box.x) ++row;
    if (row == ends.size()) ends.push_back(0);
    ends[row] = node.box.x + node.box.width;
    node.y =
        y + kLanePadding + kNodeTop + static_cast<double>(row) * kRowHeight;
    node.box.y = node.y - kNodeTop;
  }
  return static_cast<double>(ends.size()) * kRowHeight + 2 * kLanePadding;
}

// Publishers in the order of their first documents, so that arrows lead
// downwards more often than not; what has no publisher last.
void PanelLayout::StackLanes() {
  double y = kHeading;
  if (!absent_lane_.empty()) {
    const double height = StackLane(&absent_lane_, y);
    panel_.lanes.push_back({"not among these", y, height});
    y += height;
  }
  std::vector<std::tuple<bool, double, Lane>> order;
  order.reserve(lanes_.size());
  for (const auto& [lane, nodes] : lanes_) {
    double first = layout_->nodes[nodes[0]].x;
    for (const size_t node : nodes) {
      first = std::min(first, layout_->nodes[node].x);
    }
    order.emplace_back(lane.empty(), first, lane);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [is_unknown, first, lane] : order) {
    const double height = StackLane(&lanes_[lane], y);
    const std::string label =
        is_unknown ? "publisher unknown" : TraceLabel(lane, 11.6);
    panel_.lanes.push_back({label, y, height});
    y += height;
  }
  panel_.box.height = y + kLanePadding;
}

void PanelLayout::AddTicks() {
  double free = 0;
  absl::Time last_day = absl::InfinitePast();
  for (const auto& [key, column] : columns_) {
    if (!key.is_dated || column.x < free) continue;
    const bool is_new_day = DayOf(key.time) != last_day;
    panel_.ticks.push_back(
        {column.x, is_new_day ? DateText(key.time) : HourText(key.time)});
    last_day = DayOf(key.time);
    free = column.x + kTickDistance;
  }
}

// What a title adds to the name of one of them.
std::string OtherFamilies(size_t families) {
  if (families < 2) return "";
  return families == 2 ? ", and another family"
                       : absl::StrCat(", and ", families - 1, " families more");
}

void PanelLayout::Finish() {
  size_t titled = group_.documents[0];
  for (const size_t document : group_.documents) {
    const auto& lineage = drawn_.records.documents[document].lineage;
    if (lineage.has_value() && lineage->status == "root") {
      titled = document;
      break;
    }
  }
  const TraceDocumentRecord& record = drawn_.records.documents[titled];
  double right = right_ + kEdgeSpace;
  if (!panel_.ticks.empty()) {
    right = std::max(right, panel_.ticks.back().x + kTickDistance);
  }
  const std::string others = OtherFamilies(group_.families.size());
  const double others_width = kTitleEm * WidthOf(std::string_view(others));
  panel_.box.width = std::max(right, 330.0 + others_width);
  const double ems = (panel_.box.width - 130 - others_width) / kTitleEm;
  panel_.title =
      group_.is_linked
          ? TraceLabel(record.title.empty() ? record.id.text : record.title,
                       ems) +
                others
          : "Boilerplate alone in common";
  panel_.families = group_.families;
  panel_.documents = group_.documents.size();
  layout_->panels.push_back(std::move(panel_));
}

}  // namespace

std::vector<int> DepthsOf(size_t places, const TraceLinks& links) {
  std::vector<std::vector<size_t>> copies(places);
  std::vector<size_t> sources(places);
  for (const TraceLink& link : links.links) {
    if (!link.decided || link.kind == LinkKind::kIndirect) continue;
    copies[link.from].push_back(link.to);
    ++sources[link.to];
  }
  std::vector<size_t> ready;
  for (size_t i = 0; i < places; ++i) {
    if (sources[i] == 0) ready.push_back(i);
  }
  std::vector<int> depths(places);
  std::vector<int> reached(places);
  while (!ready.empty()) {
    const size_t place = ready.back();
    ready.pop_back();
    depths[place] = reached[place];
    for (const size_t copy : copies[place]) {
      reached[copy] = std::max(reached[copy], depths[place] + 1);
      if (--sources[copy] == 0) ready.push_back(copy);
    }
  }
  return depths;
}

void LayOutPanel(const DrawnTrace& drawn, const TraceGroup& group,
                 TraceLayout* layout) {
  PanelLayout(drawn, group, layout).LayOut();
}

}  // namespace wirecopy
