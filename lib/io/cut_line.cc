#include "io/cut_line.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/status_macros.h"
#include "io/byte_buffer.h"
#include "io/csv_record.h"
#include "io/json_record.h"
#include "io/shown_text.h"

namespace wirecopy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

// --- a text between its escapes ----------------------------------------------

// What stands at one place: bytes there, and bytes of the text that they are.
struct Unit {
  size_t raw = 1;
  size_t text = 1;
};

// Of a text in which every surrogate has its partner.
Unit JsonEscape(std::string_view raw, size_t at) {
  if (raw.size() < at + 6 || raw[at + 1] != 'u') return {2, 1};
  unsigned code = 0;
  for (const char c : raw.substr(at + 2, 4)) {
    const auto digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    code = code * 16 + static_cast<unsigned>(digit);
  }
  if (code >> 11 == 0xD800 >> 11) return {12, 4};
  const size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  return {6, size};
}

Unit QuoteInQuotes(std::string_view /*raw*/, size_t /*at*/) { return {2, 1}; }

// How the text stands in its field.
struct Escapes {
  char mark;  // no other character begins an escape
  Unit (*read)(std::string_view raw, size_t at);
};

class RawText {
 public:
  RawText(std::string_view raw, const Escapes& escapes)
      : raw_(raw), escapes_(escapes) {}

  // Goes to a place of the text; what it passes over, as it stands.
  std::string_view Until(size_t text_end) {
    const size_t begin = at_;
    while (at_ < raw_.size() && text_ < text_end) {
      if (raw_[at_] == escapes_.mark && escapes_.read != nullptr) {
        const Unit unit = escapes_.read(raw_, at_);
        at_ = std::min(at_ + unit.raw, raw_.size());
        text_ += unit.text;
        continue;
      }
      const size_t mark =
          escapes_.read == nullptr
              ? raw_.size()
              : std::min(raw_.find(escapes_.mark, at_), raw_.size());
      const size_t plain = std::min(mark - at_, text_end - text_);
      at_ += plain;
      text_ += plain;
    }
    return raw_.substr(begin, at_ - begin);
  }

 private:
  const std::string_view raw_;
  const Escapes escapes_;
  size_t at_ = 0;
  size_t text_ = 0;
};

std::string Cut(std::string_view raw, const Escapes& escapes,
                std::span<const ByteSpan> cuts) {
  RawText text(raw, escapes);
  std::string left;
  left.reserve(raw.size());
  for (const ByteSpan& cut : cuts) {
    left += text.Until(cut.begin);
    text.Until(cut.end);
  }
  left += text.Until(kNowhere);
  return left;
}

// --- fields ------------------------------------------------------------------

// Where something stands in a line.
struct Place {
  size_t begin = 0;
  size_t end = 0;
};

std::string Replaced(std::string_view line, const Place& place,
                     std::string_view by) {
  return absl::StrCat(std::string(line.substr(0, place.begin)), std::string(by),
                      std::string(line.substr(place.end)));
}

absl::Status NoField(const std::string& field) {
  return absl::InvalidArgumentError(
      absl::StrCat("no field ", ShownText(field), " to cut"));
}

// The closing quotation mark of a string whose opening one is before `at`.
size_t StringEnd(std::string_view json, size_t at) {
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
  return std::min(at, json.size());
}

// Tells keys, as they stand, that are a name.
class KeyMatcher {
 public:
  explicit KeyMatcher(const std::string& name) : name_(name) {}

  bool Matches(std::string_view raw) {
    if (raw == name_) return true;
    if (raw.find('\\') == kNowhere && IsValidUtf8(raw)) return false;
    // A text, too, is a string; there may be millions of such keys.
    const FieldNames names;
    if (!parser_) parser_.emplace(names);
    const std::string object =
        absl::StrCat("{\"", names.text, "\":\"", std::string(raw), "\"}");
    const std::string padded = object + std::string(kInputPadding, '\0');
    Record record;
    return parser_->Parse({padded.data(), object.size()}, &record).ok() &&
           record.text == name_;
  }

 private:
  const std::string& name_;
  std::optional<JsonRecordParser> parser_;
};

// The last string under this key in a sound object. Strings are keys where they
// stand in the outermost object and a colon follows.
std::optional<Place> FindJsonField(std::string_view line,
                                   const std::string& field) {
  std::optional<Place> found;
  KeyMatcher key(field);
  bool is_value = false;  // of the key that is looked for
  size_t depth = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c == ',' && depth == 1) is_value = false;
    if (c != '"') continue;
    const Place place = {i + 1, StringEnd(line, i + 1)};
    i = place.end;
    if (depth != 1) continue;
    if (is_value) {
      found = place;
      continue;
    }
    const size_t next = line.find_first_not_of(" \t\r\n", i + 1);
    if (next == kNowhere || line[next] != ':') continue;
    is_value = key.Matches(line.substr(place.begin, place.end - place.begin));
  }
  return found;
}

// A field of a sound row, without its quotation marks.
struct CsvField {
  Place place;
  bool is_quoted = false;
};

std::optional<CsvField> FindCsvField(std::string_view row, char delimiter,
                                     size_t column) {
  size_t i = 0;
  for (size_t c = 0;; ++c) {
    CsvField field;
    field.is_quoted = i < row.size() && row[i] == '"';
    field.place.begin = field.is_quoted ? i + 1 : i;
    size_t end = field.place.begin;
    if (field.is_quoted) {
      while (end < row.size() &&
             (row[end] != '"' || row.substr(end, 2) == "\"\"")) {
        end += row[end] == '"' ? 2 : 1;
      }
    }
    const size_t after = std::min(row.find(delimiter, end), row.size());
    field.place.end = field.is_quoted ? std::min(end, row.size()) : after;
    if (c == column) return field;
    if (after == row.size()) return std::nullopt;
    i = after + 1;
  }
}

}  // namespace

absl::StatusOr<std::string> CutJsonLine(std::string_view line,
                                        const std::string& field,
                                        std::span<const ByteSpan> cuts) {
  const std::optional<Place> place = FindJsonField(line, field);
  if (!place) return NoField(field);
  std::string raw;
  RepairJson(line.substr(place->begin, place->end - place->begin), &raw);
  return Replaced(line, *place, Cut(raw, {'\\', JsonEscape}, cuts));
}

absl::StatusOr<std::string> CutCsvRow(std::string_view row,
                                      std::string_view header, char delimiter,
                                      const std::string& field,
                                      std::span<const ByteSpan> cuts) {
  std::vector<std::string> columns;
  header.remove_prefix(BlankLinesSize(header));
  WIRECOPY_RETURN_IF_ERROR(SplitCsvRow(header, delimiter, &columns));
  const auto column = std::find(columns.begin(), columns.end(), field);
  if (column == columns.end()) return NoField(field);
  // A line break belongs to no field.
  const size_t end = row.find_last_not_of("\r\n") + 1;
  const auto found =
      FindCsvField(row.substr(0, end), delimiter,
                   static_cast<size_t>(column - columns.begin()));
  if (!found) return NoField(field);
  const Place& place = found->place;
  std::string raw;
  RepairUtf8(row.substr(place.begin, place.end - place.begin), &raw);
  std::string left =
      Cut(raw, {'"', found->is_quoted ? QuoteInQuotes : nullptr}, cuts);
  // What was amid a field may begin one, where a quotation mark opens it.
  if (!found->is_quoted && left.starts_with('"')) {
    left =
        absl::StrCat("\"", absl::StrReplaceAll(left, {{"\"", "\"\""}}), "\"");
  }
  return Replaced(row, place, left);
}

}  // namespace wirecopy
