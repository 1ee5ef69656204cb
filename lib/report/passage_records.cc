#include "report/passage_records.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/log_events.h"
#include "report/passage_line.h"
#include "wirecopy/names.h"

namespace wirecopy {
namespace {

void AddPlace(const PlaceRecord& place, JsonLine* line) {
  line->Add("id", place.id).Add("begin", place.begin).Add("end", place.end);
}

// As TSV writers are used to: what would end a field becomes two characters.
std::string EscapeTsv(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '\t':
        escaped += "\\t";
        break;
      case '\n':
        escaped += "\\n";
        break;
      case '\r':
        escaped += "\\r";
        break;
      case '\\':
        escaped += "\\\\";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

void AddTarget(const AnnotatedSide& side, JsonLine* line) {
  line->Add("type", "SpecificResource").Add("source", side.source);
  line->BeginArray("selector").BeginElement();
  line->Add("type", "TextPositionSelector");
  line->Add("start", side.begin).Add("end", side.end);
  line->EndObject().BeginElement().Add("type", "TextQuoteSelector");
  line->Add("exact", side.exact).Add("prefix", side.prefix);
  line->Add("suffix", side.suffix).EndObject().EndArray();
}

void AddStats(const PassagesRunStats& stats, std::string_view version,
              JsonLine* line) {
  line->Add("version", version).Add("read", stats.read);
  line->Add("documents", stats.documents).Add("rejected", stats.rejected);
  line->Add("bytes", stats.bytes).Add("candidates", stats.candidates);
  line->Add("pairs", stats.pairs).Add("passages", stats.passages);
  line->BeginObject("kinds").Add("copy", stats.copies);
  line->Add("quotation", stats.quotations).Add("shared", stats.shared);
  line->Add("boilerplate", stats.boilerplate).Add("self", stats.self);
  line->EndObject().Add("groups", stats.groups);
  line->Add("all_pairs", stats.all_pairs);
  line->Add("most_documents", stats.most_documents);
  line->Add("capped_fingerprints", stats.capped_fingerprints);
  AddWarningCounts(stats, line);
  line->Add("seconds", stats.seconds);
}

}  // namespace

std::string PassageGroupName(const PlaceRecord& first) {
  return PassageGroupName(first.id, first.begin, first.end);
}

void AddPassage(const PassageRecord& record, std::string_view unit,
                JsonLine* line) {
  line->Add("a", record.a.id).Add("a_begin", record.a.begin);
  line->Add("a_end", record.a.end).Add("b", record.b.id);
  line->Add("b_begin", record.b.begin).Add("b_end", record.b.end);
  line->Add("words", record.words).Add("edits", record.edits);
  line->Add("identity", record.identity).Add("kind", record.kind);
  line->Add("group", record.group);
  if (!unit.empty()) line->Add("offsets", unit);
}

std::string PassageLine(const PassageRecord& record, std::string_view unit) {
  std::string ids[2];
  AppendJson(record.a.id, &ids[0]);
  AppendJson(record.b.id, &ids[1]);
  const std::string identity = JsonNumber(record.identity);
  const PassageLineFields fields = {{ids[0], record.a.begin, record.a.end},
                                    {ids[1], record.b.begin, record.b.end},
                                    record.words,
                                    record.edits,
                                    identity,
                                    record.kind,
                                    record.group,
                                    unit};
  std::string line(MostBytesOf(fields), '\0');
  line.resize(
      static_cast<size_t>(WritePassageLine(fields, line.data()) - line.data()));
  return line;
}

std::string PassageTsv(const PassageRecord& record, uint64_t a_length,
                       uint64_t b_length) {
  return absl::StrFormat(
      "%s\t%d\t%d\t%d\t+\t%s\t%d\t%d\t%d\t%d\t%d\t%.4f\t%s\t%s\n",
      EscapeTsv(record.a.id.text), a_length, record.a.begin, record.a.end,
      EscapeTsv(record.b.id.text), b_length, record.b.begin, record.b.end,
      record.words, record.words + record.edits, record.identity,
      std::string(record.kind), std::string(record.group));
}

std::string PassageGroupLine(const PassageGroupRecord& record,
                             std::string_view unit) {
  JsonLine line;
  line.Add("group", record.name).Add("kind", record.kind);
  line.BeginObject("first");
  AddPlace(record.first, &line);
  line.EndObject().BeginArray("members");
  for (const PlaceRecord& member : record.members) {
    line.BeginElement();
    AddPlace(member, &line);
    line.EndObject();
  }
  line.EndArray();
  if (!unit.empty()) line.Add("offsets", unit);
  return line.Finish();
}

std::string AnnotationLine(const PassageRecord& record, const AnnotatedSide& a,
                           const AnnotatedSide& b) {
  // Of the ids: two documents may have one address.
  const std::string name =
      absl::StrCat(std::string(record.group), "-", PassageGroupName(record.a),
                   "-", PassageGroupName(record.b));
  JsonLine line;
  line.Add("@context", "http://www.w3.org/ns/anno.jsonld");
  line.Add("id", absl::StrCat("urn:wirecopy:passage:", name));
  line.Add("type", "Annotation").Add("motivation", "linking");
  line.BeginObject("body");
  AddTarget(a, &line);
  line.EndObject().BeginObject("target");
  AddTarget(b, &line);
  line.EndObject().Add("wirecopy:words", record.words);
  line.Add("wirecopy:identity", record.identity);
  line.Add("wirecopy:kind", record.kind);
  return line.Add("wirecopy:group", record.group).Finish();
}

std::string PassagesStatsLine(const PassagesRunStats& stats,
                              std::string_view version) {
  JsonLine line;
  AddStats(stats, version, &line);
  return line.Finish();
}

std::string PassagesSummary(const PassagesRunStats& stats) {
  std::string text = InputSummary(stats);
  absl::StrAppend(&text, "  ", Count(stats.candidates, "pair"), " aligned, ",
                  Grouped(stats.pairs), " share ",
                  Count(stats.passages, "passage"), " in ",
                  Count(stats.groups, "group"), "\n");
  absl::StrAppend(&text, "  copy ", Grouped(stats.copies), ", quotation ",
                  Grouped(stats.quotations), ", shared ", Grouped(stats.shared),
                  ", boilerplate ", Grouped(stats.boilerplate), ", self ",
                  Grouped(stats.self), "\n");
  if (stats.capped_fingerprints > 0) {
    absl::StrAppend(
        &text, "  ", Count(stats.capped_fingerprints, "fingerprint"),
        " of more than ", Grouped(stats.most_documents),
        " documents paired in longer runs alone (--max-frequency)\n");
  }
  return text;
}

std::string PassagesEvents(const PassagesRunStats& stats,
                           std::string_view version) {
  return SummaryEvents(stats,
                       [&](JsonLine* line) { AddStats(stats, version, line); });
}

}  // namespace wirecopy
