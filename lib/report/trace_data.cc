#include "report/trace_data.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <set>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "report/trace_words.h"

namespace wirecopy {
namespace {

class Json {
 public:
  Json& Key(const char* key) {
    writer_.Key(key);
    return *this;
  }
  void String(std::string_view text) {
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void Number(uint64_t value) { writer_.Uint64(value); }
  void Signed(int64_t value) { writer_.Int64(value); }
  void Bool(bool value) { writer_.Bool(value); }
  void Null() { writer_.Null(); }
  // Six digits behind the point. What is no number is none.
  void Real(double value) {
    if (!std::isfinite(value)) return Null();
    writer_.Double(std::round(value * 1e6) / 1e6);
  }
  void MaybeNumber(const std::optional<size_t>& value) {
    value.has_value() ? Number(*value) : Null();
  }
  void BeginObject() { writer_.StartObject(); }
  void EndObject() { writer_.EndObject(); }
  void BeginArray() { writer_.StartArray(); }
  void EndArray() { writer_.EndArray(); }

  // Harmless within HTML, and within JavaScript of any age.
  std::string Finish() const {
    return absl::StrReplaceAll(
        absl::string_view(buffer_.GetString(), buffer_.GetSize()),
        {{"<", "\\u003c"},
         {">", "\\u003e"},
         {"&", "\\u0026"},
         {"\u2028", "\\u2028"},
         {"\u2029", "\\u2029"}});
  }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

// Offsets of a text of valid UTF-8 in UTF-16 units: a walk of less than a
// stretch each, from places that were counted once.
class Utf16Offsets {
 public:
  explicit Utf16Offsets(std::string_view text) : text_(text) {
    size_t units = 0;
    counted_.reserve(text.size() / kStretch + 1);
    for (size_t i = 0; i < text.size(); ++i) {
      if (i % kStretch == 0) counted_.push_back(units);
      units += UnitsOf(text[i]);
    }
    if (text.size() % kStretch == 0) counted_.push_back(units);
  }

  size_t Of(size_t byte) const {
    size_t units = counted_[byte / kStretch];
    for (size_t i = byte - byte % kStretch; i < byte; ++i) {
      units += UnitsOf(text_[i]);
    }
    return units;
  }

 private:
  static constexpr size_t kStretch = 128;

  // A character's units are counted at its first byte.
  static size_t UnitsOf(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }

  std::string_view text_;
  std::vector<size_t> counted_;
};

void WriteParents(const std::vector<TraceParentRecord>& parents, Json* json) {
  json->BeginArray();
  for (const TraceParentRecord& parent : parents) {
    json->BeginArray();
    json->Number(parent.document);
    json->Real(parent.confidence);
    json->Number(parent.words);
    json->EndArray();
  }
  json->EndArray();
}

void WriteLineage(const TraceLineageRecord& lineage, Json* json) {
  json->Key("family").Number(lineage.family);
  json->Key("status").String(lineage.status);
  json->Key("parents");
  WriteParents(lineage.parents, json);
  json->Key("runnersUp");
  WriteParents(lineage.runners_up, json);
  json->Key("absent").Real(lineage.absent_confidence);
  if (!lineage.source_group.empty()) {
    json->Key("group").String(lineage.source_group);
  }
  json->Key("origin").MaybeNumber(lineage.origin);
  if (lineage.clock_overruled) json->Key("overruled").Bool(true);
}

void WriteDocument(const TraceDocumentRecord& document, Json* json) {
  json->BeginObject();
  json->Key("id").String(document.id.text);
  json->Key("key").String(DocumentFragment(document.id));
  if (!document.title.empty()) json->Key("title").String(document.title);
  if (!document.publisher.empty()) {
    json->Key("publisher").String(document.publisher);
  }
  if (!document.url.empty()) json->Key("url").String(document.url);
  if (document.published.has_value()) {
    json->Key("time").Signed(absl::ToUnixMillis(*document.published));
    json->Key("when").String(PublishedText(document));
  }
  json->Key("words").Number(document.words);
  if (document.lineage.has_value()) WriteLineage(*document.lineage, json);
  json->EndObject();
}

void WriteKinds(const TraceRecords& records, const TraceEdgeRecord& edge,
                Json* json) {
  std::set<std::string_view> kinds;
  for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
    kinds.insert(records.passages[i].view.kind);
  }
  json->Key("kinds").BeginArray();
  for (const std::string_view kind : kinds) json->String(kind);
  json->EndArray();
}

void WriteEdge(const TraceRecords& records, const TraceEdgeRecord& edge,
               Json* json) {
  json->BeginObject();
  json->Key("a").Number(edge.a);
  json->Key("b").Number(edge.b);
  json->Key("source").MaybeNumber(edge.source);
  json->Key("confidence").Real(edge.confidence);
  json->Key("relation").String(edge.relation);
  json->Key("words").Number(edge.words);
  json->Key("coverage").BeginArray();
  json->Real(edge.a_coverage);
  json->Real(edge.b_coverage);
  json->EndArray();
  WriteKinds(records, edge, json);
  json->EndObject();
}

void WriteFamily(const TraceFamilyRecord& family, Json* json) {
  json->BeginObject();
  json->Key("name").String(family.name);
  json->Key("members").BeginArray();
  for (const size_t member : family.members) json->Number(member);
  json->EndArray();
  json->Key("groups").BeginArray();
  for (const std::string& group : family.source_groups) json->String(group);
  json->EndArray();
  json->EndObject();
}

void WritePublisher(const TracePublisherRecord& row, Json* json) {
  json->BeginObject();
  json->Key("source").String(row.source);
  json->Key("copy").String(row.copy);
  json->Key("documents").Number(row.documents);
  json->Key("words").Number(row.words);
  if (row.median_delay.has_value()) {
    json->Key("seconds").Signed(absl::ToInt64Seconds(*row.median_delay));
    json->Key("delay").String(DelayText(*row.median_delay));
  }
  json->EndObject();
}

template <typename Record, typename Write>
void WriteAll(const char* key, const std::vector<Record>& records, Write write,
              Json* json) {
  json->Key(key).BeginArray();
  for (const Record& record : records) write(record, json);
  json->EndArray();
}

std::string IndexJson(const TraceRecords& records) {
  Json json;
  json.BeginObject();
  json.Key("unit").String(records.offset_unit);
  json.Key("usedDates").Bool(records.used_dates);
  WriteAll("documents", records.documents, WriteDocument, &json);
  WriteAll(
      "edges", records.edges,
      [&](const TraceEdgeRecord& edge, Json* out) {
        WriteEdge(records, edge, out);
      },
      &json);
  WriteAll("families", records.families, WriteFamily, &json);
  WriteAll("publishers", records.publishers, WritePublisher, &json);
  json.EndObject();
  return json.Finish();
}

void WriteSpans(const SpanPair& spans, Json* json) {
  json->Number(spans.a.begin);
  json->Number(spans.a.end);
  json->Number(spans.b.begin);
  json->Number(spans.b.end);
}

SpanPair InUtf16(const SpanPair& bytes, const Utf16Offsets& a,
                 const Utf16Offsets& b) {
  return {{a.Of(bytes.a.begin), a.Of(bytes.a.end)},
          {b.Of(bytes.b.begin), b.Of(bytes.b.end)}};
}

void WriteEvidence(const std::vector<Evidence>& evidence, Json* json) {
  json->Key("evidence").BeginArray();
  for (const Evidence& piece : evidence) {
    json->BeginArray();
    json->String(piece.feature);
    json->Real(piece.weight);
    json->String(piece.detail);
    json->Bool(piece.prior);
    json->EndArray();
  }
  json->EndArray();
}

class PairWriter {
 public:
  explicit PairWriter(const TraceRecords& records) : records_(records) {
    offsets_.reserve(records.documents.size());
    for (const TraceDocumentRecord& document : records.documents) {
      offsets_.emplace_back(document.text);
    }
  }

  void Write(const TraceEdgeRecord& edge, Json* json) const {
    json->BeginObject();
    WriteEvidence(edge.evidence, json);
    json->Key("passages").BeginArray();
    for (size_t i = edge.first_passage; i < edge.last_passage; ++i) {
      WritePassage(records_.passages[i], json);
    }
    json->EndArray();
    json->EndObject();
  }

 private:
  void WritePassage(const TracePassageRecord& passage, Json* json) const;

  const TraceRecords& records_;
  std::vector<Utf16Offsets> offsets_;
};

void PairWriter::WritePassage(const TracePassageRecord& passage,
                              Json* json) const {
  const Utf16Offsets& a = offsets_[passage.a];
  const Utf16Offsets& b = offsets_[passage.b];
  const PassageView& view = passage.view;
  json->BeginObject();
  json->Key("at").BeginArray();
  WriteSpans(InUtf16(view.bytes, a, b), json);
  json->EndArray();
  json->Key("places").BeginArray();
  WriteSpans(view.places, json);
  json->EndArray();
  json->Key("words").Number(view.words);
  json->Key("edits").Number(view.edits);
  json->Key("identity").Real(view.identity);
  json->Key("kind").String(view.kind);
  json->Key("differs").BeginArray();
  for (const PassagePiece& piece :
       CutIntoPieces(view, records_.documents[passage.a].text,
                     records_.documents[passage.b].text)) {
    if (!piece.equal) WriteSpans(InUtf16(piece.bytes, a, b), json);
  }
  json->EndArray();
  json->EndObject();
}

bool LooksLikeAnother(const DocumentId& id) {
  if (id.is_integer || id.text.empty()) return false;
  const bool has_sign = id.text[0] == '-';
  const size_t digits = has_sign ? 1 : 0;
  const bool is_integer =
      id.text.size() > digits &&
      id.text.find_first_not_of("0123456789", digits) == std::string::npos;
  return is_integer || id.text[0] == '"';
}

}  // namespace

TraceData MakeTraceData(const TraceRecords& records) {
  TraceData data;
  data.index = IndexJson(records);
  Json texts;
  texts.BeginArray();
  for (const TraceDocumentRecord& document : records.documents) {
    texts.String(document.text);
  }
  texts.EndArray();
  data.texts = texts.Finish();
  Json pairs;
  pairs.BeginArray();
  const PairWriter writer(records);
  for (const TraceEdgeRecord& edge : records.edges) {
    writer.Write(edge, &pairs);
  }
  pairs.EndArray();
  data.pairs = pairs.Finish();
  return data;
}

std::string DocumentFragment(const DocumentId& id) {
  std::string name = id.text;
  if (LooksLikeAnother(id)) name = "\"" + name + "\"";
  std::string encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) ||
        (c != '\0' &&
         std::string_view("-_.!~*()").find(c) != std::string_view::npos)) {
      encoded += c;
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", byte);
    }
  }
  return encoded;
}

}  // namespace wirecopy
