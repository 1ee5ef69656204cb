// What is known of documents apart from their texts: a table beside a folder
// of articles.

#ifndef WIRECOPY_IO_METADATA_H_
#define WIRECOPY_IO_METADATA_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "io/file_handle.h"

namespace wirecopy {

// Empty where nothing is known.
struct DocumentMetadata {
  std::string published;
  std::string publisher;
  std::string url;
  std::string title;
};

class Metadata {
 public:
  // Reads a table: JSON Lines, CSV or TSV by its name's ending, whose fields or
  // columns are id, published, publisher, url and title, of which the id must
  // be there, and one of the others. An integer id and a string of its digits
  // are one. Errors name the file and the line: a table with a hole in it is
  // not to be trusted. A date that cannot be read is an error where `strict`,
  // and a file that changes while it is read always.
  static absl::StatusOr<Metadata> Read(const std::string& path, bool strict);

  // Null where the table says nothing of the document.
  const DocumentMetadata* Find(std::string_view id) const;

  // The same, and notes that the row goes with a document.
  const DocumentMetadata* Use(std::string_view id);

  // What the file was; none of what cannot be read again.
  const std::optional<FileStamp>& stamp() const { return stamp_; }

  size_t size() const { return rows_.size(); }
  // Rows that go with no document, and the id of the first of them.
  size_t unused() const { return unused_; }
  std::string FirstUnused() const;

  // Rows whose date cannot be read, and the first such date.
  uint64_t unreadable_dates() const { return unreadable_dates_; }
  const std::string& first_unreadable_date() const {
    return first_unreadable_date_;
  }

  // The first columns that mean nothing here, where some that would are
  // missing: perhaps they are called otherwise. Else none.
  const std::vector<std::string>& unread_columns() const { return unread_; }

 private:
  struct Row {
    DocumentMetadata metadata;
    uint64_t line = 0;
    bool is_used = false;
  };

  absl::Status Add(const std::string& id, DocumentMetadata metadata,
                   uint64_t line, bool strict);

  std::optional<FileStamp> stamp_;
  absl::flat_hash_map<std::string, Row> rows_;
  size_t unused_ = 0;
  uint64_t unreadable_dates_ = 0;
  std::string first_unreadable_date_;
  std::vector<std::string> unread_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_METADATA_H_
