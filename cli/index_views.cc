#include "cli/index_views.h"

#include "absl/time/time.h"
#include "base/status_macros.h"
#include "cli/match_options.h"
#include "cli/offset_units.h"
#include "report/json_line.h"

namespace wirecopy::cli {

namespace {

IndexParametersRecord RecordOf(const IndexParameters& parameters) {
  const PassageOptions& passage = parameters.passage;
  IndexParametersRecord record;
  record.threshold = parameters.threshold;
  record.measure =
      parameters.measure == Measure::kJaccard ? "jaccard" : "containment";
  record.recall = parameters.recall;
  record.shingle_unit = ShingleUnitName(parameters.shingle.unit);
  record.shingle_size = parameters.shingle.k;
  record.seed = parameters.shingle.seed;
  record.bands = parameters.banding.bands;
  record.rows = parameters.banding.rows;
  record.passages = parameters.has_passages;
  record.min_run = passage.min_run;
  record.min_words = passage.min_words;
  record.min_letters = passage.min_letters;
  record.fragment_words = passage.fragment_words;
  record.lone_words = passage.lone_words;
  record.max_gap = passage.max_gap;
  record.every_run = passage.every_run;
  return record;
}

}  // namespace

std::string AnswerLine(const DocumentId* id, const IndexAnswer& answer,
                       OffsetUnit unit, std::string_view unreadable_date) {
  IndexAnswerRecord record;
  record.id = id;
  record.status = IndexStatusName(answer.status);
  if (answer.held_as) record.held_as = &*answer.held_as;
  if (answer.of) record.of = &*answer.of;
  record.similarity = answer.similarity;
  record.was_orphan = answer.was_orphan;
  if (answer.status == IndexStatus::kRevision) {
    record.former_similarity = answer.former_similarity;
  }
  record.unreadable_date = unreadable_date;
  record.passages.reserve(answer.passages.size());
  for (const SeenPassage& passage : answer.passages) {
    const double words = passage.words;
    record.passages.push_back(
        {&passage.other, passage.begin, passage.end, passage.other_begin,
         passage.other_end, passage.words, passage.edits,
         words / (words + passage.edits), PassageKindName(passage.kind)});
  }
  return IndexAnswerLine(record, RecordedUnit(unit));
}

std::string DocumentLine(const StoredDocument& document) {
  JsonLine line;
  line.Add("id", document.id).Add("text", document.text);
  if (document.published) {
    line.Add("published",
             absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", *document.published,
                              absl::UTCTimeZone()));
  }
  if (!document.publisher.empty()) line.Add("publisher", document.publisher);
  if (!document.url.empty()) line.Add("url", document.url);
  if (!document.title.empty()) line.Add("title", document.title);
  if (document.of) {
    line.Add("of", *document.of).Add("similarity", document.similarity);
  }
  if (document.is_orphan) line.Add("orphan", true);
  return line.Finish();
}

absl::StatusOr<IndexInfoRecord> InfoRecord(const Index& index) {
  WIRECOPY_ASSIGN_OR_RETURN(const IndexInfo info, index.Info());
  IndexInfoRecord record;
  record.format = kIndexFormatVersion;
  record.documents = info.documents;
  record.duplicates = info.duplicates;
  record.orphans = info.orphans;
  record.text_bytes = info.text_bytes;
  record.disk_bytes = info.disk_bytes;
  record.unfiled_bands = info.unfiled_bands;
  record.parameters = RecordOf(index.parameters());
  return record;
}

}  // namespace wirecopy::cli
