// Columns of Arrow arrays as documents need them: texts, ids, dates.

#ifndef WIRECOPY_PYTHON_ARROW_COLUMNS_H_
#define WIRECOPY_PYTHON_ARROW_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "arrow_input.h"
#include "arrow_table.h"
#include "wirecopy/document.h"

namespace wirecopy::python {

enum class Nulls { kError, kEmpty };

// True for utf8, large_utf8 and string views, and dictionaries of these.
bool IsString(const ArrowSchema& type);

// Appends a view of each string, into the array's own memory, which must
// outlive them. Offsets and lengths are checked as far as the interface tells
// how much memory there is. Errors name the column and the row, of which
// `first_row` is the slice's first. A column of Arrow's null type is all nulls.
absl::Status AppendStrings(const ArrowSchema& type, const ColumnSlice& slice,
                           std::string_view name, Nulls nulls, size_t first_row,
                           std::vector<std::string_view>* out);

// The documents' ids: strings, integers, or the numbers of rows. Holds a copy.
class IdColumn {
 public:
  // Ids are the rows' numbers, whatever comes.
  void UseRows() { kind_ = Kind::kRows; }
  bool are_rows() const { return kind_ == Kind::kRows; }
  // Nulls are an error.
  absl::Status Append(const ArrowSchema& type, const ColumnSlice& slice,
                      std::string_view name);

  // InvalidArgument that names an id which stands there twice.
  absl::Status CheckDistinct(std::string_view name) const;
  DocumentId Get(uint32_t row) const;

  // Of a column that ids go to.
  const char* Format() const;
  void AppendTo(uint32_t row, Column* column) const;

 private:
  enum class Kind { kNone, kRows, kSigned, kUnsigned, kString };

  std::string_view Text(size_t row) const {
    const size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(bytes_).substr(begin, ends_[row] - begin);
  }
  absl::Status AppendNumbers(const ArrowSchema& type, const ColumnSlice& slice,
                             std::string_view name);

  Kind kind_ = Kind::kNone;
  std::vector<uint64_t> numbers_;  // of signed ones, the two's complement
  std::string bytes_;
  std::vector<size_t> ends_;
};

// When documents were published: timestamps (those without a zone are UTC, and
// uncertain), dates (uncertain), or strings as wirecopy/published.h has them.
class DateColumn {
 public:
  absl::Status Append(const ArrowSchema& type, const ColumnSlice& slice,
                      std::string_view name);

  std::optional<absl::Time> Get(uint32_t row) const;
  bool IsUncertain(uint32_t row) const {
    return row < uncertain_.size() && uncertain_[row];
  }
  uint64_t unreadable() const { return unreadable_; }

 private:
  void Add(absl::Time time, bool is_uncertain) {
    times_.push_back(time);
    uncertain_.push_back(is_uncertain);
  }
  absl::Status AppendStrings(const ArrowSchema& type, const ColumnSlice& slice,
                             std::string_view name);

  std::vector<absl::Time> times_;  // InfinitePast where there is none
  std::vector<bool> uncertain_;
  uint64_t unreadable_ = 0;  // strings that are no date
};

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_ARROW_COLUMNS_H_
