// Where everything stands in the graph of a trace.
//
// Every family has a panel of its own, and panels stand side by side in rows.
// In a panel time runs from left to right and every publisher has a lane.
// Documents without a date stand in a part of their own at the left, by how
// many copies lie between them and where their text comes from.

#ifndef WIRECOPY_REPORT_TRACE_LAYOUT_H_
#define WIRECOPY_REPORT_TRACE_LAYOUT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/trace_links.h"
#include "report/trace_records.h"

namespace wirecopy {

// All lengths are in pixels at zoom 1; y grows downwards.
struct TraceBox {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

// What a node and its label take; no two of them overlap.
struct TraceNode {
  std::optional<size_t> document;  // none: an absent source
  size_t absent = 0;               // in TraceLinks::absent
  size_t panel = 0;
  double x = 0;  // of the centre of the dot
  double y = 0;
  TraceBox box;       // dot and label
  std::string label;  // without control characters and marks of direction
};

struct TraceArrow {
  size_t link = 0;  // in TraceLinks::links
  size_t from = 0;  // nodes
  size_t to = 0;
  double width = 0;  // grows with the words
};

struct TraceLane {
  std::string label;
  double y = 0;
  double height = 0;
};

struct TraceTick {
  double x = 0;
  std::string label;
};

struct TracePanel {
  std::vector<size_t> families;
  size_t documents = 0;
  TraceBox box;
  std::string title;
  double undated_x = 0;  // the part of undated documents, if it has a width
  double undated_width = 0;
  std::vector<TraceLane> lanes;
  std::vector<TraceTick> ticks;
};

struct TraceLayout {
  double width = 0;
  double height = 0;
  std::vector<TracePanel> panels;
  // Documents have the same number here as in the records; then absent ones.
  std::vector<TraceNode> nodes;
  std::vector<TraceArrow> arrows;  // one a link, in their order
};

// What a graph draws as dots.
inline constexpr double kTraceDotRadius = 6;
// Arrows are of this width at most; one of no words has the least.
inline constexpr double kTraceMostArrow = 7;
inline constexpr double kTraceLeastArrow = 1.2;

// O(n log n) but for the packing of lanes, which is O(n * rows of the lane).
TraceLayout LayOutTrace(const TraceRecords& records, const TraceLinks& links);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TRACE_LAYOUT_H_
