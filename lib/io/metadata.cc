#include "io/metadata.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/csv_record.h"
#include "io/input_file.h"
#include "io/record_format.h"
#include "io/shown_text.h"
#include "wirecopy/published.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

struct ReadRow {
  std::string id;
  DocumentMetadata metadata;
};

struct Column {
  std::string_view name;
  std::string DocumentMetadata::*place;
};
constexpr Column kColumns[] = {{"published", &DocumentMetadata::published},
                               {"publisher", &DocumentMetadata::publisher},
                               {"url", &DocumentMetadata::url},
                               {"title", &DocumentMetadata::title}};

// What the columns of a table are called.
class ColumnNames {
 public:
  // Where a column's value goes; null for one that means nothing here.
  std::string* Place(std::string_view name, ReadRow* row) {
    if (name == "id") return &row->id;
    for (size_t i = 0; i < std::size(kColumns); ++i) {
      if (name != kColumns[i].name) continue;
      seen_[i] = true;
      return &(row->metadata.*kColumns[i].place);
    }
    const bool is_new =
        std::find(unread_.begin(), unread_.end(), name) == unread_.end();
    if (is_new && unread_.size() < kMostShown) unread_.emplace_back(name);
    return nullptr;
  }

  bool HasNone() const {
    return std::none_of(seen_.begin(), seen_.end(), [](bool s) { return s; });
  }
  // What may be one of those that are missing.
  std::vector<std::string> Unread() const {
    const bool has_all =
        std::all_of(seen_.begin(), seen_.end(), [](bool s) { return s; });
    return has_all ? std::vector<std::string>() : unread_;
  }

 private:
  static constexpr size_t kMostShown = 8;
  std::array<bool, std::size(kColumns)> seen_ = {};
  std::vector<std::string> unread_;
};

// Reads one record after another of a table.
class RowReader {
 public:
  virtual ~RowReader() = default;
  // False for the row of names, which is none of the table.
  virtual absl::StatusOr<bool> Read(std::string_view record, ReadRow* row) = 0;
  const ColumnNames& columns() const { return names_; }

 protected:
  ColumnNames names_;
};

class JsonRowReader : public RowReader {
 public:
  absl::StatusOr<bool> Read(std::string_view record, ReadRow* row) override {
    simdjson::dom::object object;
    // The buffer behind a table is padded, but its last line need not be whole.
    if (parser_.parse(record.data(), record.size()).get(object) !=
        simdjson::SUCCESS) {
      return absl::InvalidArgumentError("not a JSON object");
    }
    for (const auto& [key, value] : object) {
      std::string* const place = names_.Place(key, row);
      if (place == nullptr || value.is_null()) continue;
      std::string_view text;
      int64_t number = 0;
      if (value.get(text) == simdjson::SUCCESS) {
        *place = text;
      } else if (place == &row->id && value.get(number) == simdjson::SUCCESS) {
        *place = absl::StrCat(number);
      } else {
        return absl::InvalidArgumentError(
            absl::StrCat("field ", ShownText(key), " is no string"));
      }
    }
    return true;
  }

 private:
  simdjson::dom::parser parser_;
};

class CsvRowReader : public RowReader {
 public:
  explicit CsvRowReader(char delimiter) : delimiter_(delimiter) {}

  absl::StatusOr<bool> Read(std::string_view record, ReadRow* row) override {
    std::vector<std::string> fields;
    WIRECOPY_RETURN_IF_ERROR(SplitCsvRow(record, delimiter_, &fields));
    if (columns_.empty()) {
      columns_ = std::move(fields);
      WIRECOPY_RETURN_IF_ERROR(CheckHeader());
      return false;
    }
    if (fields.size() != columns_.size()) {
      return absl::InvalidArgumentError(
          absl::StrCat("has ", fields.size(), " fields; the first row names ",
                       columns_.size(), " columns"));
    }
    for (size_t i = 0; i < fields.size(); ++i) {
      std::string* const place = names_.Place(columns_[i], row);
      if (place == nullptr) continue;
      place->clear();
      RepairUtf8(fields[i], place);
    }
    return true;
  }

 private:
  absl::Status CheckHeader() const {
    WIRECOPY_RETURN_IF_ERROR(CheckOnce(columns_, "id"));
    for (const Column& column : kColumns) {
      WIRECOPY_RETURN_IF_ERROR(CheckOnce(columns_, column.name));
    }
    if (std::find(columns_.begin(), columns_.end(), "id") != columns_.end()) {
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(
        absl::StrCat("no column \"id\" among those of the first row: ",
                     ShownList(columns_)));
  }

  const char delimiter_;
  std::vector<std::string> columns_;  // by the first row
};

absl::Status CheckTells(const Metadata& table, const ColumnNames& columns,
                        const std::string& name) {
  if (table.size() == 0 || !columns.HasNone()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      name,
      ": has no published, publisher, url or title and so tells nothing; ",
      "besides the ids it has: ", ShownList(columns.Unread())));
}

bool IsBlank(std::string_view record) {
  return record.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<Metadata> Metadata::Read(const std::string& path, bool strict) {
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
  Metadata table;
  if (!file.is_pipe) {
    WIRECOPY_ASSIGN_OR_RETURN(const FileHandle now,
                              FileHandle::Open(file.path));
    if (now.stamp() != file.stamp) return ChangedError(file.name.path);
    table.stamp_ = file.stamp;
  }
  JsonRowReader json;
  CsvRowReader csv(DelimiterOf(file.format));
  const bool is_csv = HasHeader(file.format);
  RowReader& reader = is_csv ? static_cast<RowReader&>(csv) : json;
  std::string_view left(buffer.data(), size);
  for (uint64_t line = 1; !left.empty();) {
    const std::string_view record =
        left.substr(0, FirstRecordSize(file.format, left, /*at_end=*/true));
    left.remove_prefix(record.size());
    const uint64_t begin = line;
    line +=
        static_cast<uint64_t>(std::count(record.begin(), record.end(), '\n'));
    if (IsBlank(record)) continue;
    ReadRow row;
    const absl::StatusOr<bool> is_row = reader.Read(record, &row);
    absl::Status status = is_row.status();
    if (status.ok() && *is_row) {
      status = table.Add(row.id, std::move(row.metadata), begin, strict);
    }
    if (status.ok()) continue;
    return absl::Status(status.code(), absl::StrCat(file.name.path, ":", begin,
                                                    ": ", status.message()));
  }
  table.unread_ = reader.columns().Unread();
  WIRECOPY_RETURN_IF_ERROR(CheckTells(table, reader.columns(), file.name.path));
  return table;
}

absl::Status Metadata::Add(const std::string& id, DocumentMetadata metadata,
                           uint64_t line, bool strict) {
  if (id.empty()) return absl::InvalidArgumentError("has no id");
  const std::string& published = metadata.published;
  if (!published.empty() && !ParsePublished(published)) {
    if (strict) {
      return absl::InvalidArgumentError(
          absl::StrCat("published ", ShownText(published),
                       " is no date; write it as ", std::string(kDateForms)));
    }
    if (unreadable_dates_++ == 0) first_unreadable_date_ = published;
  }
  if (rows_.contains(id)) {
    return absl::InvalidArgumentError(
        absl::StrCat("id ", ShownText(id), " was there before"));
  }
  rows_.emplace(id, Row{std::move(metadata), line, false});
  ++unused_;
  return absl::OkStatus();
}

const DocumentMetadata* Metadata::Find(std::string_view id) const {
  const auto found = rows_.find(std::string(id));
  return found == rows_.end() ? nullptr : &found->second.metadata;
}

const DocumentMetadata* Metadata::Use(std::string_view id) {
  const auto found = rows_.find(std::string(id));
  if (found == rows_.end()) return nullptr;
  if (!std::exchange(found->second.is_used, true)) --unused_;
  return &found->second.metadata;
}

std::string Metadata::FirstUnused() const {
  std::string first;
  uint64_t line = std::numeric_limits<uint64_t>::max();
  for (const auto& [id, row] : rows_) {
    if (row.is_used || row.line >= line) continue;
    line = row.line;
    first = id;
  }
  return first;
}

}  // namespace wirecopy
