// Rows of Arrow data as documents.

#ifndef WIRECOPY_PYTHON_RECORDS_H_
#define WIRECOPY_PYTHON_RECORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "arrow_columns.h"
#include "arrow_input.h"
#include "wirecopy/document.h"

namespace wirecopy::python {

// Which columns say what. An empty name: no column; one that is not there is an
// error, but for those that are optional. Data that is no struct is the texts
// alone.
struct RecordFields {
  std::string text = "text";
  std::string id;
  std::string published;
  std::string publisher;
  std::string title;
  std::string url;
  std::string canonical;
  std::string is_based_on;
  std::vector<std::string> optional;  // names
  Nulls nulls = Nulls::kError;        // of texts; others' nulls are empty
};

// What is known of documents besides their texts. Grows by an array at a time.
class RecordColumns {
 public:
  static absl::StatusOr<RecordColumns> Find(const ArrowSchema& schema,
                                            const RecordFields& fields);

  // Appends the rows of an array of that schema, which must outlive what views
  // are taken: `texts` and the strings of details. (Ids and dates are copied.)
  absl::Status Append(const ArrowSchema& schema, const ArrowArray& array,
                      std::vector<std::string_view>* texts);
  absl::Status CheckIds() const { return ids_.CheckDistinct(fields_.id); }

  const IdColumn& ids() const { return ids_; }
  const DateColumn& dates() const { return dates_; }
  size_t rows() const { return rows_; }
  std::string_view Publisher(uint32_t row) const { return Get(0, row); }
  DocumentDetails Details(uint32_t row) const;

 private:
  // Columns by what they hold; from kStrings on strings that details are.
  enum : size_t { kText, kId, kPublished, kStrings, kCount = kStrings + 5 };

  RecordColumns() = default;
  // Their names, in that order.
  std::array<const std::string*, kCount> Names() const {
    return {&fields_.text,      &fields_.id,         &fields_.published,
            &fields_.publisher, &fields_.title,      &fields_.url,
            &fields_.canonical, &fields_.is_based_on};
  }
  // One of the columns that are there, of an array of those.
  absl::Status AppendColumn(size_t column, const ArrowSchema& type,
                            const ColumnSlice& slice,
                            std::vector<std::string_view>* texts);
  std::string_view Get(size_t which, uint32_t row) const {
    return row < strings_[which].size() ? strings_[which][row]
                                        : std::string_view();
  }

  RecordFields fields_;
  size_t rows_ = 0;
  std::array<int64_t, kCount> columns_ = {};  // below 0: none
  IdColumn ids_;
  DateColumn dates_;
  std::array<std::vector<std::string_view>, kCount - kStrings> strings_;
};

// Documents whose texts stay where they are: in arrays of others, which this
// holds. Immutable; any number of threads may read it.
class Records {
 public:
  // Reads the input to its end.
  static absl::StatusOr<std::shared_ptr<const Records>> Read(
      ArrowInput input, const RecordFields& fields);
  // Texts that stand one after another in `bytes`, up to each of `ends`; their
  // ids are the rows.
  static absl::StatusOr<std::shared_ptr<const Records>> FromBytes(
      std::string bytes, const std::vector<size_t>& ends);

  size_t size() const { return texts_.size(); }
  std::string_view Text(size_t row) const { return texts_[row]; }
  const RecordColumns& columns() const { return columns_; }
  uint64_t bytes() const { return bytes_; }

  // InvalidArgument that names a row whose text is not UTF-8: Arrow's strings
  // are, and places in others cannot be counted.
  absl::Status CheckUtf8() const;

 private:
  explicit Records(RecordColumns columns) : columns_(std::move(columns)) {}
  absl::Status Finish();

  std::vector<Owned<ArrowArray>> arrays_;
  std::string own_;
  std::vector<std::string_view> texts_;
  RecordColumns columns_;
  uint64_t bytes_ = 0;
};

// For the engine. Keeps the records.
std::unique_ptr<DocumentSource> NewRecordsSource(
    std::shared_ptr<const Records> records);

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_RECORDS_H_
