#include "report/trace_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "report/trace_links.h"
#include "tests/support/made_trace.h"

namespace wirecopy {
namespace {

struct Drawn {
  TraceRecords records;
  TraceLinks links;
  TraceLayout layout;
};

Drawn Draw(TraceRecords records) {
  Drawn drawn;
  drawn.records = std::move(records);
  drawn.links = FindTraceLinks(drawn.records);
  drawn.layout = LayOutTrace(drawn.records, drawn.links);
  return drawn;
}

std::vector<TraceRecords> Samples() {
  TraceRecords undated = oracle::MakeDeskTrace();
  undated.used_dates = false;
  TraceRecords one_moment = oracle::MakeLargeTrace(300, 300, 4);
  for (TraceDocumentRecord& document : one_moment.documents) {
    document.published = oracle::MadeTime(0);
    document.publisher = "One Paper";
  }
  return {oracle::MakeDeskTrace(), oracle::MakeHostileTrace(), undated,
          one_moment, oracle::MakeLargeTrace(400, 40, 4)};
}

bool Overlap(const TraceBox& x, const TraceBox& y) {
  return x.x < y.x + y.width && y.x < x.x + x.width && x.y < y.y + y.height &&
         y.y < x.y + x.height;
}

bool Contains(const TraceBox& outer, const TraceBox& inner) {
  constexpr double kSlack = 1e-6;
  return outer.x <= inner.x + kSlack && outer.y <= inner.y + kSlack &&
         inner.x + inner.width <= outer.x + outer.width + kSlack &&
         inner.y + inner.height <= outer.y + outer.height + kSlack;
}

TEST(TraceLayout, NoTwoNodesOrLabelsOverlap) {
  for (const TraceRecords& records : Samples()) {
    const Drawn drawn = Draw(records);
    const auto& nodes = drawn.layout.nodes;
    ASSERT_GE(nodes.size(), records.documents.size());
    for (size_t i = 0; i < nodes.size(); ++i) {
      for (size_t j = i + 1; j < nodes.size(); ++j) {
        EXPECT_FALSE(Overlap(nodes[i].box, nodes[j].box))
            << nodes[i].label << " and " << nodes[j].label;
      }
    }
  }
}

TEST(TraceLayout, PanelsStandApartAndHoldTheirNodes) {
  for (const TraceRecords& records : Samples()) {
    const Drawn drawn = Draw(records);
    const auto& panels = drawn.layout.panels;
    const TraceBox all = {0, 0, drawn.layout.width, drawn.layout.height};
    for (size_t i = 0; i < panels.size(); ++i) {
      EXPECT_TRUE(Contains(all, panels[i].box));
      for (size_t j = i + 1; j < panels.size(); ++j) {
        EXPECT_FALSE(Overlap(panels[i].box, panels[j].box));
      }
    }
    for (const TraceNode& node : drawn.layout.nodes) {
      EXPECT_TRUE(Contains(panels[node.panel].box, node.box)) << node.label;
    }
  }
}

TEST(TraceLayout, LanesArePublishersAndDoNotOverlap) {
  const Drawn drawn = Draw(oracle::MakeDeskTrace());
  for (const TracePanel& panel : drawn.layout.panels) {
    for (size_t i = 1; i < panel.lanes.size(); ++i) {
      EXPECT_GE(panel.lanes[i].y,
                panel.lanes[i - 1].y + panel.lanes[i - 1].height - 1e-9);
    }
  }
  for (const TraceNode& node : drawn.layout.nodes) {
    const TracePanel& panel = drawn.layout.panels[node.panel];
    const auto lane = std::find_if(panel.lanes.begin(), panel.lanes.end(),
                                   [&](const TraceLane& candidate) {
                                     return candidate.y <= node.box.y &&
                                            node.box.y + node.box.height <=
                                                candidate.y + candidate.height;
                                   });
    ASSERT_NE(lane, panel.lanes.end());
    if (!node.document.has_value()) {
      EXPECT_EQ(lane->label, "not among these");
      continue;
    }
    const std::string& publisher =
        drawn.records.documents[*node.document].publisher;
    EXPECT_EQ(lane->label, publisher.empty() ? "publisher unknown" : publisher);
  }
}

TEST(TraceLayout, TimeRunsFromLeftToRight) {
  for (const TraceRecords& records : Samples()) {
    const Drawn drawn = Draw(records);
    std::map<size_t, std::vector<std::pair<absl::Time, double>>> by_panel;
    for (const TraceNode& node : drawn.layout.nodes) {
      if (!node.document.has_value() || !records.used_dates) continue;
      const auto& published = records.documents[*node.document].published;
      if (published.has_value()) {
        by_panel[node.panel].emplace_back(*published, node.x);
      }
    }
    for (auto& [panel, nodes] : by_panel) {
      std::sort(nodes.begin(), nodes.end());
      for (size_t i = 1; i < nodes.size(); ++i) {
        if (nodes[i].first == nodes[i - 1].first) continue;
        EXPECT_GT(nodes[i].second, nodes[i - 1].second);
      }
    }
  }
}

TEST(TraceLayout, UndatedDocumentsStandApartAtTheLeft) {
  const Drawn drawn = Draw(oracle::MakeDeskTrace());
  size_t undated = 0;
  for (const TraceNode& node : drawn.layout.nodes) {
    if (!node.document.has_value()) continue;
    const TracePanel& panel = drawn.layout.panels[node.panel];
    const double border = panel.undated_x + panel.undated_width;
    if (drawn.records.documents[*node.document].published.has_value()) {
      EXPECT_GT(node.box.x, border);
    } else {
      ++undated;
      EXPECT_LE(node.box.x + node.box.width, border);
    }
  }
  EXPECT_EQ(undated, 3);
}

TEST(TraceLayout, WithoutDatesCopiesStandBehindTheirSources) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.used_dates = false;
  const Drawn drawn = Draw(records);
  size_t seen = 0;
  for (size_t i = 0; i < drawn.links.links.size(); ++i) {
    const TraceLink& link = drawn.links.links[i];
    if (link.kind != LinkKind::kDescent) continue;
    EXPECT_LT(drawn.layout.nodes[link.from].x, drawn.layout.nodes[link.to].x);
    ++seen;
  }
  EXPECT_EQ(seen, 9);
}

TEST(TraceLayout, ArrowsWidenWithTheWords) {
  const Drawn drawn = Draw(oracle::MakeDeskTrace());
  std::vector<std::pair<uint64_t, double>> arrows;
  for (const TraceArrow& arrow : drawn.layout.arrows) {
    arrows.emplace_back(drawn.links.links[arrow.link].words, arrow.width);
  }
  std::sort(arrows.begin(), arrows.end());
  ASSERT_GT(arrows.size(), 10U);
  for (size_t i = 1; i < arrows.size(); ++i) {
    EXPECT_EQ(arrows[i].first > arrows[i - 1].first,
              arrows[i].second > arrows[i - 1].second);
  }
  EXPECT_GE(arrows.front().second, kTraceLeastArrow);
  EXPECT_DOUBLE_EQ(arrows.back().second, kTraceMostArrow);
}

TEST(TraceLayout, AnAbsentSourceStandsBeforeItsCopies) {
  const Drawn drawn = Draw(oracle::MakeDeskTrace());
  ASSERT_EQ(drawn.links.absent.size(), 1U);
  const TraceNode& absent = drawn.layout.nodes.back();
  EXPECT_FALSE(absent.document.has_value());
  ASSERT_EQ(drawn.links.absent[0].copies.size(), 2U);
  for (const size_t copy : drawn.links.absent[0].copies) {
    EXPECT_LT(absent.x, drawn.layout.nodes[copy].x);
    EXPECT_EQ(absent.panel, drawn.layout.nodes[copy].panel);
  }
}

TEST(TraceLayout, ManyAtOneMomentMakeNoTower) {
  TraceRecords records = oracle::MakeLargeTrace(600, 600, 4);
  for (TraceDocumentRecord& document : records.documents) {
    document.published = oracle::MadeTime(0);
    document.publisher.clear();
  }
  for (const TracePanel& panel : Draw(records).layout.panels) {
    if (panel.documents < 100) continue;
    EXPECT_LT(panel.box.height, 2 * panel.box.width);
    EXPECT_LT(panel.box.width, 4 * panel.box.height);
  }
}

TEST(TraceLayout, NothingIsNothing) {
  const Drawn drawn = Draw({});
  EXPECT_TRUE(drawn.layout.nodes.empty());
  EXPECT_TRUE(drawn.layout.panels.empty());
}

TEST(TraceLayout, CirclesOfParentsDoNoHarm) {
  TraceRecords records = oracle::MakeDeskTrace();
  records.used_dates = false;
  auto& first = records.documents[0].lineage;
  first->parents = {{2, 0.6, 10}};
  const Drawn drawn = Draw(records);
  EXPECT_EQ(drawn.layout.nodes.size(), records.documents.size() + 1);
}

}  // namespace
}  // namespace wirecopy
