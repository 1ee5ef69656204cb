// Comma- and tab-separated values (RFC 4180): rows under a row of names.

#ifndef WIRECOPY_IO_CSV_RECORD_H_
#define WIRECOPY_IO_CSV_RECORD_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/record.h"

namespace wirecopy {

// Finds the end of a row, which comes in pieces.
class CsvRowEnd {
 public:
  explicit CsvRowEnd(char delimiter) : delimiter_(delimiter) {}

  // Goes on through the next piece: how far the row reaches in it, its line
  // break included, or npos where it goes on behind it.
  size_t Find(std::string_view piece);

  bool is_in_quotes() const { return state_ == State::kInQuotes; }

 private:
  enum class State {
    kFieldBegin,
    kInField,  // also behind quotes
    kInQuotes,
    kAtQuote,  // in quotes: the end of them, or the first of two
  };
  char delimiter_;
  State state_ = State::kFieldBegin;
};

// The size of the first row, its line break included: a field in quotes may
// hold line breaks. npos where its end is not there and more may come
// (`at_end` false). At the end of everything, a field whose quotes are never
// closed ends with its line, so that one bad row does not swallow the others.
size_t CsvRowSize(std::string_view bytes, char delimiter, bool at_end);

// Splits a row into its fields, quotes taken off.
absl::Status SplitCsvRow(std::string_view row, char delimiter,
                         std::vector<std::string>* fields);

// InvalidArgument where a row of names has `name` twice: whose field is meant?
absl::Status CheckOnce(const std::vector<std::string>& columns,
                       std::string_view name);

// Reads rows as documents. An id is a string; a row without anything in it is
// no document.
class CsvRecordParser : public RecordParser {
 public:
  // InvalidArgument where the row of names is none, lacks the text's, or has
  // the text's, the id's or the date's twice.
  static absl::StatusOr<std::unique_ptr<CsvRecordParser>> Create(
      std::string_view header, char delimiter, const FieldNames& names);

  absl::Status Parse(std::string_view row, Record* record) override;

 private:
  explicit CsvRecordParser(char delimiter) : delimiter_(delimiter) {}
  // A field's text, of which *replaced counts what had to be repaired.
  static std::string_view Repaired(std::string* field, size_t* replaced);

  static constexpr size_t kNone = static_cast<size_t>(-1);
  const char delimiter_;
  size_t columns_ = 0;
  size_t id_ = kNone;
  size_t text_ = kNone;
  size_t published_ = kNone;
  size_t publisher_ = kNone;
  size_t url_ = kNone;
  size_t title_ = kNone;
  size_t canonical_ = kNone;
  size_t is_based_on_ = kNone;
  FieldsSeen seen_;  // the columns that there are
  std::vector<std::string> fields_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CSV_RECORD_H_
