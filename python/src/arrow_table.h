// Tables that results are made as, and their way out as Arrow.

#ifndef WIRECOPY_PYTHON_ARROW_TABLE_H_
#define WIRECOPY_PYTHON_ARROW_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrow_abi.h"

namespace wirecopy::python {

// Types of columns, as Arrow writes them.
inline constexpr const char* kBoolFormat = "b";
inline constexpr const char* kSignedFormat = "l";
inline constexpr const char* kUnsignedFormat = "L";
inline constexpr const char* kDoubleFormat = "g";
inline constexpr const char* kStringFormat = "U";
inline constexpr const char* kListFormat = "+L";
inline constexpr const char* kStructFormat = "+s";

// A column that grows by a value at a time, of the kind that its format says:
// adding others is a mistake in the program.
class Column {
 public:
  Column(std::string name, const char* format)
      : name_(std::move(name)), format_(format) {
    if (has_ends()) ends_.push_back(0);
  }

  void Add(std::string_view text) {
    bytes_ += text;
    ends_.push_back(static_cast<int64_t>(bytes_.size()));
    AddValid();
  }
  void AddNumber(uint64_t number) {
    numbers_.push_back(number);
    AddValid();
  }
  void Add(double number);
  void Add(bool value);
  void AddNull();
  // Ends a list: it has what its child has got since the last one.
  void EndList() {
    ends_.push_back(static_cast<int64_t>(children_[0].size()));
    AddValid();
  }
  // Ends a struct, all of whose children have got one more.
  void EndStruct() { AddValid(); }

  // A list's element, or a struct's next field. References to others of this
  // column's children end.
  Column& AddChild(std::string name, const char* format) {
    return children_.emplace_back(std::move(name), format);
  }

  void AdoptChild(Column child) { children_.push_back(std::move(child)); }

  const std::string& name() const { return name_; }
  std::string_view format() const { return format_; }
  size_t size() const { return size_; }
  const std::vector<Column>& children() const { return children_; }
  Column& child(size_t i) { return children_[i]; }

  // Of values that are there. (A list's are [first, second) of its child.)
  bool IsNull(size_t row) const {
    return nulls_ > 0 && (valid_[row / 8] >> (row % 8) & 1) == 0;
  }
  uint64_t Number(size_t row) const { return numbers_[row]; }
  double Double(size_t row) const;
  bool Bool(size_t row) const { return (bits_[row / 8] >> (row % 8) & 1) != 0; }
  std::string_view Text(size_t row) const {
    const auto [begin, end] = Range(row);
    return std::string_view(bytes_).substr(begin, end - begin);
  }
  std::pair<size_t, size_t> Range(size_t row) const {
    return {static_cast<size_t>(ends_[row]),
            static_cast<size_t>(ends_[row + 1])};
  }

  // Validity, then what else the format asks for.
  std::vector<const void*> Buffers() const;
  int64_t nulls() const { return static_cast<int64_t>(nulls_); }

 private:
  bool has_ends() const {
    return format() == kStringFormat || format() == kListFormat;
  }
  void AddValid() { SetBit(&valid_, size_++, true); }
  static void SetBit(std::vector<uint8_t>* bits, size_t at, bool value);

  std::string name_;
  const char* format_;
  size_t size_ = 0;
  size_t nulls_ = 0;
  std::vector<uint8_t> valid_;
  std::vector<uint8_t> bits_;      // booleans
  std::vector<uint64_t> numbers_;  // 64 bits of any kind
  std::vector<int64_t> ends_;      // of strings and lists, a 0 in front
  std::string bytes_;
  std::vector<Column> children_;
};

// Finished columns of one length. Immutable: any number of consumers may hold
// what ExportStream gave them, longer than the table itself, without a copy.
class Table {
 public:
  Table() : Table(std::vector<Column>()) {}
  explicit Table(std::vector<Column> columns);

  size_t rows() const { return root_->size(); }
  const std::vector<Column>& columns() const { return root_->children(); }

  // A stream of one array, and the type of it. The caller owns what it gets.
  void ExportStream(ArrowArrayStream* stream) const;
  void ExportSchema(ArrowSchema* schema) const;

 private:
  std::shared_ptr<const Column> root_;  // a struct
};

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_ARROW_TABLE_H_
