#include "io/record_format.h"

#include "io/csv_record.h"
#include "io/json_record.h"
#include "io/wet_record.h"

namespace wirecopy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

size_t LineSize(std::string_view bytes, bool at_end) {
  const size_t line_break = bytes.find('\n');
  if (line_break != kNowhere) return line_break + 1;
  return at_end ? bytes.size() : kNowhere;
}

// Up to the last line break. As std::string_view::rfind, but a piece at a time,
// within which what finds the first of something is faster.
size_t WholeLinesSize(std::string_view bytes) {
  constexpr size_t kPiece = 4096;
  while (!bytes.empty()) {
    const size_t begin = bytes.size() > kPiece ? bytes.size() - kPiece : 0;
    size_t whole = begin;
    while (true) {
      const size_t line_break = bytes.find('\n', whole);
      if (line_break == kNowhere) break;
      whole = line_break + 1;
    }
    if (whole > begin) return whole;
    bytes = bytes.substr(0, begin);
  }
  return 0;
}

}  // namespace

char DelimiterOf(InputFormat format) {
  if (format == InputFormat::kTsv) return '\t';
  return format == InputFormat::kCsvSemicolon ? ';' : ',';
}

size_t BlankLinesSize(std::string_view bytes) {
  const size_t first = bytes.find_first_not_of(" \t\r\n");
  return bytes.rfind('\n', first) + 1;  // 0 where there is none
}

InputFormat CsvFormatOf(std::string_view beginning) {
  beginning.remove_prefix(BlankLinesSize(beginning));
  bool is_in_quotes = false;
  bool has_semicolon = false;
  bool has_tab = false;
  for (const char c : beginning) {
    if (c == '"') is_in_quotes = !is_in_quotes;
    if (is_in_quotes) continue;
    if (c == '\n') break;
    if (c == ',') return InputFormat::kCsv;
    has_semicolon |= c == ';';
    has_tab |= c == '\t';
  }
  if (has_semicolon) return InputFormat::kCsvSemicolon;
  return has_tab ? InputFormat::kTsv : InputFormat::kCsv;
}

bool HasHeader(InputFormat format) {
  return format == InputFormat::kCsv || format == InputFormat::kTsv ||
         format == InputFormat::kCsvSemicolon;
}

bool IsMadeOfLines(InputFormat format) {
  return format == InputFormat::kJsonl || HasHeader(format);
}

size_t FirstRecordSize(InputFormat format, std::string_view bytes,
                       bool at_end) {
  if (HasHeader(format)) return CsvRowSize(bytes, DelimiterOf(format), at_end);
  return format == InputFormat::kWet ? WetRecordSize(bytes, at_end)
                                     : LineSize(bytes, at_end);
}

size_t WholeRecordsSize(InputFormat format, std::string_view bytes) {
  if (format == InputFormat::kJsonl) return WholeLinesSize(bytes);
  size_t whole = 0;
  while (whole < bytes.size()) {
    const size_t size = FirstRecordSize(format, bytes.substr(whole), false);
    if (size == kNowhere) break;
    whole += size;
  }
  return whole;
}

RecordSkipper::RecordSkipper(InputFormat format, std::string_view beginning)
    : format_(format), csv_row_(DelimiterOf(format)) {
  if (format == InputFormat::kWet) left_ = StatedWetSize(beginning);
}

size_t RecordSkipper::Skip(std::string_view piece) {
  if (HasHeader(format_)) return csv_row_.Find(piece);
  if (format_ != InputFormat::kWet) return LineSize(piece, false);
  if (!left_) return WetRecordSize(piece, false);
  if (*left_ <= piece.size()) return static_cast<size_t>(*left_);
  *left_ -= piece.size();
  return kNowhere;
}

absl::StatusOr<std::unique_ptr<RecordParser>> NewRecordParser(
    InputFormat format, const FieldNames& names, std::string_view header) {
  if (HasHeader(format)) {
    return CsvRecordParser::Create(header, DelimiterOf(format), names);
  }
  std::unique_ptr<RecordParser> parser;
  if (format == InputFormat::kWet) {
    parser = std::make_unique<WetRecordParser>();
  } else {
    parser = std::make_unique<JsonRecordParser>(names);
  }
  return parser;
}

}  // namespace wirecopy
