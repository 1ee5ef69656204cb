#include "io/metadata.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/csv_record.h"
#include "io/input_file.h"
#include "io/published.h"
#include "io/record_format.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

struct Row {
  std::string id;
  DocumentMetadata metadata;
};

// Where a column's value goes; null for a column that means nothing here.
std::string* Place(std::string_view column, Row* row) {
  if (column == "id") return &row->id;
  if (column == "published") return &row->metadata.published;
  if (column == "publisher") return &row->metadata.publisher;
  if (column == "url") return &row->metadata.url;
  if (column == "title") return &row->metadata.title;
  return nullptr;
}

// Reads one record after another of a table.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual absl::Status Read(std::string_view record, Row* row) = 0;
};

class JsonRowReader : public RowReader {
 public:
  absl::Status Read(std::string_view record, Row* row) override {
    simdjson::dom::object object;
    // The buffer behind a table is padded, but its last line need not be whole.
    if (parser_.parse(record.data(), record.size()).get(object) !=
        simdjson::SUCCESS) {
      return absl::InvalidArgumentError("not a JSON object");
    }
    for (const auto& [key, value] : object) {
      std::string* const place = Place(key, row);
      if (place == nullptr || value.is_null()) continue;
      std::string_view text;
      int64_t number = 0;
      if (value.get(text) == simdjson::SUCCESS) {
        *place = text;
      } else if (place == &row->id && value.get(number) == simdjson::SUCCESS) {
        *place = absl::StrCat(number);
      } else {
        return absl::InvalidArgumentError(
            absl::StrCat("field \"", std::string(key), "\" is no string"));
      }
    }
    return absl::OkStatus();
  }

 private:
  simdjson::dom::parser parser_;
};

class CsvRowReader : public RowReader {
 public:
  explicit CsvRowReader(char delimiter) : delimiter_(delimiter) {}

  absl::Status Read(std::string_view record, Row* row) override {
    std::vector<std::string> fields;
    WIRECOPY_RETURN_IF_ERROR(SplitCsvRow(record, delimiter_, &fields));
    if (columns_.empty()) {
      columns_ = std::move(fields);
      return absl::OkStatus();
    }
    if (fields.size() != columns_.size()) {
      return absl::InvalidArgumentError(
          absl::StrCat("has ", fields.size(), " fields; the first row names ",
                       columns_.size(), " columns"));
    }
    for (size_t i = 0; i < fields.size(); ++i) {
      std::string* const place = Place(columns_[i], row);
      if (place == nullptr) continue;
      place->clear();
      RepairUtf8(fields[i], place);
    }
    return absl::OkStatus();
  }

  bool has_id() const {
    return std::find(columns_.begin(), columns_.end(), "id") != columns_.end();
  }

 private:
  const char delimiter_;
  std::vector<std::string> columns_;  // by the first row
};

absl::Status CheckRow(const Row& row) {
  if (row.id.empty()) return absl::InvalidArgumentError("has no id");
  const std::string& published = row.metadata.published;
  if (published.empty() || ParsePublished(published)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("published \"", published, "\" is no date"));
}

bool IsBlank(std::string_view record) {
  return record.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<Metadata> Metadata::Read(const std::string& path) {
  WIRECOPY_ASSIGN_OR_RETURN(InputFile file,
                            OpenInput({path, ""}, InputFormat::kAuto));
  if (file.format == InputFormat::kText || file.format == InputFormat::kWet) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": metadata come as .csv, .tsv or .jsonl"));
  }
  WIRECOPY_ASSIGN_OR_RETURN(const OpenedInput opened, OpenToRead(&file));
  WIRECOPY_RETURN_IF_ERROR(SkipByteOrderMark(opened.stream.get()).status());
  ByteBuffer buffer;
  WIRECOPY_ASSIGN_OR_RETURN(
      const size_t size, ReadAll(opened.stream.get(),
                                 std::numeric_limits<size_t>::max(), &buffer));
  JsonRowReader json;
  CsvRowReader csv(file.format == InputFormat::kTsv ? '\t' : ',');
  const bool is_csv = HasHeader(file.format);
  RowReader& reader = is_csv ? static_cast<RowReader&>(csv) : json;
  Metadata table;
  std::string_view left(buffer.data(), size);
  bool is_header = is_csv;
  for (uint64_t line = 1; !left.empty();) {
    const std::string_view record =
        left.substr(0, FirstRecordSize(file.format, left, /*at_end=*/true));
    left.remove_prefix(record.size());
    const uint64_t begin = line;
    line +=
        static_cast<uint64_t>(std::count(record.begin(), record.end(), '\n'));
    if (IsBlank(record)) continue;
    Row row;
    absl::Status status = reader.Read(record, &row);
    if (status.ok() && is_header && !csv.has_id()) {
      status =
          absl::InvalidArgumentError("the first row names no column \"id\"");
    }
    if (status.ok() && !is_header) status = CheckRow(row);
    if (status.ok() && !is_header &&
        !table.rows_.try_emplace(row.id, std::move(row.metadata)).second) {
      status = absl::InvalidArgumentError(
          absl::StrCat("id ", row.id, " was there before"));
    }
    is_header = false;
    if (status.ok()) continue;
    return absl::Status(status.code(), absl::StrCat(file.name.path, ":", begin,
                                                    ": ", status.message()));
  }
  return table;
}

const DocumentMetadata* Metadata::Find(std::string_view id) const {
  const auto found = rows_.find(std::string(id));
  return found == rows_.end() ? nullptr : &found->second;
}

}  // namespace wirecopy
