#include "report/trace_figures.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "report/characters.h"
#include "report/json_line.h"
#include "report/log_events.h"

namespace wirecopy {
namespace {

void AddStats(const TraceRunStats& stats, std::string_view version,
              JsonLine* line) {
  line->Add("version", version).Add("read", stats.read);
  line->Add("documents", stats.documents).Add("rejected", stats.rejected);
  line->Add("bytes", stats.bytes).Add("dates", stats.used_dates);
  line->Add("candidates", stats.candidates).Add("passages", stats.passages);
  line->Add("edges", stats.edges).Add("directed", stats.directed);
  line->Add("common_source", stats.common_source);
  line->Add("quotations", stats.quotations);
  line->Add("families", stats.families);
  line->Add("largest_family", stats.largest_family);
  line->Add("roots", stats.roots).Add("copies", stats.copies);
  line->Add("hidden_source", stats.hidden_source);
  line->Add("undecided", stats.undecided);
  line->Add("absent_sources", stats.absent_sources);
  line->Add("clocks_overruled", stats.clocks_overruled);
  AddWarningCounts(stats, line);
  line->Add("seconds", stats.seconds);
}

// A name as a terminal can bear it.
std::string Printable(const std::string& name) {
  std::string shown;
  for (size_t i = 0; i < name.size();) {
    const Character c = CharacterAt(name, i);
    i += c.length;
    if (const char32_t s = Shown(c.code_point); s != 0) {
      AppendCharacter(s, &shown);
    }
  }
  return shown;
}

std::string Feeds(const TraceRecords& records) {
  constexpr size_t kMost = 5;
  const auto feeds = LargestFeeds(records);
  if (feeds.empty()) return "";
  std::string text = "who feeds whom:\n";
  for (size_t i = 0; i < std::min(kMost, feeds.size()); ++i) {
    const TracePublisherRecord& feed = *feeds[i];
    absl::StrAppend(&text, "  ", Printable(feed.source), " \u2192 ",
                    Printable(feed.copy), ": ",
                    Count(feed.documents, "document"), ", ",
                    Count(feed.words, "word"), "\n");
  }
  if (feeds.size() > kMost) {
    absl::StrAppend(&text, "  and ", Count(feeds.size() - kMost, "more feed"),
                    "\n");
  }
  return text;
}

std::string Verdicts(const TraceRunStats& stats,
                     const TraceVerdicts& verdicts) {
  return absl::StrCat("  ", Count(stats.edges, "pair"),
                      stats.edges == 1 ? " shares " : " share ",
                      Count(stats.passages, "passage"), ": of ",
                      Grouped(verdicts.decided), " the source is told",
                      verdicts.roundabout == 0
                          ? ""
                          : absl::StrCat(" (", Grouped(verdicts.roundabout),
                                         " by way of a third text)"),
                      ", ", Grouped(verdicts.common_source),
                      verdicts.common_source == 1 ? " has" : " have",
                      " a third one in common, ", Grouped(verdicts.quotations),
                      verdicts.quotations == 1 ? " quotes" : " quote",
                      " the same words, ", Grouped(verdicts.undecided),
                      verdicts.undecided == 1 ? " is" : " are", " undecided\n");
}

}  // namespace

bool IsRoundabout(const TraceRecords& records, const TraceEdgeRecord& edge) {
  if (!edge.source.has_value()) return false;
  const size_t source = *edge.source;
  const auto& above = records.documents[source].lineage;
  const auto& below =
      records.documents[source == edge.a ? edge.b : edge.a].lineage;
  if (!above.has_value() || !below.has_value() || below->parents.empty() ||
      above->family != below->family) {
    return false;
  }
  return std::none_of(below->parents.begin(), below->parents.end(),
                      [&](const TraceParentRecord& parent) {
                        return parent.document == source;
                      });
}

TraceVerdicts CountVerdicts(const TraceRecords& records) {
  TraceVerdicts verdicts;
  for (const TraceEdgeRecord& edge : records.edges) {
    ++(edge.source.has_value()            ? verdicts.decided
       : edge.relation == "common_source" ? verdicts.common_source
       : edge.relation == "quotation"     ? verdicts.quotations
                                          : verdicts.undecided);
    if (IsRoundabout(records, edge)) ++verdicts.roundabout;
  }
  return verdicts;
}

std::vector<const TracePublisherRecord*> LargestFeeds(
    const TraceRecords& records) {
  std::vector<const TracePublisherRecord*> feeds;
  feeds.reserve(records.publishers.size());
  for (const TracePublisherRecord& feed : records.publishers) {
    if (feed.source != feed.copy) feeds.push_back(&feed);
  }
  std::stable_sort(
      feeds.begin(), feeds.end(),
      [](const auto* x, const auto* y) { return x->words > y->words; });
  return feeds;
}

TraceRunStats CountTrace(const TraceRecords& records) {
  TraceRunStats stats;
  stats.documents = records.documents_read;
  stats.passages = records.passages.size();
  stats.edges = records.edges.size();
  stats.families = records.families.size();
  stats.used_dates = records.used_dates;
  for (const TraceEdgeRecord& edge : records.edges) {
    stats.directed += edge.source ? 1 : 0;
    stats.common_source += edge.relation == "common_source" ? 1 : 0;
    stats.quotations += edge.relation == "quotation" ? 1 : 0;
  }
  for (const TraceDocumentRecord& document : records.documents) {
    if (!document.lineage) continue;
    const TraceLineageRecord& lineage = *document.lineage;
    stats.roots += lineage.status == "root" ? 1 : 0;
    stats.copies += lineage.status == "copy" ? 1 : 0;
    stats.hidden_source += lineage.status == "hidden_source" ? 1 : 0;
    stats.undecided += lineage.status == "undecided" ? 1 : 0;
    stats.clocks_overruled += lineage.clock_overruled ? 1 : 0;
  }
  for (const TraceFamilyRecord& family : records.families) {
    stats.absent_sources += family.source_groups.size();
    stats.largest_family =
        std::max<uint64_t>(stats.largest_family, family.members.size());
  }
  return stats;
}

std::string TraceStatsLine(const TraceRunStats& stats,
                           std::string_view version) {
  JsonLine line;
  AddStats(stats, version, &line);
  return line.Finish();
}

std::string TraceSummary(const TraceRunStats& stats,
                         const TraceRecords& records) {
  std::string text = InputSummary(stats);
  text += Verdicts(stats, CountVerdicts(records));
  absl::StrAppend(&text, "  ", Grouped(stats.families),
                  stats.families == 1 ? " family" : " families", ": ",
                  Count(stats.roots, "root"), ", ", Grouped(stats.copies),
                  stats.copies == 1 ? " copy" : " copies", ", ",
                  Grouped(stats.hidden_source), " from ",
                  Count(stats.absent_sources, "absent source"), ", ",
                  Grouped(stats.undecided), " undecided\n");
  if (stats.clocks_overruled > 0) {
    absl::StrAppend(&text, "  ", Count(stats.clocks_overruled, "date"),
                    " overruled by what the texts say\n");
  }
  return text + Feeds(records);
}

std::string TraceEvents(const TraceRunStats& stats, std::string_view version) {
  return SummaryEvents(stats,
                       [&](JsonLine* line) { AddStats(stats, version, line); });
}

}  // namespace wirecopy
