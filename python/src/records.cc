#include "records.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "wirecopy/text.h"
#include "work.h"

namespace wirecopy::python {
namespace {

constexpr size_t kMostDocuments = UINT32_MAX - 1;  // as DocumentSource says

absl::StatusOr<int64_t> Require(const ArrowSchema& schema,
                                const RecordFields& fields,
                                const std::string& name) {
  if (name.empty()) return -1;
  const absl::StatusOr<int64_t> found = FindColumn(schema, name);
  if (!found.ok() || *found >= 0) return found;
  const auto& optional = fields.optional;
  if (std::find(optional.begin(), optional.end(), name) != optional.end()) {
    return -1;
  }
  std::string names;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const char* const other = schema.children[i]->name;
    absl::StrAppend(&names, names.empty() ? "" : ", ",
                    other != nullptr ? other : "");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("there is no column '", name, "'; there are: ", names));
}

bool IsStruct(const ArrowSchema& schema) {
  return schema.format != nullptr &&
         std::string_view(schema.format) == kStructFormat;
}

// Structs that are null have fields that mean nothing.
absl::Status CheckRows(const ArrowArray& array, size_t first_row) {
  const absl::StatusOr<ColumnSlice> rows = SliceOf(array, -1);
  if (!rows.ok()) return rows.status();
  for (int64_t i = 0; array.null_count != 0 && i < rows->length; ++i) {
    if (IsNull(array, rows->begin + i)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "row ", first_row + static_cast<size_t>(i), " is null as a whole"));
    }
  }
  return absl::OkStatus();
}

class RecordsReader : public TextReader {
 public:
  explicit RecordsReader(const Records& records) : records_(records) {}

  std::string_view Text(uint32_t document) override {
    last_ = document;
    return records_.Text(document);
  }
  DocumentDetails Details() const override {
    return records_.columns().Details(last_);
  }

 private:
  const Records& records_;
  uint32_t last_ = 0;
};

class RecordsSource : public DocumentSource {
 public:
  explicit RecordsSource(std::shared_ptr<const Records> records)
      : records_(std::move(records)) {}

  absl::Status Scan(int threads, DocumentSink* sink) override {
    sink->Begin(threads);
    const size_t blocks = (records_->size() + kBlock - 1) / kBlock;
    RunInOrder(threads, blocks, [&](int worker, size_t block) {
      sink->BeginBlock(worker, block);
      const size_t end = std::min(records_->size(), (block + 1) * kBlock);
      for (size_t row = block * kBlock; row < end; ++row) {
        sink->Add(worker, records_->Text(row));
      }
    });
    return absl::OkStatus();
  }

  uint32_t size() const override {
    return static_cast<uint32_t>(records_->size());
  }
  Place Origin(uint32_t document) const override {
    return {document / kBlock, document % kBlock};
  }
  DocumentId Id(uint32_t document) const override {
    return records_->columns().ids().Get(document);
  }
  std::optional<absl::Time> Published(uint32_t document) const override {
    return records_->columns().dates().Get(document);
  }
  std::string_view Publisher(uint32_t document) const override {
    return records_->columns().Publisher(document);
  }
  std::unique_ptr<TextReader> NewReader() const override {
    return std::make_unique<RecordsReader>(*records_);
  }
  uint64_t ExpectedBytes() const override { return records_->bytes(); }

 private:
  static constexpr size_t kBlock = 64;

  std::shared_ptr<const Records> records_;
};

}  // namespace

absl::StatusOr<RecordColumns> RecordColumns::Find(const ArrowSchema& schema,
                                                  const RecordFields& fields) {
  RecordColumns columns;
  columns.fields_ = fields;
  columns.columns_.fill(-1);
  if (IsStruct(schema)) {
    const auto names = columns.Names();
    for (size_t i = 0; i < kCount; ++i) {
      const auto found = Require(schema, fields, *names[i]);
      if (!found.ok()) return found.status();
      columns.columns_[i] = *found;
    }
    if (columns.columns_[kText] < 0) {
      return absl::InvalidArgumentError("no column is named for the texts");
    }
  }
  if (columns.columns_[kId] < 0) columns.ids_.UseRows();
  const int64_t text = columns.columns_[kText];
  const ArrowSchema& type = text < 0 ? schema : *schema.children[text];
  // (Nulls alone, or no rows at all, have Arrow's null type.)
  if (IsString(type) || IsNullType(type)) return columns;
  if (text < 0) {
    return TypeError(
        absl::StrCat("texts of type ", TypeName(type), ", not strings"));
  }
  return TypeError(absl::StrCat("column '", fields.text, "' is of type ",
                                TypeName(type), ", not a string"));
}

absl::Status RecordColumns::Append(const ArrowSchema& schema,
                                   const ArrowArray& array,
                                   std::vector<std::string_view>* texts) {
  if (columns_[kText] >= 0) {
    const absl::Status status = CheckRows(array, rows_);
    if (!status.ok()) return status;
  }
  for (size_t i = 0; i < kCount; ++i) {
    const int64_t column = columns_[i];
    if (column < 0 && i != kText) continue;
    const absl::StatusOr<ColumnSlice> slice = SliceOf(array, column);
    if (!slice.ok()) return slice.status();
    const absl::Status status = AppendColumn(
        i, column < 0 ? schema : *schema.children[column], *slice, texts);
    if (!status.ok()) return status;
  }
  rows_ += static_cast<size_t>(array.length);
  if (rows_ > kMostDocuments) {
    return absl::InvalidArgumentError("more than 2^32 - 2 documents");
  }
  return absl::OkStatus();
}

absl::Status RecordColumns::AppendColumn(size_t column, const ArrowSchema& type,
                                         const ColumnSlice& slice,
                                         std::vector<std::string_view>* texts) {
  const std::string& name = *Names()[column];
  switch (column) {
    case kText:
      return AppendStrings(type, slice, name, fields_.nulls, rows_, texts);
    case kId:
      return ids_.Append(type, slice, name);
    case kPublished:
      return dates_.Append(type, slice, name);
    default:
      return AppendStrings(type, slice, name, Nulls::kEmpty, rows_,
                           &strings_[column - kStrings]);
  }
}

DocumentDetails RecordColumns::Details(uint32_t row) const {
  DocumentDetails details;
  details.title = Get(1, row);
  details.url = Get(2, row);
  details.canonical = Get(3, row);
  details.is_based_on = Get(4, row);
  details.published_is_uncertain = dates_.IsUncertain(row);
  return details;
}

absl::StatusOr<std::shared_ptr<const Records>> Records::Read(
    ArrowInput input, const RecordFields& fields) {
  absl::StatusOr<RecordColumns> columns =
      RecordColumns::Find(input.schema(), fields);
  if (!columns.ok()) return columns.status();
  std::shared_ptr<Records> records(new Records(*std::move(columns)));
  while (true) {
    absl::StatusOr<Owned<ArrowArray>> array = input.Next();
    if (!array.ok()) return array.status();
    if (array->empty()) break;
    const absl::Status status =
        records->columns_.Append(input.schema(), **array, &records->texts_);
    if (!status.ok()) return status;
    records->arrays_.push_back(*std::move(array));
  }
  const absl::Status status = records->Finish();
  if (!status.ok()) return status;
  return records;
}

absl::StatusOr<std::shared_ptr<const Records>> Records::FromBytes(
    std::string bytes, const std::vector<size_t>& ends) {
  ArrowSchema schema = {};
  schema.format = kStringFormat;
  absl::StatusOr<RecordColumns> columns = RecordColumns::Find(schema, {});
  if (!columns.ok()) return columns.status();
  std::shared_ptr<Records> records(new Records(*std::move(columns)));
  records->own_ = std::move(bytes);
  records->texts_.reserve(ends.size());
  size_t begin = 0;
  for (const size_t end : ends) {
    records->texts_.push_back(
        std::string_view(records->own_).substr(begin, end - begin));
    begin = end;
  }
  const absl::Status status = records->Finish();
  if (!status.ok()) return status;
  return records;
}

absl::Status Records::Finish() {
  for (const std::string_view text : texts_) bytes_ += text.size();
  return columns_.CheckIds();
}

absl::Status Records::CheckUtf8() const {
  for (size_t row = 0; row < texts_.size(); ++row) {
    if (!IsValidUtf8(texts_[row])) {
      return absl::InvalidArgumentError(
          absl::StrCat("the text in row ", row, " is not valid UTF-8"));
    }
  }
  return absl::OkStatus();
}

std::unique_ptr<DocumentSource> NewRecordsSource(
    std::shared_ptr<const Records> records) {
  return std::make_unique<RecordsSource>(std::move(records));
}

}  // namespace wirecopy::python
