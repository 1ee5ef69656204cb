#include "io/csv_record.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/record_format.h"
#include "io/shown_text.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

// Where the quotes that open at `begin` close, or npos.
size_t ClosingQuote(std::string_view bytes, size_t begin) {
  size_t i = bytes.find('"', begin + 1);
  // Two of them stand for one.
  while (i != kNowhere && i + 1 < bytes.size() && bytes[i + 1] == '"') {
    i = bytes.find('"', i + 2);
  }
  return i;
}

std::string_view WithoutLineBreak(std::string_view row) {
  if (!row.empty() && row.back() == '\n') row.remove_suffix(1);
  if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
  return row;
}

}  // namespace

size_t CsvRowEnd::Find(std::string_view piece) {
  for (size_t i = 0; i < piece.size(); ++i) {
    if (state_ == State::kInQuotes) {
      i = piece.find('"', i);
      if (i == kNowhere) return kNowhere;
      state_ = State::kAtQuote;
      continue;
    }
    const char c = piece[i];
    if (c == '"' && state_ != State::kInField) {
      state_ = State::kInQuotes;
      continue;
    }
    if (c == '\n') return i + 1;
    state_ = c == delimiter_ ? State::kFieldBegin : State::kInField;
  }
  return kNowhere;
}

size_t CsvRowSize(std::string_view bytes, char delimiter, bool at_end) {
  CsvRowEnd end(delimiter);
  const size_t size = end.Find(bytes);
  if (size != kNowhere || !at_end) return size;
  if (!end.is_in_quotes()) return bytes.size();
  const size_t line_break = bytes.find('\n');
  return line_break == kNowhere ? bytes.size() : line_break + 1;
}

absl::Status SplitCsvRow(std::string_view row, char delimiter,
                         std::vector<std::string>* fields) {
  row = WithoutLineBreak(row);
  size_t count = 0;
  size_t i = 0;
  while (true) {
    if (fields->size() == count) fields->emplace_back();
    std::string& field = (*fields)[count++];
    field.clear();
    if (i < row.size() && row[i] == '"') {
      const size_t closing = ClosingQuote(row, i);
      if (closing == kNowhere) {
        return absl::InvalidArgumentError(
            absl::StrCat("the quotes of field ", count, " are never closed"));
      }
      for (size_t j = i + 1; j < closing; ++j) {
        field.push_back(row[j]);
        if (row[j] == '"') ++j;
      }
      i = closing + 1;
      if (i < row.size() && row[i] != delimiter) {
        return absl::InvalidArgumentError(
            absl::StrCat("field ", count, " goes on behind its quotes"));
      }
    } else {
      const size_t end = std::min(row.find(delimiter, i), row.size());
      field.append(row.substr(i, end - i));
      i = end;
    }
    if (i >= row.size()) break;
    ++i;  // the delimiter
  }
  fields->resize(count);
  return absl::OkStatus();
}

absl::Status CheckOnce(const std::vector<std::string>& columns,
                       std::string_view name) {
  if (std::count(columns.begin(), columns.end(), name) <= 1) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "the first row names column ", ShownText(name), " more than once"));
}

absl::StatusOr<std::unique_ptr<CsvRecordParser>> CsvRecordParser::Create(
    std::string_view header, char delimiter, const FieldNames& names) {
  std::vector<std::string> columns;
  header.remove_prefix(BlankLinesSize(header));
  WIRECOPY_RETURN_IF_ERROR(SplitCsvRow(header, delimiter, &columns));
  // Other columns may be another program's, and the first of two is as good.
  for (const std::string& name : {names.id, names.text, names.published}) {
    WIRECOPY_RETURN_IF_ERROR(CheckOnce(columns, name));
  }
  std::unique_ptr<CsvRecordParser> parser(new CsvRecordParser(delimiter));
  parser->columns_ = columns.size();
  const auto find = [&columns](const std::string& name) {
    const auto found = std::find(columns.begin(), columns.end(), name);
    return found == columns.end()
               ? kNone
               : static_cast<size_t>(found - columns.begin());
  };
  parser->id_ = find(names.id);
  parser->text_ = find(names.text);
  parser->published_ = find(names.published);
  parser->publisher_ = find(names.publisher);
  parser->url_ = find(names.url);
  parser->title_ = find(names.title);
  parser->canonical_ = find(names.canonical);
  parser->is_based_on_ = find(names.is_based_on);
  for (const std::string& name : columns) {
    NoteSeen(name, names, &parser->seen_);
  }
  if (parser->text_ != kNone) return parser;
  return absl::InvalidArgumentError(
      absl::StrCat("no column ", ShownText(names.text),
                   " among those of the first row: ", ShownList(columns)));
}

std::string_view CsvRecordParser::Repaired(std::string* field,
                                           size_t* replaced) {
  if (!IsValidUtf8(*field)) {
    std::string repaired;
    *replaced += RepairUtf8(*field, &repaired);
    *field = std::move(repaired);
  }
  return *field;
}

absl::Status CsvRecordParser::Parse(std::string_view row, Record* record) {
  *record = Record();
  if (WithoutLineBreak(row).empty()) {
    record->is_document = false;
    return absl::OkStatus();
  }
  record->seen = seen_;
  WIRECOPY_RETURN_IF_ERROR(SplitCsvRow(row, delimiter_, &fields_));
  if (fields_.size() != columns_) {
    return absl::InvalidArgumentError(
        absl::StrCat("has ", fields_.size(), " fields; the first row names ",
                     columns_, " columns"));
  }
  record->text = Repaired(&fields_[text_], &record->replaced);
  if (id_ != kNone && id_ != text_) {
    const std::string_view id = Repaired(&fields_[id_], &record->replaced);
    if (!id.empty()) record->id = RecordId{false, id};
  }
  const auto read = [this, record](size_t column) {
    return column == kNone ? std::string_view()
                           : Repaired(&fields_[column], &record->replaced);
  };
  record->published = read(published_);
  record->publisher = read(publisher_);
  record->url = read(url_);
  record->title = read(title_);
  record->canonical = read(canonical_);
  record->is_based_on = read(is_based_on_);
  return absl::OkStatus();
}

}  // namespace wirecopy
