#include "report/sketch_records.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/json_line.h"
#include "report/log_events.h"

namespace wirecopy {
namespace {

const char* Plural(uint64_t n) { return n == 1 ? "" : "s"; }

void AddStats(const SketchStats& stats, std::string_view version,
              JsonLine* line) {
  line->Add("version", version).BeginObject("parameters");
  line->Add("signature_version", stats.signature_version);
  line->Add("slots", stats.slots).Add("shingle_unit", stats.shingle_unit);
  line->Add("shingle_size", stats.shingle_size).Add("seed", stats.seed);
  line->EndObject().Add("read", stats.read).Add("documents", stats.documents);
  line->Add("rejected", stats.rejected).Add("bytes", stats.bytes);
  line->Add("invalid_utf8", stats.invalid_utf8);
  line->Add("repeated_inputs", stats.repeated_inputs);
  line->Add("seconds", stats.seconds);
}

}  // namespace

std::string EstimatedPairLine(const EstimatedPairRecord& record) {
  return JsonLine()
      .Add("a", *record.a)
      .Add("b", *record.b)
      .Add("jaccard_estimate", record.jaccard)
      .Add("standard_error", record.standard_error)
      .Add("containment_a_estimate", record.containment_a)
      .Add("containment_b_estimate", record.containment_b)
      .Finish();
}

std::string SketchStatsLine(const SketchStats& stats,
                            std::string_view version) {
  JsonLine line;
  AddStats(stats, version, &line);
  return line.Finish();
}

std::string SketchSummary(const SketchStats& stats) {
  const double megabytes = static_cast<double>(stats.bytes) / 1e6;
  std::string text =
      absl::StrFormat("%d document%s sketched, %.1f MB in %.2f s (%.0f MB/s)\n",
                      stats.documents, Plural(stats.documents), megabytes,
                      stats.seconds, megabytes / std::max(stats.seconds, 1e-9));
  text += InputWarnings(stats);
  absl::StrAppendFormat(&text, "  %d slots, %d-%s shingles\n", stats.slots,
                        stats.shingle_size, stats.shingle_unit);
  return text;
}

std::string SketchComparisonSummary(const SketchComparison& comparison) {
  std::string documents = absl::StrCat(comparison.documents_a);
  if (comparison.documents_b) {
    absl::StrAppend(&documents, " and ", *comparison.documents_b);
  }
  return absl::StrFormat(
      "%s signatures compared in %.2f s\n"
      "  %d pair%s with an estimate of at least %g, from %d slots\n",
      documents, comparison.seconds, comparison.pairs, Plural(comparison.pairs),
      comparison.threshold, comparison.slots);
}

std::string SketchEvents(const SketchStats& stats, std::string_view version) {
  JsonLine line;
  BeginSummary(&line);
  AddStats(stats, version, &line);
  return WarningEvents(stats) + line.Finish();
}

std::string SketchComparisonEvent(const SketchComparison& comparison,
                                  std::string_view version) {
  JsonLine line;
  BeginSummary(&line);
  line.Add("version", version).Add("threshold", comparison.threshold);
  line.Add("slots", comparison.slots);
  line.Add("documents_a", comparison.documents_a);
  if (comparison.documents_b) {
    line.Add("documents_b", *comparison.documents_b);
  }
  return line.Add("pairs", comparison.pairs)
      .Add("seconds", comparison.seconds)
      .Finish();
}

}  // namespace wirecopy
