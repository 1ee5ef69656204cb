#include "report/indexed_dedup_records.h"

#include "absl/strings/str_cat.h"
#include "report/json_line.h"
#include "report/log_events.h"

namespace wirecopy {
namespace {

void AddStats(const IndexedDedupStats& stats, std::string_view version,
              JsonLine* line) {
  line->Add("version", version).Add("read_only", stats.is_read_only);
  line->Add("read", stats.read).Add("kept", stats.kept);
  line->Add("removed", stats.removed);
  line->Add("removed_by_passages", stats.removed_by_passages);
  line->Add("rejected", stats.rejected).Add("bytes", stats.bytes);
  line->Add("present", stats.present).Add("revision", stats.revisions);
  line->Add("documents_with_spans", stats.documents_with_spans);
  line->Add("spans", stats.spans).Add("documents", stats.documents);
  AddWarningCounts(stats, line);
  line->Add("seconds", stats.seconds);
}

void AddAttribute(std::string_view name, std::span<const SeenSpanRecord> spans,
                  JsonLine* line) {
  line->BeginArray(name);
  for (const SeenSpanRecord& span : spans) {
    line->BeginArrayElement();
    line->Element(uint64_t{span.begin}).Element(uint64_t{span.end});
    line->Element(span.identity).EndArray();
  }
  line->EndArray();
}

}  // namespace

std::string AnnotationLine(const DocumentId& id,
                           std::span<const SeenSpanRecord> spans,
                           std::span<const SeenSpanRecord> cuts,
                           std::string_view unit) {
  JsonLine line;
  line.Add("id", id).BeginObject("attributes");
  AddAttribute("wirecopy__passages", spans, &line);
  AddAttribute("wirecopy__cuts", cuts, &line);
  line.EndObject().BeginArray("others");
  for (const SeenSpanRecord& span : spans) line.Element(*span.other);
  line.EndArray();
  if (!unit.empty()) line.Add("offsets", unit);
  return line.Finish();
}

std::string IndexedDedupStatsLine(const IndexedDedupStats& stats,
                                  std::string_view version) {
  JsonLine line;
  AddStats(stats, version, &line);
  return line.Finish();
}

std::string IndexedDedupSummary(const IndexedDedupStats& stats) {
  std::string text = InputSummary(stats);
  absl::StrAppend(&text, "  ", Grouped(stats.kept), " kept, ",
                  Grouped(stats.removed), " removed");
  if (stats.removed_by_passages > 0) {
    absl::StrAppend(&text, ", ", Grouped(stats.removed_by_passages),
                    " of them by passages");
  }
  if (stats.documents_with_spans > 0) {
    absl::StrAppend(&text, "; ", Count(stats.spans, "passage"),
                    " seen before in ", Grouped(stats.documents_with_spans),
                    " of those kept");
  }
  absl::StrAppend(&text, "\n  the index holds ",
                  Count(stats.documents, "document"));
  if (stats.present > 0) {
    absl::StrAppend(&text, "; ", Grouped(stats.present), " were there already");
  }
  if (stats.revisions > 0) {
    absl::StrAppend(&text, "; ", Grouped(stats.revisions),
                    " took the place of former texts");
  }
  return text + "\n";
}

std::string IndexedDedupEvents(const IndexedDedupStats& stats,
                               std::string_view version) {
  return SummaryEvents(stats,
                       [&](JsonLine* line) { AddStats(stats, version, line); });
}

}  // namespace wirecopy
