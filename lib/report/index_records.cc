#include "report/index_records.h"

#include "absl/strings/str_cat.h"
#include "report/json_line.h"
#include "report/log_events.h"

namespace wirecopy {
namespace {

void AddParameters(const IndexParametersRecord& parameters, JsonLine* line) {
  line->BeginObject("parameters");
  line->Add("threshold", parameters.threshold);
  line->Add("measure", parameters.measure);
  line->Add("recall", parameters.recall);
  line->Add("shingle_unit", parameters.shingle_unit);
  line->Add("shingle_size", parameters.shingle_size);
  line->Add("seed", parameters.seed);
  line->Add("bands", parameters.bands).Add("rows", parameters.rows);
  line->Add("passages", parameters.passages);
  if (parameters.passages) {
    line->Add("min_run", parameters.min_run);
    line->Add("min_words", parameters.min_words);
    line->Add("min_letters", parameters.min_letters);
    line->Add("fragment_words", parameters.fragment_words);
    line->Add("lone_words", parameters.lone_words);
    line->Add("max_gap", parameters.max_gap);
    line->Add("every_run", parameters.every_run);
  }
  line->EndObject();
}

void AddStats(const IndexRunStats& stats, std::string_view version,
              JsonLine* line) {
  line->Add("version", version).Add("action", stats.action);
  line->Add("read", stats.read).Add("answered", stats.answered);
  line->Add("rejected", stats.rejected).Add("bytes", stats.bytes);
  line->Add("new", stats.fresh).Add("passages", stats.passages);
  line->Add("duplicate", stats.duplicates).Add("revision", stats.revisions);
  line->Add("present", stats.present).Add("documents", stats.documents);
  AddWarningCounts(stats, line);
  line->Add("seconds", stats.seconds);
}

void AddPassages(const std::vector<SeenPassageRecord>& passages,
                 JsonLine* line) {
  line->BeginArray("passages");
  for (const SeenPassageRecord& passage : passages) {
    line->BeginElement();
    line->Add("begin", uint64_t{passage.begin});
    line->Add("end", uint64_t{passage.end});
    line->Add("other", *passage.other);
    line->Add("other_begin", uint64_t{passage.other_begin});
    line->Add("other_end", uint64_t{passage.other_end});
    line->Add("words", uint64_t{passage.words});
    line->Add("edits", uint64_t{passage.edits});
    line->Add("identity", passage.identity);
    line->Add("kind", passage.kind).EndObject();
  }
  line->EndArray();
}

}  // namespace

std::string IndexAnswerLine(const IndexAnswerRecord& record,
                            std::string_view unit) {
  JsonLine line;
  if (record.id == nullptr) {
    line.AddNull("id");
  } else {
    line.Add("id", *record.id);
  }
  line.Add("status", record.status);
  if (record.held_as != nullptr) line.Add("held_as", *record.held_as);
  if (record.was_orphan) line.Add("was_orphan", true);
  if (record.of != nullptr) {
    line.Add("of", *record.of).Add("similarity", record.similarity);
  }
  if (record.former_similarity) {
    line.Add("former_similarity", *record.former_similarity);
  }
  if (!record.unreadable_date.empty()) {
    line.Add("unreadable_date", record.unreadable_date);
  }
  if (!record.passages.empty()) {
    AddPassages(record.passages, &line);
    if (!unit.empty()) line.Add("offsets", unit);
  }
  return line.Finish();
}

std::string IndexInfoLine(const IndexInfoRecord& record,
                          std::string_view version) {
  JsonLine line;
  line.Add("version", version).Add("format", uint64_t{record.format});
  line.Add("documents", record.documents);
  line.Add("duplicates", record.duplicates).Add("orphans", record.orphans);
  line.Add("text_bytes", record.text_bytes);
  line.Add("disk_bytes", record.disk_bytes);
  line.Add("unfiled_bands", record.unfiled_bands);
  AddParameters(record.parameters, &line);
  return line.Finish();
}

std::string IndexStatsLine(const IndexRunStats& stats,
                           std::string_view version) {
  JsonLine line;
  AddStats(stats, version, &line);
  return line.Finish();
}

std::string IndexRemovalLine(const DocumentId& id, bool was_there) {
  return JsonLine()
      .Add("id", id)
      .Add("status", was_there ? "removed" : "absent")
      .Finish();
}

std::string IndexSummary(const IndexRunStats& stats) {
  std::string text = InputSummary(stats);
  absl::StrAppend(&text, "  ", Grouped(stats.fresh), " new, ",
                  Grouped(stats.passages), " with passages seen before, ",
                  Count(stats.duplicates, "duplicate"), ", ",
                  Count(stats.revisions, "revision"), ", ",
                  Grouped(stats.present), " there already\n");
  absl::StrAppend(&text, "  the index holds ",
                  Count(stats.documents, "document"), "\n");
  return text;
}

std::string IndexEvents(const IndexRunStats& stats, std::string_view version) {
  JsonLine line;
  BeginSummary(&line);
  AddStats(stats, version, &line);
  return WarningEvents(stats) + line.Finish();
}

}  // namespace wirecopy
