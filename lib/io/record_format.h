// The formats that hold several documents a file: where their records end, and
// who reads them.

#ifndef WIRECOPY_IO_RECORD_FORMAT_H_
#define WIRECOPY_IO_RECORD_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "io/csv_record.h"
#include "io/record.h"

namespace wirecopy {

enum class InputFormat {
  kAuto,          // by the name's ending, else by the first bytes
  kJsonl,         // JSON Lines: a document a line
  kText,          // a document a file
  kCsv,           // a document a row, under a row of names
  kCsvSemicolon,  // the same with semicolons, where commas are decimal points
  kTsv,           // the same with tabs
  kWet,           // Common Crawl's text
};

// What divides the fields of a format that begins with a row of names.
char DelimiterOf(InputFormat format);

// The size of the lines at the beginning with nothing but white space in them,
// which may stand above a row of names.
size_t BlankLinesSize(std::string_view bytes);

// Which kind of CSV it is that begins like this: by commas, where the row of
// names has one, else by semicolons or tabs.
InputFormat CsvFormatOf(std::string_view beginning);

// Whether a file of this (settled) format begins with a row of names.
bool HasHeader(InputFormat format);

// Whether records are the input's own lines, which can be written as they are.
bool IsMadeOfLines(InputFormat format);

// The size of the first record, its end included. npos where its end is not
// there and more may come (`at_end` false).
size_t FirstRecordSize(InputFormat format, std::string_view bytes, bool at_end);

// How far whole records go; 0 where not even the first is whole.
size_t WholeRecordsSize(InputFormat format, std::string_view bytes);

// Passes over a record that is too long to keep, piece by piece.
class RecordSkipper {
 public:
  // `beginning` is as much of the record as is there, and is not passed over
  // yet.
  RecordSkipper(InputFormat format, std::string_view beginning);

  // How far the record reaches in the next piece; npos where it goes on behind
  // it.
  size_t Skip(std::string_view piece);

 private:
  const InputFormat format_;
  CsvRowEnd csv_row_;
  std::optional<uint64_t> left_;  // of Common Crawl's, where it is stated
};

// `header` is the row of names, where the format has one. InvalidArgument where
// it does not name the text's column.
absl::StatusOr<std::unique_ptr<RecordParser>> NewRecordParser(
    InputFormat format, const FieldNames& names, std::string_view header);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_RECORD_FORMAT_H_
