#include "report/match_records.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/json_line.h"
#include "wirecopy/names.h"

namespace wirecopy {

std::string RemovedLine(const RemovedRecord& record, std::string_view measure) {
  return JsonLine()
      .Add("id", *record.id)
      .Add("kept", *record.kept)
      .Add("similarity", record.similarity)
      .Add("measure", measure)
      .Add("cluster", ClusterName(*record.kept))
      .Finish();
}

std::string ClusterLine(const ClusterRecord& record) {
  JsonLine line;
  line.Add("cluster", ClusterName(record.kept)).Add("kept", record.kept);
  line.BeginArray("members");
  for (const DocumentId& member : record.members) line.Element(member);
  return line.EndArray().Finish();
}

std::string PairLine(const PairRecord& record) {
  return JsonLine()
      .Add("a", *record.a)
      .Add("b", *record.b)
      .Add("jaccard", record.jaccard)
      .Add("containment_a", record.containment_a)
      .Add("containment_b", record.containment_b)
      .Finish();
}

std::string RejectLine(const RejectRecord& record) {
  return JsonLine()
      .Add("file", record.file)
      .Add("line", record.line)
      .Add("reason", record.reason)
      .Finish();
}

std::string TextDocumentLine(const TextDocument& document) {
  JsonLine line;
  line.Add("id", *document.id).Add("path", document.path);
  const auto add = [&line](std::string_view key, std::string_view value) {
    if (!value.empty()) line.Add(key, value);
  };
  add("published", document.published);
  add("publisher", document.publisher);
  add("url", document.url);
  add("title", document.title);
  return line.Add("text", document.text).Finish();
}

std::string StatsLine(const RunStats& stats, std::string_view version) {
  JsonLine line;
  AddStats(stats, version, &line);
  return line.Finish();
}

void AddStats(const RunStats& stats, std::string_view version, JsonLine* out) {
  const MatchParameters& p = stats.parameters;
  JsonLine& line = *out;
  line.Add("version", version).BeginObject("parameters");
  line.Add("threshold", p.threshold).Add("measure", p.measure);
  line.Add("exact", p.exact);
  if (p.bands > 0) {
    line.Add("recall", p.recall).Add("bands", p.bands).Add("rows", p.rows);
  }
  if (!p.cluster.empty()) line.Add("cluster", p.cluster).Add("keep", p.keep);
  line.Add("shingle_unit", p.shingle_unit).Add("shingle_size", p.shingle_size);
  line.Add("seed", p.seed).EndObject();
  line.Add("read", stats.read).Add("kept", stats.kept);
  line.Add("removed", stats.removed).Add("rejected", stats.rejected);
  line.Add("bytes", stats.bytes).Add("candidates", stats.candidates);
  line.Add("verified_pairs", stats.verified_pairs);
  line.Add("clusters", stats.clusters);
  line.Add("largest_cluster", stats.largest_cluster);
  line.Add("expected_recall", stats.expected_recall);
  AddWarningCounts(stats, &line);
  line.Add("seconds", stats.seconds);
}

}  // namespace wirecopy
